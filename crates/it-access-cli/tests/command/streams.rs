//! Standard output and standard error that nobody reads any more, as under `| head -1`.

use insta::assert_snapshot;

use crate::support::{Run, Server, http};

#[test]
fn talk_that_nobody_hears_changes_neither_results_nor_status() {
    let refusing = Server::answering([http("401 Unauthorized", "", "")]);
    let duplicates = ["unexempt", "--hwid", "device789", "--hwid", "device789"];
    let cases = [
        ("a result", Run::new().args(["--simulate"]).args(duplicates)),
        ("the log", Run::new().args(["--simulate", "-vv"]).args(duplicates)),
        (
            "a refusal",
            Run::new().token("t").args(["--base-url", refusing.base_url()]).args(duplicates),
        ),
        ("a question", Run::new().args(["--simulate", "delete", "--hwid", "device789"])),
        ("wrong usage", Run::new().args(["unexempt"])),
    ];
    let mut all = String::new();
    for (what, run) in cases {
        all += &format!("# {what}\n{}\n", run.stderr_closed().end());
    }
    assert_snapshot!(all, @"
    # a result
    exit: 0
    --- stdout
    DEVICE     RESULT
    device789  applied
    --- stderr

    # the log
    exit: 0
    --- stdout
    DEVICE     RESULT
    device789  applied
    --- stderr

    # a refusal
    exit: 3
    --- stdout
    DEVICE     RESULT
    device789  unprocessed
    --- stderr

    # a question
    exit: 2
    --- stdout
    --- stderr

    # wrong usage
    exit: 2
    --- stdout
    --- stderr
    ");
}

#[test]
fn results_that_nobody_reads_are_unknown() {
    let simulated = ["--simulate", "unexempt", "--hwid", "device789"];
    let mut all = String::new();
    for format in ["table", "json"] {
        let run = Run::new().args(simulated).args(["--format", format]).stdout_closed();
        all += &format!("# {format}\n{}\n", run.end());
    }
    assert_snapshot!(all, @"
    # table
    exit: 5
    --- stdout
    --- stderr
    simulated service at http://127.0.0.1:PORT; no account is touched
    1 device: 1 applied
    error: the results could not be written; look at the devices before repeating the action
      cause: Broken pipe (os error 32)

    # json
    exit: 5
    --- stdout
    --- stderr
    simulated service at http://127.0.0.1:PORT; no account is touched
    1 device: 1 applied
    error: the results could not be written; look at the devices before repeating the action
      cause: Broken pipe (os error 32)
    ");
}
