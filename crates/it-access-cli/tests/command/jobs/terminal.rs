//! Jobs at a real terminal: questions, progress, and Ctrl-C as it is typed.

use rexpect::{
    process::WaitStatus,
    session::{PtySession, spawn_command},
};

use super::{Desk, service_with, wait_for_requests};
use crate::support::Run;

/// How long anything is waited for, in milliseconds.
const PATIENCE: u64 = 30_000;

/// Runs a command at a terminal of its own.
fn at_a_terminal(run: Run) -> PtySession {
    spawn_command(run.env("TERM", "xterm").into_command(), Some(PATIENCE)).expect("a terminal")
}

fn exit_status(terminal: &PtySession) -> i32 {
    match terminal.process().wait() {
        Ok(WaitStatus::Exited(_, status)) => status,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_deletion_wants_the_number_typed() {
    let desk = Desk::with_plan(&["delete"], 3);
    let (service, _fleet) = service_with(3, &[]);
    for (answer, status) in [("yes", 3), ("2", 3), ("3", 0)] {
        let mut terminal = at_a_terminal(desk.run_at(&service, ["apply", "the.plan"]));
        terminal.exp_string("delete 3 devices at http://127.0.0.1:").expect("a question");
        terminal.exp_string("Type the number of devices to go on: ").expect("a question");
        terminal.send_line(answer).expect("an answer");
        let expected = if status == 0 { "3 devices: 3 applied." } else { "not confirmed" };
        terminal.exp_string(expected).expect("an outcome");
        terminal.exp_eof().expect("the end");
        assert_eq!(exit_status(&terminal), status, "{answer}");
    }
}

#[test]
fn a_bar_shows_how_far_the_job_is_and_how_long_it_takes() {
    let desk = Desk::with_plan(&["unexempt"], 1000);
    let run = desk.run(["--simulate", "--simulate-speed", "60", "apply", "the.plan"]);
    let mut terminal = at_a_terminal(run);
    terminal.exp_string("1000 devices").expect("what is done");
    // The first ten requests go out at once, the other ten after a simulated minute.
    terminal.exp_string("500/1000 devices, waiting for the quota, about 1 s left").expect("a bar");
    terminal.exp_string("1000 devices: 977 applied, 3 failed, 20 not supported.").expect("counts");
    terminal.exp_eof().expect("the end");
    assert_eq!(exit_status(&terminal), 1);
}

#[test]
fn a_canary_that_fails_asks_whether_to_go_on() {
    let desk = Desk::with_plan(&["unexempt"], 10);
    let (service, _fleet) = service_with(3, &[]);
    let run = desk.run_at(&service, ["apply", "the.plan", "--canary", "5"]);
    let mut terminal = at_a_terminal(run);
    terminal.exp_string("was not applied to 2 of the first 5 devices").expect("a reason");
    terminal.exp_string("Type yes to go on with the others all the same: ").expect("a question");
    terminal.send_line("yes").expect("an answer");
    terminal.exp_string("10 devices: 3 applied, 7 failed.").expect("counts");
    terminal.exp_eof().expect("the end");
    assert_eq!(exit_status(&terminal), 1);
}

#[test]
fn what_was_processed_is_told_though_the_rest_cannot_be_sent() {
    let desk = Desk::with_plan(&["unexempt"], 10);
    let (service, _fleet) = service_with(3, &["--fault", "latency:ms=3000,nth=2"]);
    let run = desk.run_at(&service, ["apply", "the.plan", "--canary", "5"]);
    let mut terminal = at_a_terminal(run);
    terminal.exp_string("Type yes to go on with the others all the same: ").expect("a question");
    // Somebody else goes on meanwhile.
    let other = desk.run_at(&service, ["resume", "--yes"]).start();
    wait_for_requests(&service, 2);
    terminal.send_line("yes").expect("an answer");
    terminal.exp_string("another process is running the job").expect("an error");
    terminal.exp_string("10 devices: 3 applied, 2 failed, 5 unknown.").expect("counts");
    terminal.exp_eof().expect("the end");
    assert_eq!(exit_status(&terminal), 5);
    assert_eq!(other.end().status, 1);
}

#[test]
fn ctrl_c_at_the_question_is_a_no() {
    let desk = Desk::with_plan(&["unexempt"], 10);
    let (service, _fleet) = service_with(3, &[]);
    let run = desk.run_at(&service, ["apply", "the.plan", "--canary", "5"]);
    let mut terminal = at_a_terminal(run);
    terminal.exp_string("Type yes to go on with the others all the same: ").expect("a question");
    terminal.send_control('c').expect("a key");
    terminal.exp_string("10 devices: 3 applied, 2 failed, 5 unprocessed.").expect("counts");
    terminal.exp_eof().expect("the end");
    assert_eq!(exit_status(&terminal), 4);

    for (answer, outcome, status) in
        [("no", "not confirmed", 3), ("yes", "10 devices: 3 applied, 7 failed.", 1)]
    {
        let mut terminal = at_a_terminal(desk.run_at(&service, ["resume"]));
        terminal.exp_string("was not applied to 2 of the first 5 devices").expect("a reason");
        terminal.exp_string("Type yes to go on with the others").expect("a question");
        terminal.send_line(answer).expect("an answer");
        terminal.exp_string(outcome).expect("an outcome");
        terminal.exp_eof().expect("the end");
        assert_eq!(exit_status(&terminal), status, "{answer}");
    }
}

#[test]
fn ctrl_c_is_typed() {
    let desk = Desk::with_plan(&["unexempt"], 4);
    let (service, _fleet) = service_with(4, &["--fault", "latency:ms=500"]);
    let run = desk.run_at(&service, ["apply", "the.plan", "--batch-size", "1"]);
    let mut terminal = at_a_terminal(run);
    terminal.exp_string("request 1, ").expect("a bar");
    terminal.send_control('c').expect("a key");
    terminal.exp_string("stopping after the request that is on its way").expect("an answer");
    terminal.exp_string("4 devices: 1 applied, 3 unprocessed.").expect("counts");
    terminal.exp_string("to go on: it-access resume 20").expect("a line to type");
    terminal.exp_eof().expect("the end");
    assert_eq!(exit_status(&terminal), 4);
}
