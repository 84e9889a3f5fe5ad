//! What callers are promised, whatever the store.

use std::{sync::Arc, time::Duration};

use it_access::{Ask, Permit, Quota, QuotaError};
use tokio::time::{Instant, sleep, timeout};

use crate::support::{Store, TIMEOUT, answer, ask, rate_limit};

const SHORT: Duration = Duration::from_millis(400);

/// Longer than anything takes here. A Redis that has just been started makes newcomers wait for a window, so it is not longer.
const LONG: Duration = Duration::from_secs(4);

/// Less than a long window, and longer than anything takes but a wait for a slot.
const MOMENT: Duration = Duration::from_secs(3);

/// A pause that nobody waits for.
const PAUSE: Duration = Duration::from_secs(100);

async fn take(quota: &dyn Quota, number: usize) -> Vec<Permit> {
    let mut permits = Vec::new();
    for _ in 0..number {
        permits.push(quota.acquire(ask().without_waiting()).await.unwrap());
    }
    permits
}

async fn ready_in(quota: &dyn Quota) -> Duration {
    quota.acquire(ask().without_waiting()).await.unwrap_err().ready_in().unwrap()
}

/// Has the service refuse a request, and ask for a long pause.
async fn pause(quota: &dyn Quota) {
    let mut refusal = answer(429);
    refusal.retry_after = Some(PAUSE);
    take(quota, 1).await.pop().unwrap().answered(&refusal);
    sleep(Duration::from_millis(100)).await;
}

fn is_about(found: Duration, expected: Duration) -> bool {
    found <= expected && found + MOMENT > expected
}

#[tokio::test]
async fn handles_share_slots() {
    for store in Store::each() {
        let one = store.open(3, LONG).await;
        let other = store.place.open(rate_limit(3, LONG)).await.unwrap();
        for permit in take(&*one, 2).await {
            permit.answered(&answer(200));
        }
        let third = take(&*other, 1).await;
        for quota in [&one, &other] {
            assert!(is_about(ready_in(&**quota).await, LONG), "{quota:?}");
            assert!(is_about(quota.estimate(2).await.unwrap(), LONG), "{quota:?}");
        }
        third.into_iter().for_each(Permit::not_sent);
        sleep(Duration::from_millis(100)).await;
        take(&*one, 1).await.pop().unwrap().not_sent();
    }
}

#[tokio::test]
async fn a_slot_is_free_a_window_after_the_answer() {
    for store in Store::each() {
        let quota = store.open(1, SHORT).await;
        let permit = take(&*quota, 1).await.pop().unwrap();
        sleep(SHORT / 2).await;
        let answered_at = Instant::now();
        permit.answered(&answer(200));
        let next = quota.acquire(ask()).await.unwrap();
        assert!(answered_at.elapsed() >= SHORT, "{quota:?}: {:?}", answered_at.elapsed());
        assert!(next.waited() >= SHORT / 2);
    }
}

#[tokio::test]
async fn a_dropped_permit_is_a_request_that_may_still_arrive() {
    for store in Store::each() {
        let quota = store.open(1, SHORT).await;
        let began = Instant::now();
        drop(take(&*quota, 1).await);
        quota.acquire(ask()).await.unwrap().not_sent();
        assert!(began.elapsed() >= TIMEOUT + SHORT, "{quota:?}: {:?}", began.elapsed());
    }
}

#[tokio::test]
async fn a_refusal_is_everybodys() {
    for store in Store::each() {
        let one = store.open(10, SHORT).await;
        let other = store.place.open(rate_limit(10, SHORT)).await.unwrap();
        pause(&*one).await;
        assert!(is_about(ready_in(&*other).await, PAUSE), "{other:?}");
    }
}

#[tokio::test]
async fn headers_lower_everybodys_limit() {
    for store in Store::each() {
        let one = store.open(10, LONG).await;
        let other = store.place.open(rate_limit(10, LONG)).await.unwrap();
        let mut lower = answer(200);
        lower.limit = Some(2);
        take(&*one, 1).await.pop().unwrap().answered(&lower);
        sleep(Duration::from_millis(100)).await;
        let _last = take(&*other, 1).await;
        assert!(is_about(ready_in(&*other).await, LONG), "{other:?}");
    }
}

#[tokio::test]
async fn a_permit_given_back_wakes_who_waits() {
    for store in Store::each() {
        let quota = store.open(1, LONG).await;
        let permit = take(&*quota, 1).await.pop().unwrap();
        let (next, ()) = tokio::join!(timeout(MOMENT, quota.acquire(ask())), async {
            sleep(Duration::from_millis(50)).await;
            permit.not_sent();
        });
        next.expect("it is woken").unwrap().not_sent();
    }
}

