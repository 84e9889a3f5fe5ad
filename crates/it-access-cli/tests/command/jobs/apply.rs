//! From a plan to a report.

use std::fs;

use insta::assert_snapshot;
use it_access_sim::Fleet;

use super::{Desk, control, lines, service_with};
use crate::support::{Simulated, without_jobs};

/// The three commands of the README.
#[test]
fn a_newcomer_gets_from_a_list_to_a_report() {
    let desk = Desk::new();
    desk.write("fleet.txt", &lines(1000));
    let plan = desk.run([
        "plan",
        "exempt",
        "--hours",
        "60",
        "--hwids-from",
        "fleet.txt",
        "--out",
        "fleet.plan",
    ]);
    let apply = desk.run(["--simulate", "--simulate-speed", "6000", "apply", "fleet.plan"]);
    let report = desk.run(["report", "--only", "failed"]);
    let all: Vec<String> =
        [plan, apply, report].map(|run| run.end().with_nothing_sent().to_string()).into();
    assert_snapshot!(all.join("\n"), @"
    exit: 0
    --- stdout
    exempt for 60 hours 1000 devices of fleet.txt
      20 requests, about 1 min
      sha256 0084d89bbc617d805b3366e9d76ece9ca9d526728cbcd76ef9ab030675f67420
    --- stderr
    to carry it out: it-access apply fleet.plan

    exit: 1
    --- stdout
    STATE          DEVICES
    applied            977
    failed               3
    not supported       20
    total             1000
    --- stderr
    simulated service at http://127.0.0.1:PORT, 6000 times as fast; no account is touched
    job JOB: exempt for 60 hours 1000 devices
    1000 devices: 977 applied, 3 failed, 20 not supported. The states add up to the 1000 devices of the plan.
    to see which devices: it-access report JOB

    exit: 0
    --- stdout
    LINE  DEVICE     RESULT  REQUEST  REASON
    333   device333  failed  7
    666   device666  failed  14
    999   device999  failed  20
    --- stderr
    job JOB: exempt for 60 hours at a simulated service
    1000 devices: 977 applied, 3 failed, 20 not supported. The states add up to the 1000 devices of the plan.
    ");
}

#[test]
fn ten_thousand_devices_end_as_the_fleet_says() {
    let service = Simulated::start_with(&["--devices", "10000", "--seed", "7", "--control"], &[]);
    let fleet = Fleet::generate(10_000, 7);
    let rows: String = fleet.devices().map(|device| format!("x,{}\n", device.hwid())).collect();
    let desk = Desk::new();
    desk.write("fleet.csv", &format!("name,hwid\n{rows}"));

    // As many requests as the quota has at once.
    let run = desk.run_at(&service, ["unexempt", "--hwids-from", "fleet.csv", "--yes"]);
    let ended = run.args(["--batch-size", "1000", "--format", "json"]).end();
    assert_eq!(ended.status, 1, "{}", ended.stderr);
    let report: serde_json::Value = serde_json::from_str(&ended.stdout).expect("JSON");

    let applied = control(&service, "/_sim/applied");
    let applied: Vec<&str> = applied
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| {
            assert_eq!((&entry["times"], &entry["action"]), (&1.into(), &"unexempt".into()));
            entry["hwid"].as_str().expect("a text")
        })
        .collect();
    let mut reported: Vec<&str> = report["devices"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|device| device["state"] == "applied")
        .map(|device| device["id"].as_str().expect("a text"))
        .collect();
    reported.sort_unstable();
    assert_eq!(reported, applied);
    assert_eq!(report["counts"]["applied"], applied.len());
    assert_eq!(report["counts"]["total"], 10_000);
    assert_eq!(report["devices"].as_array().map(Vec::len), Some(10_000));
}

