//! What `-v` shows.

use crate::support::Run;

const UNEXEMPT: [&str; 4] = ["--simulate", "unexempt", "--hwid", "device789"];

fn stderr(arguments: &[&str]) -> String {
    Run::new().args(arguments).args(UNEXEMPT).end().stderr
}

#[test]
fn once_is_what_the_command_does_and_twice_is_everything() {
    let is_log = |line: &&str| line.contains("TRACE ") || line.contains("DEBUG ");
    assert_eq!(stderr(&[]).lines().find(is_log), None);

    let own = stderr(&["-v"]);
    let others = |line: &str| !(line.contains("DEBUG ") && line.contains(" it_access"));
    assert_eq!(own.lines().filter(is_log).find(|line| others(line)), None);
    assert!(own.contains("sending") && own.contains("answered"), "{own}");

    let all = stderr(&["-vv"]);
    for crate_name in [" it_access", " hyper_util", "reqwest", "TRACE "] {
        assert!(all.contains(crate_name), "{crate_name}: {all}");
    }
}

#[test]
fn a_log_that_is_redirected_has_no_colours() {
    for no_color in ["", "1"] {
        let log = Run::new().env("NO_COLOR", no_color).args(["-vv"]).args(UNEXEMPT).end().stderr;
        assert!(log.contains("TRACE ") && !log.contains('\u{1b}'), "{log}");
    }
}
