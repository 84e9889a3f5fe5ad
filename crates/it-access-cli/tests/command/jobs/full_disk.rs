//! A disk without any space left.

use insta::assert_snapshot;

use super::{Desk, service_with, wait_for_requests};
use crate::support::Run;

#[test]
fn a_report_without_space_says_where_it_was_to_go() {
    let desk = Desk::with_plan(&["unexempt"], 3000);
    let (service, _fleet) = service_with(1, &[]);
    desk.run_at(&service, ["apply", "the.plan", "--batch-size", "3000"]).end();
    let mut all = String::new();
    for format in ["table", "csv", "json", "ndjson"] {
        let run = desk.run(["report", "--format", format]).stdout_full();
        all += &format!("# {format}\n{}\n", run.end());
    }
    // Enough to read the journal, and not for the report.
    let to_file = Run::with_space_for(100, &desk.0).args(["report", "--format", "csv"]);
    let to_file = to_file.args(["--out", "the.report"]).end();
    assert!(!desk.path("the.report").exists(), "a part of a report");
    assert_snapshot!(format!("{all}# to a file\n{to_file}"), @"
    # table
    exit: 3
    --- stdout
    --- stderr
    error: the report could not be written to standard output; see that there is space and a right to write, then ask for it again: No space left on device (os error 28)

    # csv
    exit: 3
    --- stdout
    --- stderr
    error: the report could not be written to standard output; see that there is space and a right to write, then ask for it again: No space left on device (os error 28)

    # json
    exit: 3
    --- stdout
    --- stderr
    error: the report could not be written to standard output; see that there is space and a right to write, then ask for it again: No space left on device (os error 28)

    # ndjson
    exit: 3
    --- stdout
    --- stderr
    error: the report could not be written to standard output; see that there is space and a right to write, then ask for it again: No space left on device (os error 28)

    # to a file
    exit: 3
    --- stdout
    --- stderr
    error: the report could not be written to the.report; see that there is space and a right to write, then ask for it again: File too large (os error 27)
    ");
}

#[test]
fn a_job_that_had_no_space_to_begin_keeps_its_canary() {
    let desk = Desk::with_plan(&["unexempt"], 20);
    let (service, _fleet) = service_with(20, &["--fault", "missing-key:nth=1"]);
    // For the journal, and not for the index of its log.
    let apply = Run::with_space_for(40, &desk.0).token(service.token());
    let apply = apply.args(["--base-url", service.base_url(), "apply", "the.plan"]);
    let apply = apply.args(["--quota-store", "memory"]);
    let without_space = apply.args(["--canary", "4"]).end();
    assert!(without_space.status == 3, "{without_space}");
    assert!(without_space.stderr.contains("there is no space"), "{without_space}");
    let resumed = desk.run_at(&service, ["resume"]).end();
    assert!(resumed.stderr.contains("1 of the first 4 devices"), "{resumed}");
}

#[test]
fn a_journal_that_a_crash_left_open_says_that_reading_it_takes_space() {
    let desk = Desk::with_plan(&["unexempt"], 1);
    let (service, _fleet) = service_with(1, &["--fault", "silence-after-apply:nth=1"]);
    let running = desk.run_at(&service, ["apply", "the.plan"]).start();
    wait_for_requests(&service, 1);
    running.kill();
    let without_space = Run::with_space_for(0, &desk.0).args(["report"]).end();
    let with_space = desk.run(["report"]).end();
    assert_snapshot!(format!("{without_space}\n{with_space}"), @"
    exit: 3
    --- stdout
    --- stderr
    error: there is no space to write to HOME/.local/state/it-access/jobs/JOB.sqlite; make some, then resume the job, or ask for its report again: disk I/O error: Error code 4874: disk I/O error

    exit: 0
    --- stdout
    LINE  DEVICE   RESULT   REQUEST  REASON
    1     device1  unknown  1        no answer is written down: the program waits for it, or was ended before it came
    --- stderr
    job JOB: unexempt at 127.0.0.1:PORT
    1 device: 1 unknown. The states add up to the 1 device of the plan.
    ");
}