#[test]
fn a_plan_is_carried_out_once() {
    let desk = Desk::with_plan(&["unexempt"], 3);
    let (service, _fleet) = service_with(2, &[]);
    let apply = || desk.run_at(&service, ["apply", "the.plan"]);
    let all: Vec<String> = [
        apply(),
        apply(),
        apply().args(["--again", "--format", "csv"]),
        desk.run_at(&service, ["resume"]),
    ]
    .into_iter()
    .map(|run| without_times(&run.output()))
    .collect();
    assert_snapshot!(all.join("\n"), @"
    exit: 1
    --- stdout
    STATE    DEVICES
    applied        2
    failed         1
    total          3
    --- stderr
    job JOB: unexempt 3 devices
    3 devices: 2 applied, 1 failed. The states add up to the 3 devices of the plan.
    to see which devices: it-access report JOB

    exit: 2
    --- stdout
    --- stderr
    error: job JOB has carried out this plan already; add --again to do it once more

    exit: 1
    --- stdout
    line,id,state,code,http_status,request,time,reason
    1,device1,applied,1,200,1,TIME,
    2,device2,applied,1,200,1,TIME,
    3,device3,failed,0,200,1,TIME,
    --- stderr
    job JOB: unexempt 3 devices
    3 devices: 2 applied, 1 failed. The states add up to the 3 devices of the plan.
    to see which devices: it-access report JOB

    exit: 1
    --- stdout
    STATE    DEVICES
    applied        2
    failed         1
    total          3
    --- stderr
    job JOB: unexempt 3 devices
    3 devices: 2 applied, 1 failed. The states add up to the 3 devices of the plan.
    to see which devices: it-access report JOB
    ");
}

#[test]
fn a_job_that_is_not_done_is_gone_on_with_where_it_is() {
    let desk = Desk::with_plan(&["unexempt"], 3);
    let apply = || {
        let nobody = ["--base-url", "http://127.0.0.1:1", "--attempts", "1"];
        desk.run(["apply", "the.plan", "--jobs-dir", "my jobs"]).args(nobody).token("token")
    };
    assert_eq!(apply().end().status, 3);
    assert_snapshot!(apply().output(), @"
    exit: 2
    --- stdout
    --- stderr
    error: job JOB carries out this plan already, and is not done: go on with it by `it-access resume JOB --jobs-dir 'my jobs' --base-url http://127.0.0.1:PORT`, or add --again to begin another
    ");
}

#[test]
fn a_report_is_written_in_every_form_and_is_a_list_again() {
    let desk = Desk::with_plan(&["unexempt"], 3);
    let (service, _fleet) = service_with(2, &[]);
    assert_eq!(desk.run_at(&service, ["apply", "the.plan"]).end().status, 1);
    let mut all = String::new();
    for format in ["table", "json", "ndjson", "csv"] {
        let report = desk.run(["report", "--format", format]).end().with_nothing_sent();
        all += &format!("# {format}\n{}\n", without_times(&report.to_string()));
    }
    let to_file = desk.run([
        "report",
        "--only",
        "failed,not-supported",
        "--format",
        "csv",
        "--out",
        "failed.csv",
    ]);
    all += &format!("# to a file\n{}\n", to_file.end());
    let again =
        desk.run(["plan", "unexempt", "--hwids-from", "failed.csv", "--out", "failed.plan"]);
    all += &format!("# a list again\n{}\n", again.end());
    assert_snapshot!(all, @r#"
    # table
    exit: 0
    --- stdout
    LINE  DEVICE   RESULT   REQUEST  REASON
    1     device1  applied  1
    2     device2  applied  1
    3     device3  failed   1
    --- stderr
    job JOB: unexempt at 127.0.0.1:PORT
    3 devices: 2 applied, 1 failed. The states add up to the 3 devices of the plan.

    # json
    exit: 0
    --- stdout
    {"job":"JOB","action":"unexempt","list":"list.txt","host":"127.0.0.1:PORT","plan_sha256":"649bd6c27ebc653ac2260e2dd618a3aef40a42e9501c64431549f144fb63f5b9","created_at":"TIME","counts":{"total":3,"applied":2,"failed":1,"not_supported":0,"other":0,"unreported":0,"unknown":0,"unprocessed":0},"requests":1,"first_sent_at":"TIME","last_ended_at":"TIME","is_halted":false,"stopped_by":null,"unasked":[],"devices":[
    {"number":1,"line":1,"id":"device1","state":"applied","code":1,"http_status":200,"request":1,"time":"TIME","reason":null},
    {"number":2,"line":2,"id":"device2","state":"applied","code":1,"http_status":200,"request":1,"time":"TIME","reason":null},
    {"number":3,"line":3,"id":"device3","state":"failed","code":0,"http_status":200,"request":1,"time":"TIME","reason":null}
    ]}
    --- stderr
    job JOB: unexempt at 127.0.0.1:PORT
    3 devices: 2 applied, 1 failed. The states add up to the 3 devices of the plan.

    # ndjson
    exit: 0
    --- stdout
    {"number":1,"line":1,"id":"device1","state":"applied","code":1,"http_status":200,"request":1,"time":"TIME","reason":null}
    {"number":2,"line":2,"id":"device2","state":"applied","code":1,"http_status":200,"request":1,"time":"TIME","reason":null}
    {"number":3,"line":3,"id":"device3","state":"failed","code":0,"http_status":200,"request":1,"time":"TIME","reason":null}
    --- stderr
    job JOB: unexempt at 127.0.0.1:PORT
    3 devices: 2 applied, 1 failed. The states add up to the 3 devices of the plan.

    # csv
    exit: 0
    --- stdout
    line,id,state,code,http_status,request,time,reason
    1,device1,applied,1,200,1,TIME,
    2,device2,applied,1,200,1,TIME,
    3,device3,failed,0,200,1,TIME,
    --- stderr
    job JOB: unexempt at 127.0.0.1:PORT
    3 devices: 2 applied, 1 failed. The states add up to the 3 devices of the plan.

    # to a file
    exit: 0
    --- stdout
    --- stderr
    job JOB: unexempt at 127.0.0.1:PORT
    3 devices: 2 applied, 1 failed. The states add up to the 3 devices of the plan.

    # a list again
    exit: 0
    --- stdout
    unexempt 1 device of failed.csv
      1 request, less than a minute
      sha256 daabc08828a33e1a4a156f08eb06eed9c8c8334bbe41effd0aea94878790ed5a
    --- stderr
    to carry it out: it-access apply failed.plan
    "#);
}

#[test]
fn what_is_asked_of_jobs_that_are_not_there_is_told() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("jobs")).expect("a folder");
    desk.write("jobs/2026-11-23-kwmfz.sqlite", "no journal");
    let cases = [
        desk.run(["jobs"]),
        desk.run(["report"]),
        desk.run(["--simulate", "resume"]),
        desk.run(["report", "2026-11-23-bcdfg"]),
        desk.run(["report", "mine"]),
        desk.run(["report", "--only", "faild"]),
        desk.run(["jobs", "--jobs-dir", "jobs"]),
        desk.run(["report", "--jobs-dir", "jobs"]),
        desk.run(["jobs", "--jobs-dir", "/dev/null/jobs"]),
    ];
    let all: Vec<String> = cases.map(|run| run.end().with_nothing_sent().to_string()).into();
    assert_snapshot!(all.join("\n"), @r#"
    exit: 0
    --- stdout
    --- stderr
    there is no job in HOME/.local/state/it-access/jobs; `it-access apply PLAN` makes one of a plan, and --jobs-dir names another folder

    exit: 2
    --- stdout
    --- stderr
    error: there is no job in HOME/.local/state/it-access/jobs; `it-access apply PLAN` makes one of a plan, and --jobs-dir names another folder

    exit: 2
    --- stdout
    --- stderr
    error: there is no job in HOME/.local/state/it-access/jobs; `it-access apply PLAN` makes one of a plan, and --jobs-dir names another folder

    exit: 3
    --- stdout
    --- stderr
    error: there is no journal HOME/.local/state/it-access/jobs/JOB.sqlite; look which jobs there are, and where they are kept

    exit: 2
    --- stdout
    --- stderr
    error: invalid value 'mine' for '[JOB]': "mine" is no name of a job; it looks like JOB

    For more information, try '--help'.

    exit: 2
    --- stdout
    --- stderr
    error: invalid value 'faild' for '--only <STATE>': "faild" is no state; choose applied, failed, not_supported, other, unreported, unknown or unprocessed

    For more information, try '--help'.

    exit: 3
    --- stdout
    --- stderr
    error: job JOB: jobs/JOB.sqlite is not the journal of a job; if it should be, take it from a backup, which knows nothing of what was sent since

    exit: 3
    --- stdout
    --- stderr
    error: jobs/JOB.sqlite is not the journal of a job; if it should be, take it from a backup, which knows nothing of what was sent since

    exit: 3
    --- stdout
    --- stderr
    error: /dev/null/jobs cannot be read as a folder of jobs; name the folder in which they are kept, and check the rights to it: Not a directory (os error 20)
    "#);
}

#[test]
fn the_jobs_are_listed() {
    let desk = Desk::with_plan(&["unexempt"], 3);
    let (service, _fleet) = service_with(2, &[]);
    assert_eq!(desk.run_at(&service, ["apply", "the.plan"]).end().status, 1);
    let mut all = String::new();
    for format in ["table", "json", "ndjson", "csv"] {
        let listed = desk.run(["jobs", "--format", format]).end();
        all += &format!("# {format}\n{}\n", without_times(&listed.to_string()));
    }
    assert_snapshot!(all, @r#"
    # table
    exit: 0
    --- stdout
    JOB               STATE  WHAT                         DEVICES
    JOB  done   unexempt at 127.0.0.1:PORT  3: 2 applied, 1 failed
    --- stderr

    # json
    exit: 0
    --- stdout
    [
      {
        "job": "JOB",
        "action": "unexempt",
        "list": "list.txt",
        "host": "127.0.0.1:PORT",
        "plan_sha256": "649bd6c27ebc653ac2260e2dd618a3aef40a42e9501c64431549f144fb63f5b9",
        "created_at": "TIME",
        "counts": {
          "total": 3,
          "applied": 2,
          "failed": 1,
          "not_supported": 0,
          "other": 0,
          "unreported": 0,
          "unknown": 0,
          "unprocessed": 0
        },
        "requests": 1,
        "first_sent_at": "TIME",
        "last_ended_at": "TIME",
        "is_halted": false,
        "stopped_by": null
      }
    ]
    --- stderr

    # ndjson
    exit: 0
    --- stdout
    {"job":"JOB","action":"unexempt","list":"list.txt","host":"127.0.0.1:PORT","plan_sha256":"649bd6c27ebc653ac2260e2dd618a3aef40a42e9501c64431549f144fb63f5b9","created_at":"TIME","counts":{"total":3,"applied":2,"failed":1,"not_supported":0,"other":0,"unreported":0,"unknown":0,"unprocessed":0},"requests":1,"first_sent_at":"TIME","last_ended_at":"TIME","is_halted":false,"stopped_by":null}
    --- stderr

    # csv
    exit: 0
    --- stdout
    job,action,host,list,state,devices
    JOB,unexempt,127.0.0.1:PORT,list.txt,done,3
    --- stderr
    "#);
}

#[test]
fn a_scheduler_hears_what_happens() {
    let desk = Desk::with_plan(&["unexempt"], 3);
    let (service, _fleet) = service_with(2, &[]);
    let apply = desk
        .run_at(&service, ["apply", "the.plan", "--batch-size", "2", "--events", "events.ndjson"]);
    assert_eq!(apply.end().status, 1);
    assert_snapshot!(without_jobs(&without_times(&desk.read("events.ndjson"))), @r#"
    {"time":"TIME","event":"started","job":"JOB","action":"unexempt","counts":{"total":3,"applied":0,"failed":0,"not_supported":0,"other":0,"unreported":0,"unknown":0,"unprocessed":3},"pending":3}
    {"time":"TIME","event":"sent","request":1,"attempt":1,"devices":2}
    {"time":"TIME","event":"ended","request":1,"status":200,"reason":null,"counts":{"total":3,"applied":2,"failed":0,"not_supported":0,"other":0,"unreported":0,"unknown":0,"unprocessed":1}}
    {"time":"TIME","event":"sent","request":2,"attempt":1,"devices":1}
    {"time":"TIME","event":"ended","request":2,"status":200,"reason":null,"counts":{"total":3,"applied":2,"failed":1,"not_supported":0,"other":0,"unreported":0,"unknown":0,"unprocessed":0}}
    {"time":"TIME","event":"finished","counts":{"total":3,"applied":2,"failed":1,"not_supported":0,"other":0,"unreported":0,"unknown":0,"unprocessed":0}}
    "#);

    let again =
        desk.run_at(&service, ["apply", "the.plan", "--again", "--events", "-", "--quiet"]).end();
    assert!(again.stderr.lines().all(|line| line.starts_with("{\"time\":")), "{again}");
    let nowhere =
        desk.run_at(&service, ["apply", "the.plan", "--again", "--events", "/dev/null/events"]);
    assert_snapshot!(nowhere.output(), @"
    exit: 2
    --- stdout
    --- stderr
    error: --events: /dev/null/events cannot be written: Not a directory (os error 20)
    ");
}

/// The text with TIME in the place of every time.
fn without_times(text: &str) -> String {
    const PATTERN: &[u8] = b"0000-00-00T00:00:00.000Z";

    let fits = |time: &[u8]| {
        time.iter().zip(PATTERN).all(|(byte, pattern)| match pattern {
            b'0' => byte.is_ascii_digit(),
            pattern => byte == pattern,
        })
    };
    match text.as_bytes().windows(PATTERN.len()).position(fits) {
        Some(start) => {
            format!("{}TIME{}", &text[..start], without_times(&text[start + PATTERN.len()..]))
        }
        None => text.to_owned(),
    }
}
