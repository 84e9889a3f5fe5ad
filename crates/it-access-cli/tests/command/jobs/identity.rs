//! Which job is meant, and whose: no other is gone on with, repeated, or told for it.

use insta::assert_snapshot;

use super::{Desk, service_with, wait_for_requests};

/// The newest may be another than the one that was interrupted.
#[test]
fn a_job_that_is_not_done_is_not_passed_over() {
    let desk = Desk::with_plan(&["unexempt"], 10);
    let (service, _fleet) = service_with(3, &[]);
    let stopped = desk.run_at(&service, ["apply", "the.plan", "--max-failures", "2"]);
    assert_eq!(stopped.args(["--batch-size", "2"]).end().status, 4);
    assert_eq!(
        desk.run_at(&service, ["ignore", "--hwids-from", "list.txt", "--yes"]).end().status,
        1
    );
    let resumed = desk.run_at(&service, ["resume"]).end().with_nothing_sent();
    assert_snapshot!(resumed, @"
    exit: 2
    --- stdout
    --- stderr
    error: the newest job, JOB, is done; of the others, name the one to go on with: JOB
    ");
}

#[test]
fn nobody_is_asked_about_a_plan_that_was_carried_out() {
    let desk = Desk::with_plan(&["delete"], 2);
    let (service, _fleet) = service_with(2, &[]);
    assert_eq!(desk.run_at(&service, ["apply", "the.plan", "--yes"]).end().status, 0);
    let again = desk.run_at(&service, ["apply", "the.plan"]).end().with_nothing_sent();
    assert!(again.stderr.contains("has carried out this plan already"), "{again}");
}

/// What lies in the place of a run's journal may be of before, and know nothing of what the run has sent.
#[cfg(unix)]
#[test]
fn another_journal_is_not_told_for_that_of_the_run() {
    let desk = Desk::with_plan(&["unexempt"], 4);
    let (service, _fleet) = service_with(4, &["--fault", "silence-after-apply:nth=2"]);
    let apply = desk.run_at(&service, ["apply", "the.plan", "--batch-size", "2"]);
    let running = apply.args(["--timeout", "2", "--attempts", "1"]).start();
    wait_for_requests(&service, 2);
    let jobs = std::fs::read_dir(desk.path(".local/state/it-access/jobs")).expect("a folder");
    let mut files = jobs.map(|file| file.expect("a file").path());
    let journal = files.find(|file| file.extension().is_some_and(|it| it == "sqlite"));
    let (journal, copy) = (journal.expect("a journal"), desk.path("a copy"));
    std::fs::copy(&journal, &copy).expect("a copy");
    std::fs::rename(&copy, &journal).expect("the copy in the place of the journal");
    let ended = running.end();
    assert_eq!(ended.status, 5, "{ended}");
    assert!(ended.stdout.is_empty() && !ended.stderr.contains("to go on"), "{ended}");
    assert!(ended.stderr.contains("4 devices: 2 applied, 2 unknown"), "{ended}");
}

#[test]
fn a_job_is_for_one_service() {
    let desk = Desk::with_plan(&["unexempt"], 2);
    let (service, _fleet) = service_with(2, &["--fault", "http-503-before-apply"]);
    assert_eq!(desk.run_at(&service, ["apply", "the.plan"]).end().status, 5);
    let elsewhere = desk.run(["resume", "--base-url", "https://elsewhere.example"]).token("CANARY");
    assert_snapshot!(elsewhere.end().with_nothing_sent(), @"
    exit: 2
    --- stdout
    --- stderr
    job JOB: unexempt 2 devices
    error: the job is for 127.0.0.1:PORT, and this is elsewhere.example; use the --profile and the --base-url that it was made with, or begin another job here
    ");
}

/// Profiles are how the accounts of one service are told apart.
#[test]
fn a_job_is_for_one_profile() {
    let desk = Desk::with_plan(&["delete"], 2);
    let (service, _fleet) = service_with(2, &["--fault", "http-503-before-apply"]);
    let run = |profile: &str, arguments: [&str; 3]| {
        let profiles = "[profiles.branch]\n[profiles.default]\n";
        desk.run_at(&service, arguments).config(profiles).args(["--profile", profile]).end()
    };
    assert_eq!(run("branch", ["apply", "the.plan", "--yes"]).status, 5);
    let elsewhere = run("default", ["resume", "--yes", "--quiet"]).with_nothing_sent();
    let jobs = desk.run(["jobs"]).end();
    assert_snapshot!(format!("{elsewhere}\n{jobs}"), @"
    exit: 2
    --- stdout
    --- stderr
    error: the job is for branch@127.0.0.1:PORT, and this is 127.0.0.1:PORT; use the --profile and the --base-url that it was made with, or begin another job here

    exit: 0
    --- stdout
    JOB               STATE  WHAT                              DEVICES
    JOB  done   delete at branch@127.0.0.1:PORT  2: 2 unknown
    --- stderr
    ");

    // It is another account, on which nothing was done yet.
    assert_eq!(run("default", ["apply", "the.plan", "--yes"]).status, 5);
    // Now it was.
    assert_eq!(run("default", ["apply", "the.plan", "--yes"]).with_nothing_sent().status, 2);
}

#[test]
fn a_simulation_goes_on_with_no_other_job_and_no_other_run_with_a_simulated_one() {
    let desk = Desk::with_plan(&["unexempt"], 2);
    let (service, _fleet) = service_with(2, &["--fault", "http-503-before-apply"]);
    assert_eq!(desk.run_at(&service, ["apply", "the.plan"]).end().status, 5);
    let simulated = desk.run(["--simulate", "resume"]).end().with_nothing_sent();
    assert_eq!(desk.run(["--simulate", "--quiet", "apply", "the.plan"]).end().status, 0);
    let at_the_service = desk.run_at(&service, ["resume"]).end().with_nothing_sent();
    assert_snapshot!(format!("{simulated}\n{at_the_service}"), @"
    exit: 2
    --- stdout
    --- stderr
    simulated service at http://127.0.0.1:PORT; no account is touched
    job JOB: unexempt 2 devices
    error: the job is for 127.0.0.1:PORT, and this is a simulated service; leave out --simulate, or begin another job here

    exit: 2
    --- stdout
    --- stderr
    job JOB: unexempt 2 devices
    error: the job is for a simulated service, and this is 127.0.0.1:PORT; add --simulate, or begin another job here
    ");
}
