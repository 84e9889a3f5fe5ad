//! What holds a run up, and what stops it.

use insta::assert_snapshot;

use crate::support::{Run, Server, Simulated, http};

#[test]
fn waiting_and_another_attempt_are_told() {
    let server = Server::answering([
        http("429 Too Many Requests", "retry-after: 0\n", ""),
        http("200 OK", "", r#"{"a":1}"#),
    ]);
    let run = |arguments: &[&str]| {
        let run = Run::new().token("CANARY-0123456789").env("IT_ACCESS_ATTEMPTS", "2");
        run.args(["--base-url", server.base_url(), "unexempt", "--hwid", "a"])
            .args(arguments)
            .output()
    };
    assert_snapshot!(run(&[]), @"
    exit: 0
    --- stdout
    DEVICE  RESULT
    a       applied
    --- stderr
    http://127.0.0.1:PORT answered 429 Too Many Requests: the account has used up its requests; wait a minute, in every program that shares it. Nothing was applied. Trying again in 1 s.
    1 device: 1 applied
    ");
    // By now it answers 200.
    assert_snapshot!(run(&["--quiet"]), @"
    exit: 0
    --- stdout
    DEVICE  RESULT
    a       applied
    --- stderr
    ");
}

#[cfg(unix)]
fn unexempt_at(service: &Simulated) -> Run {
    let run = Run::new().token(service.token()).args(["--base-url", service.base_url()]);
    run.args(["unexempt", "--hwid", "device789"])
}

#[cfg(unix)]
#[test]
fn an_interrupt_waits_for_the_request_on_its_way() {
    let service = Simulated::start_with(&["--fault", "latency:ms=1500"], &[]);
    let mut running = unexempt_at(&service).args(["-v"]).start();
    running.wait_for("sending");
    running.interrupt();
    let ended = running.end();
    assert_eq!(ended.status, 0, "{ended}");
    assert_snapshot!(ended.without_log(), @"
    exit: 0
    --- stdout
    DEVICE     RESULT
    device789  applied
    --- stderr
    stopping after the request that is on its way; Ctrl-C again stops at once
    1 device: 1 applied
    ");
}

#[cfg(unix)]
#[test]
fn a_second_interrupt_does_not_wait() {
    let service = Simulated::start_with(&["--fault", "silence-after-apply"], &[]);
    let interrupted = |format| {
        let mut running = unexempt_at(&service).args(["-v", "--format", format]).start();
        running.wait_for("sending");
        running.interrupt();
        running.wait_for("stopping after");
        running.interrupt();
        running.end()
    };
    let as_json = interrupted("json");
    assert!(as_json.stdout.contains("\"may_have_been_applied\": true"), "{as_json}");
    let ended = interrupted("table");
    assert_eq!(ended.status, 5, "{ended}");
    assert_snapshot!(ended.without_log(), @"
    exit: 5
    --- stdout
    DEVICE     RESULT
    device789  unknown
    --- stderr
    stopping after the request that is on its way; Ctrl-C again stops at once
    stopped at once; what became of the request that was on its way is unknown
    1 device: 1 unknown
    ");
}
