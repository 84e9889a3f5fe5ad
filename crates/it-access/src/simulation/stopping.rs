//! What stops a run, and what is known of its devices then.

use std::{num::NonZeroUsize, time::Duration};

use it_access_sim::{Fleet, Quota, Service};
use tokio::time::Instant;

use super::{TOKEN, client, in_virtual_time};
use crate::{Bulk, BulkError, Client, StopReason, Targets};

fn targets(devices: u32) -> Targets {
    let fleet = Fleet::generate(devices, 1);
    let names: Vec<String> = fleet.devices().map(|device| device.hwid().to_owned()).collect();
    Targets::hwids(names).unwrap()
}

/// A client of a service with the documented quota and these faults.
fn paced_client<const N: usize>(faults: [&str; N]) -> Client {
    let service = Service::new(Fleet::generate(40, 1), TOKEN).with_quota(Quota::documented());
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
