//! What stops a run, and that another goes on from there.

use std::{sync::Arc, time::Duration};

use it_access::{DeviceAction, StopHandle};
use it_access_jobs::{Event, Events, MaxFailures, RunEnd, RunError, RunOptions};
use it_access_sim::ActionName;

use crate::support::{Account, plan, some, states};

#[tokio::test]
async fn a_canary_that_fails_stops_the_rest() {
    let account = Account::new(20, &["unknown-code:nth=1"]).await;
    let job = account.job(DeviceAction::Unexempt, 20, 5);
    let canary = || RunOptions::default().canary(some(3));
    let run = account.run(&job, canary()).await;
    assert!(matches!(run.end, RunEnd::CanaryFailed { devices: 3, failures: 1 }), "{}", run.end);
    let rest = &states(&job)[3..];
    assert_eq!(
        (rest, account.service.simulator().requests_received()),
        ("w".repeat(17).as_str(), 1)
    );
    let reason = job.report().unwrap().summary().unwrap().stopped_by.unwrap();
    assert!(reason.contains("1 of the first 3 devices"), "{reason}");

    // Only who has been asked goes on.
    let refused = job.run(&account.client, canary()).await.unwrap_err();
    assert!(matches!(refused, RunError::Halted { .. }), "{refused}");
    assert_eq!(account.service.simulator().requests_received(), 1);

    let run = account.run(&job, RunOptions::default().go_on(true)).await;
    assert!(run.end.is_finished(), "{}", run.end);
    assert_eq!((run.counts.applied, run.counts.other), (19, 1));
    assert_eq!(job.report().unwrap().summary().unwrap().stopped_by, None);
}

/// What a safeguard has found is not forgotten because the run was stopped.
#[tokio::test]
async fn a_safeguard_stops_the_job_also_where_the_run_is_stopped() {
    let canary = RunOptions::default().canary(some(4));
    let limit = RunOptions::default().max_failures(MaxFailures::devices(0));
    type IsExpected = fn(&RunEnd) -> bool;
    let cases: [(RunOptions, IsExpected); 2] = [
        (canary, |end| matches!(end, RunEnd::CanaryFailed { devices: 2, failures: 1 })),
        (limit, |end| matches!(end, RunEnd::TooManyFailures { failures: 1, most: 0 })),
    ];
    for (options, is_expected) in cases {
        let account = Account::new(20, &["missing-key:nth=1"]).await;
        let job = account.job(DeviceAction::Delete, 20, 2);
        let handle = StopHandle::default();
        let events = Arc::new(StopAt { request: 1, handle: handle.clone() });
        let run = account.run(&job, options.stop_handle(handle).events(events)).await;
        assert!(is_expected(&run.end), "{run:?}");
        assert_eq!((run.requests, &states(&job)[2..]), (1, &*"w".repeat(18)));
        let refused = job.run(&account.client, RunOptions::default()).await;
        assert!(matches!(refused, Err(RunError::Halted { .. })), "{refused:?}");
        let run = account.run(&job, RunOptions::default().go_on(true)).await;
        assert!(run.end.is_finished(), "{run:?}");
    }
}

#[tokio::test]
async fn a_canary_whose_answer_was_lost_is_no_verdict_and_another_goes_first() {
    let account = Account::new(20, &["reset-after-apply:nth=1", "missing-key:nth=2"]).await;
    let job = account.job(DeviceAction::Delete, 20, 2);
    let run = account.run(&job, RunOptions::default().canary(some(2))).await;
    assert!(matches!(run.end, RunEnd::Failed(_)), "{run:?}");
    // Whoever goes on over what has stopped nothing.
    let run = account.run(&job, RunOptions::default().go_on(true)).await;
    assert!(matches!(run.end, RunEnd::CanaryFailed { devices: 2, failures: 1 }), "{run:?}");
    assert_eq!(&states(&job)[4..], "w".repeat(16));
}

