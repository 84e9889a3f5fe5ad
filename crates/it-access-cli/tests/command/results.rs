//! What became of the devices: on standard output, and in the exit status.

use insta::assert_snapshot;

use crate::support::{self, Run, Server, Simulated, http};

const VENDORS_EXAMPLE: [&str; 9] = [
    "exempt",
    "--hours",
    "60",
    "--hwid",
    "device123",
    "--hwid",
    "device456",
    "--hwid",
    "device789",
];

#[test]
fn the_vendors_example_on_the_simulated_service() {
    let run = Run::new().args(["--simulate"]).args(VENDORS_EXAMPLE).output();
    assert_snapshot!(run, @"
    exit: 1
    --- stdout
    DEVICE     RESULT
    device123  not supported
    device456  failed
    device789  applied
    --- stderr
    simulated service at http://127.0.0.1:PORT; no account is touched
    3 devices: 1 applied, 1 failed, 1 not supported
    ");
}

#[test]
fn the_same_against_a_server_of_its_own() {
    let service = Simulated::start();
    let run = Run::new()
        .env("IT_ACCESS_TOKEN", service.token())
        .args(["--base-url", service.base_url()])
        .args(VENDORS_EXAMPLE)
        .output();
    assert_snapshot!(run, @"
    exit: 1
    --- stdout
    DEVICE     RESULT
    device123  not supported
    device456  failed
    device789  applied
    --- stderr
    3 devices: 1 applied, 1 failed, 1 not supported
    ");
}

#[test]
fn everything_by_the_environment_and_the_results_as_json() {
    let service = Simulated::start();
    let run = Run::new()
        .env("IT_ACCESS_TOKEN", service.token())
        .env("IT_ACCESS_BASE_URL", service.base_url())
        .args(VENDORS_EXAMPLE)
        .args(["--format", "json"])
        .output();
    assert_snapshot!(run, @r#"
    exit: 1
    --- stdout
    {
      "devices": [
        {
          "id": "device123",
          "state": "not_supported",
          "code": -1
        },
        {
          "id": "device456",
          "state": "failed",
          "code": 0
        },
        {
          "id": "device789",
          "state": "applied",
          "code": 1
        }
      ],
      "counts": {
        "total": 3,
        "applied": 1,
        "failed": 1,
        "not_supported": 1,
        "other": 0,
        "unreported": 0,
        "unknown": 0,
        "unprocessed": 0
      },
      "unasked": [],
      "error": null
    }
    --- stderr
    3 devices: 1 applied, 1 failed, 1 not supported
    "#);
}

#[test]
fn the_results_line_by_line() {
    let mut all = String::new();
    for format in ["ndjson", "csv"] {
        let run = Run::new().args(["--simulate", "--quiet", "--format", format]);
        all += &format!("# {format}\n{}\n", run.args(VENDORS_EXAMPLE).end());
    }
    assert_snapshot!(all, @r#"
    # ndjson
    exit: 1
    --- stdout
    {"id":"device123","state":"not_supported","code":-1}
    {"id":"device456","state":"failed","code":0}
    {"id":"device789","state":"applied","code":1}
    --- stderr

    # csv
    exit: 1
    --- stdout
    id,state,code
    device123,not_supported,-1
    device456,failed,0
    device789,applied,1
    --- stderr
    "#);
}

#[test]
fn all_applied_is_status_0() {
    let run =
        Run::new().args(["--simulate", "exempt", "--forever", "--hwid", "device789"]).output();
    assert_snapshot!(run, @"
    exit: 0
    --- stdout
    DEVICE     RESULT
    device789  applied
    --- stderr
    simulated service at http://127.0.0.1:PORT; no account is touched
    1 device: 1 applied
    ");
}

#[test]
fn a_device_named_twice_is_sent_once() {
    let macs = ["--mac", "00:0c:29:cd:c7:b2", "--mac", "000C29CDC7B2"];
    // Two would be more than one request takes, and make a job.
    let run = Run::new().args(["--simulate", "renew-dhcp", "--batch-size", "1"]).args(macs);
    let run = run.output();
    assert_snapshot!(run, @"
    exit: 0
    --- stdout
    DEVICE             RESULT
    00:0c:29:cd:c7:b2  applied
    --- stderr
    simulated service at http://127.0.0.1:PORT; no account is touched
    1 duplicate left out
    1 device: 1 applied
    ");
}

#[test]
fn devices_named_twice_are_counted() {
    let hwids = ["device789", "device456", "device789", "device456", "device789"];
    let ended = Run::new()
        .args(["--simulate", "unexempt"])
        .args(hwids.iter().flat_map(|hwid| ["--hwid", hwid]))
        .end();
    assert!(ended.stderr.contains("\n3 duplicates left out\n"), "{ended}");
}

#[test]
fn a_token_file_may_begin_with_a_byte_order_mark() {
    let service = Simulated::start();
    let file = support::file(&format!("\u{feff}{}\r\n", service.token()));
    let run = Run::new()
        .args(["--base-url", service.base_url(), "unexempt", "--hwid", "device789"])
        .token_file(file.path());
    assert_eq!(run.end().status, 0);
}

#[test]
fn a_token_from_a_file_and_from_standard_input() {
    let service = Simulated::start();
    let file = support::file(&format!("{}\n", service.token()));
    let by_file = Run::new()
        .args(["--base-url", service.base_url(), "unignore", "--hwid", "ignored-001"])
        .token_file(file.path())
        .output();
    assert_snapshot!(by_file, @"
    exit: 0
    --- stdout
    DEVICE       RESULT
    ignored-001  applied
    --- stderr
    1 device: 1 applied
    ");

    let by_stdin = Run::new()
        .args(["--base-url", service.base_url(), "ignore", "--hwid", "ignored-001"])
        .args(["--token-file", "-"])
        .stdin(&format!("{}\r\n", service.token()))
        .output();
    assert_snapshot!(by_stdin, @"
    exit: 0
    --- stdout
    DEVICE       RESULT
    ignored-001  applied
    --- stderr
    1 device: 1 applied
    ");
}

#[test]
fn an_answer_with_gaps_and_surprises() {
    let answer = r#"{"b":7,"c":1,"c":0,"\u001b[31md":1}"#;
    let server = Server::answering([http("200 OK", "", answer)]);
    let run = Run::new()
        .token("CANARY-0123456789")
        .args(["--base-url", server.base_url(), "unexempt"])
        .args(["--hwid", "a", "--hwid", "b", "--hwid", "c"])
        .output();
    assert_snapshot!(run, @r#"
    exit: 5
    --- stdout
    DEVICE  RESULT
    a       unreported
    b       other (7)
    c       unknown
    --- stderr
    warning: the service sent a result that was not asked for: "\u{1b}[31md" applied
    3 devices: 1 other, 1 unreported, 1 unknown
    "#);
}

#[test]
fn some_unprocessed_is_status_4() {
    let hwids: Vec<String> = (0..51).map(|number| format!("device{number}")).collect();
    let first = hwids[..50].iter().map(|hwid| format!("{hwid:?}:1")).collect::<Vec<_>>().join(",");
    let server = Server::answering([
        http("200 OK", "", &format!("{{{first}}}")),
        http("429 Too Many Requests", "", ""),
    ]);
    let run = Run::new()
        .token("CANARY-0123456789")
        .args(["--base-url", server.base_url(), "unexempt"])
        .args(hwids.iter().flat_map(|hwid| ["--hwid", hwid]))
        .end()
        .without_stdout();
    assert_snapshot!(run, @"
    exit: 4
    --- stdout
    …
    --- stderr
    job JOB: unexempt 51 devices
    error: http://127.0.0.1:PORT answered 429 Too Many Requests: the account has used up its requests; wait a minute, in every program that shares it. Nothing was applied.
    51 devices: 50 applied, 1 unprocessed. The states add up to the 51 devices of the plan.
    to go on: it-access resume JOB --base-url http://127.0.0.1:PORT
    ");
}

/// Also shows that the other tests would notice what they send by mistake.
#[test]
fn by_default_it_is_the_vendors_service_through_the_systems_proxy() {
    let ended = Run::new()
        .without_env("IT_ACCESS_BASE_URL")
        .token("CANARY-0123456789")
        .args(["unexempt", "--hwid", "device789"])
        .end();
    assert_snapshot!(ended, @"
    exit: 3
    --- stdout
    DEVICE     RESULT
    device789  unprocessed
    --- stderr
    error: cannot connect to https://gears.opswat.com; check the address and the network. Nothing was sent.
      cause: tunnel error: unsuccessful
    1 device: 1 unprocessed
    ");
    let [request] = ended.sent_elsewhere.try_into().expect("one request");
    assert!(request.starts_with("CONNECT gears.opswat.com:443 "), "{request}");
    assert!(!request.contains("CANARY"), "{request}");
}
