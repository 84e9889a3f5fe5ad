//! What keeps the wrong devices from harm.

use insta::assert_snapshot;

use super::{Desk, lines, service_with};
use crate::support::Run;

#[test]
fn a_dry_run_shows_the_requests_and_sends_nothing() {
    let desk = Desk::with_plan(&["exempt", "--hours", "60"], 3);
    let apply = ["apply", "the.plan", "--dry-run"];
    let cases = [
        ("a plan", desk.run(apply)),
        ("as JSON", desk.run(apply).args(["--format", "json"])),
        ("as lines of JSON", desk.run(apply).args(["--format", "ndjson", "--batch-size", "2"])),
        (
            "as JSON, of several requests",
            desk.run(apply).args(["--format", "json", "--batch-size", "2"]),
        ),
        ("as CSV", desk.run(apply).args(["--format", "csv"])),
        (
            "a list",
            desk.run(["delete", "--hwids-from", "list.txt", "--batch-size", "2", "--dry-run"]),
        ),
        ("devices", Run::new().args(["delete", "--hwid", "#a", "--hwid", "b", "--dry-run"])),
        ("by MAC address", Run::new().args(["ignore", "--mac", "000C29CDC7B2", "--dry-run"])),
        ("a simulation", desk.run(apply).args(["--simulate"])),
    ];
    let mut all = String::new();
    for (what, run) in cases {
        all += &format!("# {what}\n{}\n", run.token("CANARY").end().with_nothing_sent());
    }
    assert!(!all.contains("CANARY"), "{all}");
    assert_snapshot!(all, @r##"
    # a plan
    exit: 0
    --- stdout
    POST http://127.0.0.1:PORT/o/api/v3/devices/action?access_token=[hidden]
    {"ids":["device1","device2","device3"],"params":{"exempt_time":60},"types":"exempt"}
    --- stderr
    1 request would be sent; nothing was

    # as JSON
    exit: 0
    --- stdout
    [
    {"number":1,"method":"POST","url":"http://127.0.0.1:PORT/o/api/v3/devices/action?access_token=[hidden]","body":"{\"ids\":[\"device1\",\"device2\",\"device3\"],\"params\":{\"exempt_time\":60},\"types\":\"exempt\"}","devices":3}
    ]
    --- stderr
    1 request would be sent; nothing was

    # as lines of JSON
    exit: 0
    --- stdout
    {"number":1,"method":"POST","url":"http://127.0.0.1:PORT/o/api/v3/devices/action?access_token=[hidden]","body":"{\"ids\":[\"device1\",\"device2\"],\"params\":{\"exempt_time\":60},\"types\":\"exempt\"}","devices":2}
    {"number":2,"method":"POST","url":"http://127.0.0.1:PORT/o/api/v3/devices/action?access_token=[hidden]","body":"{\"ids\":[\"device3\"],\"params\":{\"exempt_time\":60},\"types\":\"exempt\"}","devices":1}
    --- stderr
    2 requests would be sent; nothing was

    # as JSON, of several requests
    exit: 0
    --- stdout
    [
    {"number":1,"method":"POST","url":"http://127.0.0.1:PORT/o/api/v3/devices/action?access_token=[hidden]","body":"{\"ids\":[\"device1\",\"device2\"],\"params\":{\"exempt_time\":60},\"types\":\"exempt\"}","devices":2},
    {"number":2,"method":"POST","url":"http://127.0.0.1:PORT/o/api/v3/devices/action?access_token=[hidden]","body":"{\"ids\":[\"device3\"],\"params\":{\"exempt_time\":60},\"types\":\"exempt\"}","devices":1}
    ]
    --- stderr
    2 requests would be sent; nothing was

    # as CSV
    exit: 0
    --- stdout
    number,method,url,body,devices
    1,POST,http://127.0.0.1:PORT/o/api/v3/devices/action?access_token=[hidden],"{""ids"":[""device1"",""device2"",""device3""],""params"":{""exempt_time"":60},""types"":""exempt""}",3
    --- stderr
    1 request would be sent; nothing was

    # a list
    exit: 0
    --- stdout
    POST http://127.0.0.1:PORT/o/api/v3/devices/action?access_token=[hidden]
    {"ids":["device1","device2"],"types":"delete"}
    POST http://127.0.0.1:PORT/o/api/v3/devices/action?access_token=[hidden]
    {"ids":["device3"],"types":"delete"}
    --- stderr
    2 requests would be sent; nothing was

    # devices
    exit: 0
    --- stdout
    POST http://127.0.0.1:PORT/o/api/v3/devices/action?access_token=[hidden]
    {"ids":["#a","b"],"types":"delete"}
    --- stderr
    1 request would be sent; nothing was

    # by MAC address
    exit: 0
    --- stdout
    POST http://127.0.0.1:PORT/o/api/v3/devices/action?access_token=[hidden]
    {"macs":["00:0c:29:cd:c7:b2"],"types":"ignore"}
    --- stderr
    1 request would be sent; nothing was

    # a simulation
    exit: 2
    --- stdout
    --- stderr
    error: the argument '--simulate' cannot be used with '--dry-run'

    Usage: it-access [OPTIONS] <COMMAND>

    For more information, try '--help'.
    "##);
    assert!(!desk.path(".local").exists());
}

#[test]
fn a_list_is_acted_on_after_a_yes() {
    let desk = Desk::with_plan(&["delete"], 3);
    let (service, _fleet) = service_with(3, &[]);
    let cases = [
        (
            "a list, without a terminal",
            desk.run_at(&service, ["unexempt", "--hwids-from", "list.txt"]),
        ),
        ("a deletion, without a terminal", desk.run_at(&service, ["apply", "the.plan"])),
        ("a list", desk.run_at(&service, ["unexempt", "--hwids-from", "list.txt", "--yes"])),
        ("a deletion", desk.run_at(&service, ["apply", "the.plan", "--yes"])),
    ];
    let mut all = String::new();
    for (what, run) in cases {
        all += &format!("# {what}\n{}\n", run.end());
    }
    assert_snapshot!(all, @"
    # a list, without a terminal
    exit: 2
    --- stdout
    --- stderr
    unexempt 3 devices of list.txt: 1 request, less than a minute
    error: `unexempt` asks before it starts, and there is no terminal to ask at; to go on without a question, add --yes

    # a deletion, without a terminal
    exit: 2
    --- stdout
    --- stderr
    error: `delete` asks before it starts, and there is no terminal to ask at; to go on without a question, add --yes

    # a list
    exit: 0
    --- stdout
    STATE    DEVICES
    applied        3
    total          3
    --- stderr
    unexempt 3 devices of list.txt: 1 request, less than a minute
    job JOB: unexempt 3 devices
    3 devices: 3 applied. The states add up to the 3 devices of the plan.

    # a deletion
    exit: 0
    --- stdout
    STATE    DEVICES
    applied        3
    total          3
    --- stderr
    job JOB: delete 3 devices
    3 devices: 3 applied. The states add up to the 3 devices of the plan.
    ");
}

#[test]
fn a_canary_that_fails_stops_the_rest() {
    let desk = Desk::with_plan(&["unexempt"], 10);
    // The first three devices of the list are there.
    let (service, _fleet) = service_with(3, &[]);
    let all: Vec<String> = [
        desk.run_at(&service, ["apply", "the.plan", "--canary", "5"]),
        desk.run(["jobs"]),
        desk.run_at(&service, ["resume"]),
        desk.run_at(&service, ["resume", "--yes"]),
    ]
    .into_iter()
    .map(Run::output)
    .collect();
    assert_snapshot!(all.join("\n"), @"
    exit: 4
    --- stdout
    STATE        DEVICES
    applied            3
    failed             2
    unprocessed        5
    total             10
    --- stderr
    job JOB: unexempt 10 devices
    the action was not applied to 2 of the first 5 devices, so nothing more was sent; look at them before the job is resumed
    10 devices: 3 applied, 2 failed, 5 unprocessed. The states add up to the 10 devices of the plan.
    to go on: it-access resume JOB --base-url http://127.0.0.1:PORT
    to see which devices: it-access report JOB

    exit: 0
    --- stdout
    JOB               STATE     WHAT                         DEVICES
    JOB  not done  unexempt at 127.0.0.1:PORT  10: 3 applied, 2 failed, 5 unprocessed
    --- stderr

    exit: 2
    --- stdout
    --- stderr
    error: the last run ended early: the action was not applied to 2 of the first 5 devices, so nothing more was sent; look at them before the job is resumed; to go on with the others all the same, add --yes

    exit: 1
    --- stdout
    STATE    DEVICES
    applied        3
    failed         7
    total         10
    --- stderr
    job JOB: unexempt 10 devices
    10 devices: 3 applied, 7 failed. The states add up to the 10 devices of the plan.
    to see which devices: it-access report JOB
    ");
}

#[test]
fn a_canary_that_lives_lets_the_rest_go() {
    let desk = Desk::with_plan(&["unexempt"], 10);
    let (service, _fleet) = service_with(10, &[]);
    let run = desk.run_at(&service, ["apply", "the.plan", "--canary", "5"]);
    assert_snapshot!(run.output(), @"
    exit: 0
    --- stdout
    STATE    DEVICES
    applied       10
    total         10
    --- stderr
    job JOB: unexempt 10 devices
    10 devices: 10 applied. The states add up to the 10 devices of the plan.
    ");
}

#[test]
fn too_many_failures_stop_the_rest() {
    let desk = Desk::with_plan(&["unexempt"], 10);
    let (service, _fleet) = service_with(3, &[]);
    let run = desk.run_at(&service, ["apply", "the.plan", "--max-failures", "20%"]);
    assert_snapshot!(run.args(["--batch-size", "2"]).output(), @"
    exit: 4
    --- stdout
    STATE        DEVICES
    applied            3
    failed             3
    unprocessed        4
    total             10
    --- stderr
    job JOB: unexempt 10 devices
    the action was not applied to 3 devices, and 2 at most were allowed, so nothing more was sent
    10 devices: 3 applied, 3 failed, 4 unprocessed. The states add up to the 10 devices of the plan.
    to go on: it-access resume JOB --base-url http://127.0.0.1:PORT --batch-size 2
    to see which devices: it-access report JOB
    ");
}

#[test]
fn standard_input_is_read_once() {
    let run = Run::new().args(["--token-file", "-", "unexempt", "--hwids-from", "-", "--yes"]);
    assert_snapshot!(run.stdin(&lines(3)).end().with_nothing_sent(), @"
    exit: 2
    --- stdout
    --- stderr
    error: a secret and a list cannot both be read from standard input

    Usage: it-access [OPTIONS] <COMMAND>

    For more information, try '--help'.
    ");
}

#[test]
fn devices_that_take_several_requests_make_a_job() {
    let desk = Desk::new();
    let (service, _fleet) = service_with(4, &[]);
    let named = [1, 2, 3, 4, 5, 1]
        .into_iter()
        .flat_map(|number| ["--hwid".to_owned(), format!("device{number}")]);
    let arguments = ["unexempt", "--batch-size", "2"].map(str::to_owned);
    let all = desk.run_at(&service, []).args(arguments.into_iter().chain(named)).output();
    assert_snapshot!(all, @"
    exit: 1
    --- stdout
    STATE    DEVICES
    applied        4
    failed         1
    total          5
    --- stderr
    1 duplicate left out
    job JOB: unexempt 5 devices
    5 devices: 4 applied, 1 failed. The states add up to the 5 devices of the plan.
    to see which devices: it-access report JOB
    ");
}

#[test]
fn a_report_is_written_over_nothing() {
    let desk = Desk::with_plan(&["unexempt"], 3);
    let (service, _fleet) = service_with(3, &[]);
    assert_eq!(desk.run_at(&service, ["apply", "the.plan"]).end().status, 0);
    let over_the_plan = desk.run(["report", "--format", "csv", "--out", "the.plan"]).output();
    assert_snapshot!(over_the_plan, @"
    exit: 3
    --- stdout
    --- stderr
    error: the.plan: it is there already; add --replace
    ");
    assert_eq!(desk.run_at(&service, ["apply", "the.plan", "--again"]).end().status, 0);
}

/// A table is for people, and its lines are no devices.
#[test]
fn a_report_in_a_file_has_the_form_that_its_name_says() {
    let desk = Desk::with_plan(&["delete"], 3);
    let (service, _fleet) = service_with(2, &[]);
    assert_eq!(desk.run_at(&service, ["apply", "the.plan", "--yes"]).end().status, 1);
    let write = |out| desk.run(["report", "--only", "failed", "--out", out]);
    for name in ["failed.csv", "failed.json", "failed.ndjson"] {
        assert_eq!(write(name).end().status, 0, "{name}");
        let list = ["plan", "delete", "--hwids-from", name, "--out", "next.plan", "--replace"];
        let planned = desk.run(list).end();
        assert!(planned.stdout.contains("delete 1 device of"), "{name}: {planned}");
    }
    assert_eq!(write("asked.csv").args(["--format", "ndjson"]).end().status, 0);
    assert!(desk.read("asked.csv").starts_with('{'));
    assert_eq!(write("failed.txt").end().status, 0);
    let list = ["plan", "delete", "--hwids-from", "failed.txt", "--out", "next.plan"];
    let refused = desk.run(list).args(["--replace"]).end();
    assert_eq!(refused.status, 2, "{refused}");
    assert!(refused.stderr.contains("has spaces like a table"), "{refused}");
}

#[test]
fn who_has_seen_enough_closes_it() {
    // More than is kept until it is written.
    let desk = Desk::with_plan(&["unexempt"], 1000);
    let (service, _fleet) = service_with(1000, &[]);
    let applied = desk.run_at(&service, ["apply", "the.plan", "--batch-size", "1000"]).end();
    assert_eq!(applied.status, 0, "{applied}");
    for format in ["table", "csv", "json", "ndjson"] {
        for shows in [&["report"][..], &["jobs"], &["config"], &["apply", "the.plan", "--dry-run"]]
        {
            let run = desk.run(["--format", format, "--quiet"]).args(shows).stdout_closed();
            let ended = run.end();
            assert_eq!((ended.status, ended.stderr.as_str()), (0, ""), "{shows:?} {format}");
        }
    }
    desk.write("list.txt", "device1\n");
    let plan = desk.run(["plan", "unexempt", "--hwids-from", "list.txt", "--out", "seen.plan"]);
    let planned = plan.stdout_closed().end();
    let next = "to carry it out: it-access apply seen.plan\n";
    assert_eq!((planned.status, planned.stderr.as_str()), (0, next));
    for shows in [
        &["completions", "bash"][..],
        &["man"],
        &["config", "--path"],
        &["simulate", "--list-faults"],
        &["simulate", "--assumptions"],
    ] {
        let ended = desk.run([]).args(shows).stdout_closed().end();
        assert_eq!((ended.status, ended.stderr.as_str()), (0, ""), "{shows:?}");
    }
}