#[tokio::test]
async fn what_the_service_has_said_counts_also_where_another_request_fails() {
    let faults = ["latency:ms=300", "reset-after-apply:nth=1", "missing-key:nth=2"];
    let account = Account::new(20, &faults).await;
    let job = account.job(DeviceAction::Delete, 20, 2);
    let options = RunOptions::default().canary(some(4)).concurrency(some(2));
    let run = account.run(&job, options).await;
    assert!(matches!(run.end, RunEnd::CanaryFailed { devices: 4, failures: 1.. }), "{run:?}");
    assert_eq!(&states(&job)[4..], "w".repeat(16));
}

#[tokio::test]
async fn a_job_has_its_safeguards_before_its_first_run() {
    let account = Account::new(20, &["missing-key:nth=1"]).await;
    let plan = plan(DeviceAction::Delete, 20, 2);
    let jobs = account.jobs().canary(some(4));
    let job = jobs.create(&plan, account.client.base_url()).unwrap();
    let run = account.run(&job, RunOptions::default()).await;
    assert!(matches!(run.end, RunEnd::CanaryFailed { .. }), "{}", run.end);

    let account = Account::new(20, &["missing-key:nth=1"]).await;
    let jobs = account.jobs().max_failures(MaxFailures::devices(0));
    let job = jobs.create(&plan, account.client.base_url()).unwrap();
    let run = account.run(&job, RunOptions::default()).await;
    assert!(matches!(run.end, RunEnd::TooManyFailures { .. }), "{}", run.end);
}

#[tokio::test]
async fn a_canary_that_did_not_get_out_goes_first_in_the_next_run() {
    let account = Account::new(20, &["http-401-before-apply:nth=1", "missing-key:nth=2"]).await;
    let job = account.job(DeviceAction::Unexempt, 20, 5);
    let run = account.run(&job, RunOptions::default().canary(some(3))).await;
    assert!(matches!(run.end, RunEnd::Failed(_)), "{}", run.end);
    let run = account.run(&job, RunOptions::default()).await;
    assert!(matches!(run.end, RunEnd::CanaryFailed { devices: 3, failures: 1 }), "{}", run.end);
}

#[tokio::test]
async fn a_canary_that_did_not_get_out_stays_whoever_goes_on() {
    let account = Account::new(20, &["http-401-before-apply:nth=1", "missing-key:nth=2"]).await;
    let job = account.job(DeviceAction::Unexempt, 20, 5);
    let _ = account.run(&job, RunOptions::default().canary(some(3))).await;
    // Nothing has been stopped by a safeguard that could be gone over.
    let run = account.run(&job, RunOptions::default().go_on(true)).await;
    assert!(matches!(run.end, RunEnd::CanaryFailed { devices: 3, failures: 1 }), "{}", run.end);
    assert_eq!(&states(&job)[3..], "w".repeat(17));
}

#[tokio::test]
async fn failures_of_the_last_devices_stop_nothing() {
    let account = Account::new(3, &["unknown-code:nth=1"]).await;
    let job = account.job(DeviceAction::Unexempt, 3, 5);
    let options = || RunOptions::default().max_failures("0".parse().unwrap());
    let run = account.run(&job, options()).await;
    assert!(run.end.is_finished(), "{}", run.end);
    assert!(account.run(&job, options()).await.end.is_finished());
}

#[tokio::test]
async fn a_canary_that_fails_stops_what_is_unknown_as_well() {
    let account = Account::new(6, &["reset-after-apply:nth=1"]).await;
    let job = account.job(DeviceAction::Unexempt, 6, 6);
    let _ = account.run(&job, RunOptions::default()).await;
    assert_eq!(states(&job), "uuuuuu");
    account.service.simulator().add_fault("unknown-code:next=1".parse().unwrap());
    let options = RunOptions::default().retry_unknown(true).canary(some(2));
    let run = account.run(&job, options).await;
    assert!(matches!(run.end, RunEnd::CanaryFailed { devices: 2, failures: 1.. }), "{}", run.end);
    assert_eq!(&states(&job)[2..], "uuuu");
    assert_eq!(account.service.simulator().requests_received(), 2);
}