#[tokio::test]
async fn who_came_first_is_served_first() {
    for store in Store::each() {
        let first = store.open(1, SHORT).await;
        let second = store.place.open(rate_limit(1, SHORT)).await.unwrap();
        take(&*first, 1).await.pop().unwrap().answered(&answer(200));
        let (one, other) = tokio::join!(
            async {
                let permit = first.acquire(ask()).await.unwrap();
                permit.answered(&answer(200));
                Instant::now()
            },
            async {
                sleep(Duration::from_millis(50)).await;
                let _permit = second.acquire(ask()).await.unwrap();
                Instant::now()
            }
        );
        assert!(other >= one + SHORT, "{first:?}: {:?}", other.saturating_duration_since(one));
    }
}

#[tokio::test]
async fn who_stops_waiting_takes_nothing() {
    for store in Store::each() {
        let quota: Arc<dyn Quota> = store.open(1, SHORT).await.into();
        take(&*quota, 1).await.pop().unwrap().answered(&answer(200));
        let callers: Vec<_> = (0..8)
            .map(|_| {
                let quota = Arc::clone(&quota);
                tokio::spawn(async move { quota.acquire(ask()).await.map(Permit::not_sent) })
            })
            .collect();
        for (index, caller) in callers.iter().enumerate() {
            sleep(SHORT / 8).await;
            if index < 7 {
                caller.abort();
            }
        }
        for caller in callers.into_iter().skip(7) {
            timeout(MOMENT, caller).await.expect("nobody is ahead").unwrap().unwrap();
        }
    }
}

#[tokio::test]
async fn what_is_granted_to_somebody_who_has_left_goes_back() {
    for store in Store::each() {
        let quota = store.open(1, LONG).await;
        for _ in 0..10 {
            tokio::select! {
                biased;
                permit = quota.acquire(ask()) => panic!("{permit:?} without a thread in between"),
                () = std::future::ready(()) => {}
            }
            let next = timeout(MOMENT, quota.acquire(ask())).await;
            next.expect("the slot is free").unwrap().not_sent();
        }
    }
}

#[tokio::test]
async fn refuses_at_once_what_cannot_be_in_time() {
    for store in Store::each() {
        let quota = store.open(1, SHORT).await;
        pause(&*quota).await;
        let deadline = Instant::now() + PAUSE / 2;
        let refused = timeout(MOMENT, quota.acquire(ask().with_deadline(deadline))).await;
        let Ok(Err(error @ QuotaError::TooLate { .. })) = refused else {
            panic!("{refused:?} of {quota:?}");
        };
        assert!(is_about(error.ready_in().unwrap(), PAUSE), "{error}");
    }
}

#[tokio::test]
async fn waits_on_when_a_deadline_leaves_the_time() {
    for store in Store::each() {
        let quota = store.open(1, SHORT).await;
        take(&*quota, 1).await.pop().unwrap().answered(&answer(200));
        let deadline = Instant::now() + MOMENT;
        quota.acquire(Ask::new(TIMEOUT).with_deadline(deadline)).await.unwrap().not_sent();
    }
}

#[tokio::test]
async fn a_dropped_quota_has_written_down_how_requests_ended() {
    for store in Store::each() {
        let other = store.open(1, SHORT).await;
        for _ in 0..20 {
            let quota = store.place.open(rate_limit(1, SHORT)).await.unwrap();
            let permit = take(&*quota, 1).await.pop().unwrap();
            permit.not_sent();
            drop(quota);
            assert_eq!(other.estimate(1).await.unwrap(), Duration::ZERO);
        }
    }
}

#[tokio::test]
async fn accounts_are_apart() {
    use it_access_jobs::quota_stores::{AccountKey, SqliteQuota};

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("quota.sqlite");
    let open = |host: &str, name: &str| {
        let account = AccountKey::new(host, name);
        SqliteQuota::open(&file, &account, rate_limit(1, LONG)).unwrap()
    };
    let _permit = take(&open("https://one.example", "a"), 1).await;
    for (host, name, is_free) in [
        ("https://one.example", "a", false),
        ("https://ONE.example/", "a", false),
        ("https://one.example", "b", true),
        ("https://two.example", "a", true),
    ] {
        let permit = open(host, name).acquire(ask().without_waiting()).await;
        assert_eq!(permit.is_ok(), is_free, "{name} at {host}: {permit:?}");
        if let Ok(permit) = permit {
            permit.not_sent();
        }
    }
}
