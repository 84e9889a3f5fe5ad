//! The sections that are made of tests.

use super::{
    Extent,
    trial::{Trial, table},
};

/// Requests and jobs under faults of every kind.
pub(super) fn faults(extent: &Extent) -> anyhow::Result<String> {
    table(&[
        Trial {
            what: "calls on a service with random faults, stopped and given up at random",
            package: "it-access",
            target: &["--lib"],
            test: "every_device_is_in_one_state_and_nothing_unsafe_is_done_twice",
            extent: Some(("IT_ACCESS_FAULT_RUNS", extent.fault_runs)),
        },
        Trial {
            what: "jobs whose runs are dropped at any poll, and resumed from the file",
            package: "it-access-jobs",
            target: &["--test", "runs"],
            test: "nothing_is_lost_and_nothing_unsafe_is_done_twice_wherever_a_run_is_dropped",
            extent: Some(("IT_ACCESS_DROP_RUNS", extent.dropped_jobs)),
        },
        Trial {
            what: "pacing with services that count in every way, in virtual time",
            package: "it-access",
            target: &["--test", "pacing"],
            test: "a_million_requests_are_refused_only_because_of_others",
            extent: None,
        },
        Trial {
            what: "documents, broken at random",
            package: "it-access-codegen",
            target: &["--test", "mutations"],
            test: "nothing_panics",
            extent: None,
        },
    ])
}

/// The command, killed at any moment.
pub(super) fn crashes(extent: &Extent) -> anyhow::Result<String> {
    table(&[Trial {
        what: "`it-access apply` and `resume`, killed (SIGKILL) and resumed until the job is done",
        package: "it-access-cli",
        target: &["--test", "crashes"],
        test: "nothing_is_lost_and_nothing_unsafe_is_sent_twice",
        extent: Some(("IT_ACCESS_CRASH_RUNS", extent.crashes)),
    }])
}

/// Processes that share a quota.
pub(super) fn shared_quota() -> anyhow::Result<String> {
    let share = |what, test| Trial {
        what,
        package: "it-access-jobs",
        target: &["--features", "redis", "--test", "quota_stores"],
        test,
        extent: None,
    };
    table(&[
        share("eight processes on one file (SQLite)", "eight_processes_share_a_file"),
        share("eight processes on one server (Redis)", "eight_processes_share_redis"),
    ])
}

/// A canary for a token, looked for in all that is written.
pub(super) fn secrets() -> anyhow::Result<String> {
    table(&[
        Trial {
            what: "every command, at `-vv`: standard output, standard error, every file that it wrote",
            package: "it-access-cli",
            target: &["--test", "command"],
            test: "secrets::every_command::the_token_is_nowhere_whatever_the_command_does",
            extent: None,
        },
        Trial {
            what: "answers that quote the token in every spelling: errors, reports and the log of every crate",
            package: "integration-tests",
            target: &["--test", "secrets"],
            test: "the_token_is_in_no_error_and_in_no_log_of_any_crate",
            extent: None,
        },
    ])
}