#[tokio::test]
async fn a_canary_whose_own_rest_was_not_sent_stops_the_run() {
    let account = Account::new(4, &["unknown-code:nth=1"]).await;
    let job = account.job(DeviceAction::Unexempt, 4, 2);
    let run = account.run(&job, RunOptions::default().canary(some(4))).await;
    assert!(matches!(run.end, RunEnd::CanaryFailed { devices: 2, failures: 1.. }), "{}", run.end);
    assert_eq!(&states(&job)[2..], "ww");
}

#[tokio::test]
async fn a_canary_that_is_all_there_is_stops_nothing() {
    let account = Account::new(3, &["unknown-code:nth=1"]).await;
    let job = account.job(DeviceAction::Unexempt, 3, 5);
    let run = account.run(&job, RunOptions::default().canary(some(10))).await;
    assert!(run.end.is_finished(), "{}", run.end);
    assert_eq!(run.counts.other, 1);
}

#[tokio::test]
async fn a_canary_that_is_well_goes_on() {
    let account = Account::new(20, &[]).await;
    let job = account.job(DeviceAction::Unexempt, 20, 5);
    let run = account.run(&job, RunOptions::default().canary(some(3))).await;
    assert!(run.end.is_finished(), "{}", run.end);
    let log = account.service.simulator().log();
    let devices: Vec<usize> = log.iter().map(|request| request.applied.len()).collect();
    assert_eq!(devices, [3, 5, 5, 5, 2]);
}

#[tokio::test]
async fn a_canary_that_was_well_is_none_in_the_next_run() {
    let account = Account::new(20, &["http-401-before-apply:nth=2"]).await;
    let job = account.job(DeviceAction::Unexempt, 20, 5);
    let run = account.run(&job, RunOptions::default().canary(some(3))).await;
    assert!(matches!(run.end, RunEnd::Failed(_)), "{}", run.end);
    let run = account.run(&job, RunOptions::default()).await;
    assert!(run.end.is_finished(), "{}", run.end);
    let log = account.service.simulator().log();
    let devices: Vec<usize> = log.iter().map(|request| request.applied.len()).collect();
    assert_eq!(devices, [3, 0, 5, 5, 5, 2]);
}

#[tokio::test]
async fn a_canary_of_several_requests_stops_at_the_first_failure() {
    let account = Account::new(20, &["missing-key:nth=2"]).await;
    let job = account.job(DeviceAction::Unexempt, 20, 2);
    let run = account.run(&job, RunOptions::default().canary(some(10))).await;
    assert!(matches!(run.end, RunEnd::CanaryFailed { devices: 4, failures: 1 }), "{}", run.end);
    assert_eq!((run.requests, run.counts.unprocessed), (2, 16));
}

/// Of 130 devices in requests of one each, one in five comes out with an unknown code.
#[tokio::test]
async fn more_failures_than_were_allowed_stop_the_run() {
    // With waves of 100 requests, the failures of earlier waves count as well.
    for (most, expected) in [("0", 1), ("20", 21), ("16%", 21), ("100%", 0), ("0.8%", 2)] {
        let account = Account::new(130, &["unknown-code:p=0.2"]).await;
        let job = account.job(DeviceAction::Unexempt, 130, 1);
        let most: MaxFailures = most.parse().unwrap();
        let run = account.run(&job, RunOptions::default().max_failures(most)).await;
        match expected {
            0 => assert!(run.end.is_finished(), "{most}: {}", run.end),
            _ => {
                let RunEnd::TooManyFailures { failures, most: allowed } = run.end else {
                    panic!("{most}: {}", run.end);
                };
                assert_eq!((failures, allowed), (expected, most.of(130)), "{most}");
                assert_eq!(run.counts.other, expected, "{most}");
            }
        }
        // The limit holds for the next run as well, which counts anew.
        let again = RunOptions::default().go_on(true);
        if expected == 1 {
            let run = account.run(&job, again.clone()).await;
            assert!(matches!(run.end, RunEnd::TooManyFailures { .. }), "{most}: {}", run.end);
        }
        let any = MaxFailures::devices(130);
        let run = account.run(&job, again.max_failures(any)).await;
        assert!(run.end.is_finished(), "{most}: {}", run.end);
        account.judge(&job, ActionName::Unexempt);
    }
}

