//! Jobs that are interrupted, and gone on with.

use insta::assert_snapshot;

use super::{Desk, service_with, wait_for_requests};

#[cfg(unix)]
#[test]
fn after_an_interrupt_the_job_goes_on_where_it_stopped() {
    let desk = Desk::with_plan(&["delete"], 4);
    let (service, _fleet) = service_with(4, &["--fault", "latency:ms=500"]);
    let apply = desk.run_at(&service, ["apply", "the.plan", "--yes", "--batch-size", "1"]);
    let running = apply.start();
    wait_for_requests(&service, 1);
    running.interrupt();
    let stopped = running.end();
    let line = stopped.stderr.lines().find_map(|line| line.strip_prefix("to go on: it-access "));
    let words: Vec<String> = line.expect("a line to type").split(' ').map(str::to_owned).collect();
    let resumed = desk.run([]).token(service.token()).args(words).end();
    assert_snapshot!(format!("{stopped}\n{resumed}"), @"
    exit: 4
    --- stdout
    STATE        DEVICES
    applied            1
    unprocessed        3
    total              4
    --- stderr
    job JOB: delete 4 devices
    stopping after the request that is on its way; Ctrl-C again stops at once
    stopped; nothing more was sent
    4 devices: 1 applied, 3 unprocessed. The states add up to the 4 devices of the plan.
    to go on: it-access resume JOB --base-url http://127.0.0.1:PORT --batch-size 1

    exit: 0
    --- stdout
    STATE    DEVICES
    applied        4
    total          4
    --- stderr
    job JOB: delete 4 devices
    4 devices: 4 applied. The states add up to the 4 devices of the plan.
    ");
}

#[cfg(target_os = "linux")]
#[test]
fn a_hangup_loses_nothing() {
    let desk = Desk::with_plan(&["delete"], 4);
    let (service, _fleet) = service_with(4, &["--fault", "latency:ms=500"]);
    let apply = desk.run_at(&service, ["apply", "the.plan", "--yes", "--batch-size", "1"]);
    let mut running = apply.start();
    wait_for_requests(&service, 1);
    running.hang_up();
    running.wait_for("stopping after");
    // A terminal that is closed may say so twice.
    running.hang_up();
    let ended = running.end();
    assert_eq!(ended.status, 4, "{ended}");
    assert!(ended.stderr.contains("4 devices: 1 applied, 3 unprocessed."), "{ended}");
}

#[cfg(unix)]
#[test]
fn after_a_second_interrupt_it_is_known_what_is_unknown() {
    let desk = Desk::with_plan(&["unexempt"], 2);
    let (service, _fleet) = service_with(2, &["--fault", "silence-after-apply:nth=1"]);
    let apply = desk.run_at(&service, ["apply", "the.plan", "--batch-size", "1"]);
    let mut running = apply.start();
    wait_for_requests(&service, 1);
    running.interrupt();
    running.wait_for("stopping after");
    running.interrupt();
    let stopped = running.end();
    let resumed = desk.run_at(&service, ["resume"]).end();
    let repeated = desk.run_at(&service, ["resume", "--retry-unknown"]).end();
    assert_snapshot!(format!("{stopped}\n{resumed}\n{repeated}"), @"
    exit: 5
    --- stdout
    STATE        DEVICES
    unknown            1
    unprocessed        1
    total              2
    --- stderr
    job JOB: unexempt 2 devices
    stopping after the request that is on its way; Ctrl-C again stops at once
    stopped at once; what became of the request that was on its way is unknown
    2 devices: 1 unknown, 1 unprocessed. The states add up to the 2 devices of the plan.
    to go on: it-access resume JOB --base-url http://127.0.0.1:PORT --batch-size 1
    to see which devices: it-access report JOB

    exit: 5
    --- stdout
    STATE    DEVICES
    applied        1
    unknown        1
    total          2
    --- stderr
    job JOB: unexempt 2 devices
    2 devices: 1 applied, 1 unknown. The states add up to the 2 devices of the plan.
    to see which devices: it-access report JOB

    exit: 0
    --- stdout
    STATE    DEVICES
    applied        2
    total          2
    --- stderr
    job JOB: unexempt 2 devices
    2 devices: 2 applied. The states add up to the 2 devices of the plan.
    ");
}

#[test]
fn what_must_not_be_repeated_is_not() {
    let desk = Desk::with_plan(&["delete"], 2);
    let (service, _fleet) = service_with(2, &["--fault", "reset-after-apply:nth=1"]);
    let applied = desk.run_at(&service, ["apply", "the.plan", "--yes"]).end();
    let repeated = desk.run_at(&service, ["resume", "--retry-unknown"]).end();
    let again = desk.run_at(&service, ["apply", "the.plan", "--yes"]).end();
    assert_snapshot!(format!("{applied}\n{repeated}\n{again}"), @r#"
    exit: 5
    --- stdout
    STATE    DEVICES
    unknown        2
    total          2
    --- stderr
    job JOB: delete 2 devices
    error: the connection to http://127.0.0.1:PORT broke off. The action may have been applied: look at the devices before repeating it.
      cause: Connection reset by peer (os error 104)
    2 devices: 2 unknown. The states add up to the 2 devices of the plan.
    to see which devices: it-access report JOB

    exit: 2
    --- stdout
    --- stderr
    job JOB: delete 2 devices
    error: devices that are unknown are not sent again for "delete": the action may have been applied, and once more is not the same. Look at the devices; a report of those that are unknown is a list for another plan

    exit: 2
    --- stdout
    --- stderr
    error: job JOB has carried out this plan already, of which 2 devices are unknown: look at them by `it-access report JOB --only unknown`; --again would do it once more to all devices of the plan
    "#);
}

/// Whatever the moment: what was sent is known, or known to be unknown.
#[cfg(unix)]
#[test]
fn after_a_kill_nothing_is_lost() {
    let desk = Desk::with_plan(&["unexempt"], 3);
    let (service, _fleet) = service_with(3, &["--fault", "silence-after-apply:nth=2"]);
    let apply = desk.run_at(&service, ["apply", "the.plan", "--batch-size", "1"]);
    let running = apply.start();
    wait_for_requests(&service, 2);
    running.kill();
    let resumed = desk.run_at(&service, ["resume"]).end();
    assert_snapshot!(resumed, @"
    exit: 5
    --- stdout
    STATE    DEVICES
    applied        2
    unknown        1
    total          3
    --- stderr
    job JOB: unexempt 3 devices
    3 devices: 2 applied, 1 unknown. The states add up to the 3 devices of the plan.
    to see which devices: it-access report JOB
    ");
}
