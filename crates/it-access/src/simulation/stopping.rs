//! What stops a run, and what is known of its devices then.

use std::{num::NonZeroUsize, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use futures_util::FutureExt;
use it_access_sim::{Fleet, Service};
use tokio::time::Instant;

use super::{TOKEN, client, client_with, in_virtual_time, notebook::Notebook};
use crate::{
    Bulk, BulkError, Client, ErrorKind, Observer, Pacer, Quota, RequestInfo, Retry, StopHandle,
    StopReason, Targets, Unpaced,
};

fn targets(devices: u32) -> Targets {
    let fleet = Fleet::generate(devices, 1);
    let names: Vec<String> = fleet.devices().map(|device| device.hwid().to_owned()).collect();
    Targets::hwids(names).unwrap()
}

/// A client of a service with the documented quota and these faults.
fn paced_client<const N: usize>(faults: [&str; N]) -> Client {
    let service =
        Service::new(Fleet::generate(40, 1), TOKEN).with_quota(it_access_sim::Quota::documented());
    let faulty = |service: Service, fault: &str| service.with_fault(fault.parse().unwrap());
    client(&faults.into_iter().fold(service, faulty).simulate(), 1, 0)
}

fn one_by_one(client: &Client, devices: u32) -> Bulk {
    client.delete(&targets(devices)).batch_size(NonZeroUsize::MIN)
}

async fn stopped(bulk: Bulk) -> BulkError {
    bulk.await.unwrap_err()
}

#[test]
fn the_estimate_is_kept() {
    in_virtual_time(async {
        let client = paced_client(["latency:ms=1000"]);
        let bulk = one_by_one(&client, 40);
        let estimate = bulk.estimate().await.unwrap();
        assert_eq!(estimate.requests, 40);

        let started_at = Instant::now();
        assert_eq!(bulk.await.unwrap().requests(), 40);
        let took = started_at.elapsed();
        let slower = took.as_secs_f64() / estimate.duration.as_secs_f64();
        assert!((0.95..1.15).contains(&slower), "{estimate:?}, {took:?}");
    });
}

#[test]
fn a_deadline_that_cannot_be_kept_is_refused_at_once() {
    in_virtual_time(async {
        let client = paced_client(["latency:ms=1000"]);
        let started_at = Instant::now();
        let stopped = stopped(one_by_one(&client, 12).total_timeout(Duration::from_secs(30))).await;
        // Ten requests of a second each, and no waiting for the eleventh.
        assert_eq!(started_at.elapsed().as_secs(), 10);
        let error = stopped.error().unwrap();
        assert!(error.retry_after() > Some(Duration::from_secs(49)), "{error:?}");
        assert_eq!(stopped.report().counts().unprocessed, 2);
    });
}

#[test]
fn nothing_begins_after_the_deadline_though_the_quota_has_room() {
    in_virtual_time(async {
        stops_after_20_seconds(Pacer::new(10, Duration::from_secs(60))).await;
        stops_after_20_seconds(Unpaced).await;
    });
}

async fn stops_after_20_seconds(quota: impl Quota + 'static) {
    let service = Service::new(Fleet::generate(5, 1), TOKEN);
    let service = service.with_fault("latency:ms=8000".parse().unwrap()).simulate();
    let client = client_with(&service, 1, 0, |builder| builder.quota(quota));
    let started_at = Instant::now();
    let stopped = stopped(one_by_one(&client, 5).total_timeout(Duration::from_secs(20))).await;
    // The third begins after 16 s, and is waited for.
    assert_eq!(started_at.elapsed().as_secs(), 24);
    assert!(matches!(stopped.reason(), StopReason::TimeOver), "{stopped}");
    let counts = stopped.report().counts();
    assert_eq!((counts.applied, counts.unprocessed), (3, 2));
    assert_eq!(service.requests_received(), 3);
}

#[test]
fn no_limit_is_too_long() {
    in_virtual_time(async {
        let client = paced_client([]);
        let bulk = one_by_one(&client, 2).total_timeout(Duration::MAX);
        assert_eq!(bulk.await.unwrap().counts().applied, 2);
    });
}

/// Panics when a request is answered.
#[derive(Debug)]
struct Panicking;

impl Observer for Panicking {
    fn answered(&self, _: &RequestInfo<'_>, _: u16, _: Duration) {
        panic!("as told");
    }
}

#[test]
fn a_panic_that_is_caught_leaves_its_devices_unknown() {
    in_virtual_time(async {
        let service = Service::new(Fleet::generate(3, 1), TOKEN).simulate();
        let client = client_with(&service, 1, 0, |builder| builder.observer(Panicking));
        for (batch_size, unprocessed) in [(1, 2), (2, 1), (3, 0)] {
            let batch_size = NonZeroUsize::new(batch_size).unwrap();
            let mut outcomes = client.delete(&targets(3)).batch_size(batch_size).outcomes();
            let panicked = AssertUnwindSafe(outcomes.next()).catch_unwind().await;
            assert!(panicked.is_err());
            let report = match outcomes.into_report() {
                Ok(report) => report,
                Err(stopped) => stopped.into_parts().0,
            };
            let counts = report.counts();
            assert_eq!((counts.total(), counts.unprocessed), (3, unprocessed), "{counts}");
            assert_eq!(counts.unknown, 3 - unprocessed, "{counts}");
        }
    });
}

#[test]
fn without_waiting_the_eleventh_request_is_refused() {
    in_virtual_time(async {
        let client = paced_client(["latency:ms=10"]);
        let stopped = stopped(one_by_one(&client, 12).without_waiting()).await;
        assert_eq!(stopped.report().requests(), 11);
        assert_eq!(stopped.report().counts().unprocessed, 2);
        assert!(client.account().quota().estimate(1).await.unwrap() > Duration::from_secs(59));
    });
}

#[test]
fn a_stop_waits_for_what_is_on_its_way_and_for_nothing_else() {
    in_virtual_time(async {
        let client = paced_client(["latency:ms=1000"]);
        let bulk = one_by_one(&client, 40);
        let handle = bulk.stop_handle();
        let started_at = Instant::now();
        let stop = async {
            // The ten of the first minute are answered, and the eleventh waits.
            tokio::time::sleep(Duration::from_secs(20)).await;
            handle.stop();
        };
        let (stopped, ()) = tokio::join!(stopped(bulk), stop);
        assert_eq!(started_at.elapsed().as_secs(), 20);
        assert!(matches!(stopped.reason(), StopReason::Stopped), "{stopped}");
        assert_eq!(stopped.report().counts().unprocessed, 30);
        assert_eq!(stopped.report().counts().unknown, 0);
    });
}

#[test]
fn failures_are_counted_by_device() {
    in_virtual_time(async {
        // Every device is reported as failed: the code is of no known meaning.
        let client = paced_client(["unknown-code"]);
        let three = NonZeroUsize::new(3).unwrap();
        let stopped = stopped(one_by_one(&client, 9).stop_after_failures(three)).await;
        assert!(matches!(stopped.reason(), StopReason::TooManyFailures { failures: 3 }));
        let counts = stopped.report().counts();
        assert_eq!((counts.other, counts.unprocessed), (3, 6));
    });
}

#[test]
fn a_failure_stops_what_waits_for_the_quota_as_well() {
    in_virtual_time(async {
        // The eleventh and twelfth have begun, and wait, when the first ten are answered.
        let client = paced_client(["unknown-code", "latency:ms=1000"]);
        let twelve = NonZeroUsize::new(12).unwrap();
        let started_at = Instant::now();
        let bulk =
            one_by_one(&client, 20).concurrency(twelve).stop_after_failures(NonZeroUsize::MIN);
        let stopped = stopped(bulk).await;
        assert_eq!(started_at.elapsed().as_secs(), 1);
        let counts = stopped.report().counts();
        assert_eq!((counts.other, counts.unprocessed), (10, 10), "{stopped}");
    });
}

#[test]
fn what_cannot_be_written_down_is_not_sent() {
    in_virtual_time(async {
        let client = paced_client(["latency:ms=1000"]);
        let notebook = Arc::new(Notebook::default());
        let mut outcomes = one_by_one(&client, 5).journal(notebook.clone()).outcomes();
        for _ in 0..2 {
            assert!(outcomes.next().await.unwrap().state.is_applied());
        }
        notebook.fill();
        while outcomes.next().await.is_some() {}
        let stopped = outcomes.into_report().unwrap_err();
        let error = stopped.error().unwrap();
        assert_eq!(error.kind(), ErrorKind::NotSent);
        let source = std::error::Error::source(error).unwrap();
        assert_eq!(source.to_string(), "the notebook is full");
        let counts = stopped.report().counts();
        assert_eq!((counts.applied, counts.unprocessed), (2, 3));
        // The permit was given back.
        let estimate = client.account().quota().estimate(8).await.unwrap();
        assert_eq!(estimate, Duration::ZERO);
    });
}

#[test]
fn a_run_that_stops_by_itself_stops_no_other_of_the_same_handle() {
    in_virtual_time(async {
        let client = paced_client(["unknown-code:next=1"]);
        let handle = StopHandle::default();
        let run = || one_by_one(&client, 2).with_stop_handle(handle.clone());
        let first = stopped(run().stop_after_failures(NonZeroUsize::MIN)).await;
        assert!(matches!(first.reason(), StopReason::TooManyFailures { failures: 1 }), "{first}");
        assert!(!handle.is_stopped());
        assert_eq!(run().await.unwrap().requests(), 2);

        handle.stop();
        assert_eq!(stopped(run()).await.report().requests(), 0);
    });
}

#[test]
fn a_stop_in_a_pause_between_attempts_is_a_stop() {
    in_virtual_time(async {
        let client = paced_client(["http-500-after-apply"]);
        let bulk = client.unexempt(&targets(1)).retry(Retry::default().with_uncertain(true));
        let handle = bulk.stop_handle();
        let stop = async {
            tokio::time::sleep(Duration::from_millis(1)).await;
            handle.stop();
        };
        let (stopped, ()) = tokio::join!(stopped(bulk), stop);
        assert!(matches!(stopped.reason(), StopReason::Stopped), "{stopped}");
        assert_eq!(stopped.report().counts().unknown, 1);
    });
}