#[tokio::test]
async fn failures_are_counted_over_all_waves_of_a_run() {
    let faults = ["unknown-code:nth=50", "unknown-code:nth=110", "unknown-code:nth=120"];
    let account = Account::new(130, &faults).await;
    let job = account.job(DeviceAction::Unexempt, 130, 1);
    let options = RunOptions::default().max_failures(MaxFailures::devices(1));
    let run = account.run(&job, options).await;
    assert!(matches!(run.end, RunEnd::TooManyFailures { failures: 2, most: 1 }), "{}", run.end);
    assert_eq!(run.requests, 110);
}

/// Stops a run in the middle of a request.
#[derive(Debug)]
struct StopAt {
    request: u64,
    handle: StopHandle,
}

impl Events for StopAt {
    fn happened(&self, event: &Event) {
        if matches!(event, Event::Sent { request, .. } if *request == self.request) {
            self.handle.stop();
        }
    }
}

#[tokio::test]
async fn a_stop_lets_the_request_in_flight_end() {
    for request in 1..=4 {
        let account = Account::new(8, &[]).await;
        let job = account.job(DeviceAction::Delete, 8, 2);
        let handle = StopHandle::default();
        let events = Arc::new(StopAt { request, handle: handle.clone() });
        let options = RunOptions::default().stop_handle(handle.clone()).events(events);
        let run = account.run(&job, options.clone()).await;
        let done = 2 * request as usize;
        assert_eq!(states(&job), format!("{}{}", "a".repeat(done), "w".repeat(8 - done)));
        assert_eq!(run.end.is_finished(), request == 4, "{request}: {}", run.end);
        // A handle that is stopped stays so.
        assert_eq!(account.run(&job, options).await.requests, 0);

        let run = account.run(&job, RunOptions::default()).await;
        assert!(run.end.is_finished(), "{}", run.end);
        assert_eq!(account.judge(&job, ActionName::Delete).applied, 8);
    }
}

#[tokio::test]
async fn no_request_begins_after_the_time_is_over() {
    let account = Account::new(4, &[]).await;
    let job = account.job(DeviceAction::Delete, 4, 2);
    let run = account.run(&job, RunOptions::default().total_timeout(Duration::ZERO)).await;
    assert!(matches!(run.end, RunEnd::TimeOver), "{}", run.end);
    assert_eq!((states(&job).as_str(), run.requests), ("wwww", 0));
}

#[tokio::test]
async fn several_requests_at_once_are_each_written_down() {
    let account = Account::new(100, &["latency:ms=5..20", "reset-after-apply:nth=20"]).await;
    let job = account.job(DeviceAction::Delete, 100, 2);
    let run = account.run(&job, RunOptions::default().concurrency(some(5))).await;
    assert!(matches!(run.end, RunEnd::Failed(_)), "{}", run.end);
    let counts = account.judge(&job, ActionName::Delete);
    assert_eq!((run.counts, counts.unknown), (counts, 2));
    let run = account.run(&job, RunOptions::default().concurrency(some(5))).await;
    assert_eq!((run.counts.applied, run.counts.unknown), (98, 2));
    account.judge(&job, ActionName::Delete);
}
