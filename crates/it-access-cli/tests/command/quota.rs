//! The account's quota, and who shares it.

use insta::assert_snapshot;

use crate::support::{self, Run, Simulated};

fn unexempt(service: &Simulated) -> Run {
    let run = Run::new().token(service.token());
    run.args(["--base-url", service.base_url(), "unexempt", "--batch-size", "1"])
}

/// As many devices as the quota has requests.
fn ten() -> Vec<String> {
    (0..10).map(|number| format!("--hwid=device{number}")).collect()
}

#[test]
fn the_commands_of_a_machine_share_it() {
    let service = Simulated::start();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let state = folder.path().to_str().expect("UTF-8");
    let used_up = unexempt(&service).env("XDG_STATE_HOME", state).args(ten()).end();
    assert_eq!(used_up.status, 1, "{used_up}");
    assert!(!used_up.stderr.contains("waiting"), "{used_up}");

    let mut other =
        unexempt(&service).env("XDG_STATE_HOME", state).args(["--hwid", "device789"]).start();
    other.wait_for("waiting ");
    other.interrupt();
    assert_eq!(other.end().status, 3);

    let alone = unexempt(&service).args(["--quota-store", "memory", "--hwid", "device789"]);
    let refused = alone.env("XDG_STATE_HOME", state).end();
    assert!(refused.stderr.contains("answered 429"), "{refused}");
}

#[test]
fn without_its_store_nothing_is_sent() {
    let service = Simulated::start();
    let damaged = support::file(&"no database ".repeat(100));
    let cases = [
        ("no folder can be made", "/dev/null/quota.sqlite"),
        ("it is a folder", "/"),
        ("it is something else", damaged.path().to_str().expect("UTF-8")),
        ("nobody there", "redis://127.0.0.1:1"),
        ("a password where others see it", "redis://user:CANARY@host"),
        ("the same in capitals", "REDISS://user:CANARY@host"),
        ("another kind of address", "valkeys://user:CANARY@host/0"),
        ("another word", "Redis"),
        ("nothing", ""),
    ];
    let mut all = String::new();
    for (what, store) in cases {
        let run = unexempt(&service).args(["--hwid", "device789", "--quota-store", store]);
        let ended = run.end();
        assert_eq!(ended.stdout, "", "{what}: {ended}");
        let shown = ended.shown_stderr().replace(damaged.path().to_str().expect("UTF-8"), "FILE");
        all += &format!("# {what}: exit {}\n{shown}", ended.status);
    }
    let by_variable = unexempt(&service)
        .args(["--hwid", "device789"])
        .env("IT_ACCESS_QUOTA_STORE", "redis://user:CANARY@127.0.0.1:1/0");
    let (config, by_variable) = (
        Run::new()
            .args(["config"])
            .env("IT_ACCESS_QUOTA_STORE", "redis://user:CANARY@host/0")
            .end(),
        by_variable.end(),
    );
    all += &format!(
        "# a password in the environment: exit {}\n{}",
        by_variable.status,
        by_variable.shown_stderr()
    );
    assert!(config.stdout.contains("redis://[hidden]@host/0"), "{config}");
    assert!(!all.contains("CANARY") && !config.stdout.contains("CANARY"), "{all}{config}");
    assert_snapshot!(all, @"
    # no folder can be made: exit 3
    error: the folder of the quota, /dev/null, cannot be made: File exists (os error 17)
    # it is a folder: exit 3
    error: the quota in / cannot be opened for writing; check that its folder exists, that this user may write there, and that the disk is not full: unable to open database file: /: Error code 14: unable to open database file
    # it is something else: exit 3
    error: the quota in FILE is damaged, or was made by something else; use another, or remove it when no requests have been sent for a few minutes: a new one is made: file is not a database: Error code 26: file is not a database
    # nobody there: exit 3
    error: the quota in Redis at 127.0.0.1:PORT, database 0 cannot be reached; check that it runs, its address, and the network: Connection refused (os error 111)
    # a password where others see it: exit 2
    error: --quota-store: a password does not belong there, where others can see it; put the address into IT_ACCESS_QUOTA_STORE
    # the same in capitals: exit 2
    error: --quota-store: a password does not belong there, where others can see it; put the address into IT_ACCESS_QUOTA_STORE
    # another kind of address: exit 2
    error: --quota-store: of addresses, only redis://HOST and rediss://HOST are known
    # another word: exit 2
    error: --quota-store: `Redis` is neither sqlite, memory nor redis://HOST, and no file: write one with its ending or its folder
    # nothing: exit 2
    error: --quota-store is empty; write sqlite, memory, redis://HOST or a file
    # a password in the environment: exit 3
    error: the quota in Redis at 127.0.0.1:PORT, database 0 cannot be reached; check that it runs, its address, and the network: Connection refused (os error 111)
    ");
}
