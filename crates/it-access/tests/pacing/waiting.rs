//! Who waits, for how long, and in which order: on a clock that only moves when everybody waits.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use it_access::{Ask, Pacer, Permit, Quota, QuotaError, Unpaced};
use tokio::{
    task::yield_now,
    time::{Instant, advance, sleep, timeout},
};

use crate::support::{TIMEOUT, WINDOW, ok, refusal, remaining, seconds};

const ASK: fn() -> Ask = || Ask::new(TIMEOUT);

/// Takes as many permits as there must be at once.
async fn take(quota: &Pacer, number: usize) -> Vec<Permit> {
    let mut permits = Vec::new();
    for _ in 0..number {
        permits.push(quota.acquire(ASK().without_waiting()).await.unwrap());
    }
    permits
}

fn within(time: f64) -> Ask {
    ASK().with_deadline(Instant::now() + seconds(time))
}

fn is_about(found: Duration, expected: f64) -> bool {
    found.abs_diff(seconds(expected)) <= Duration::from_millis(2)
}

#[tokio::test(start_paused = true)]
async fn waits_for_a_slot() {
    let quota = Pacer::new(2, WINDOW);
    let began = Instant::now();
    for permit in take(&quota, 2).await {
        sleep(seconds(1.0)).await;
        permit.answered(&ok());
    }
    let permit = quota.acquire(ASK()).await.unwrap();
    assert!(is_about(began.elapsed(), 61.0));
    assert!(is_about(permit.waited(), 59.0));
    assert_eq!(permit.granted_at(), Instant::now());
}

#[tokio::test(start_paused = true)]
async fn a_permit_given_back_wakes_who_waits() {
    let quota = Pacer::new(1, WINDOW);
    let permit = take(&quota, 1).await.pop().unwrap();
    let began = Instant::now();
    let (next, ()) = tokio::join!(quota.acquire(ASK()), async {
        sleep(seconds(3.0)).await;
        permit.not_sent();
    });
    next.unwrap().not_sent();
    assert!(is_about(began.elapsed(), 3.0));
}

#[tokio::test(start_paused = true)]
async fn a_dropped_permit_is_a_request_that_may_still_arrive() {
    let quota = Pacer::new(1, WINDOW);
    let began = Instant::now();
    drop(take(&quota, 1).await);
    quota.acquire(ASK()).await.unwrap().not_sent();
    assert!(is_about(began.elapsed(), 90.0));
}

#[tokio::test(start_paused = true)]
async fn serves_in_order_of_arrival() {
    let quota = Pacer::new(2, WINDOW);
    let served = Arc::new(Mutex::new(Vec::new()));
    let mut callers = Vec::new();
    for caller in 0..20 {
        let (quota, served) = (quota.clone(), Arc::clone(&served));
        callers.push(tokio::spawn(async move {
            let permit = quota.acquire(ASK()).await.unwrap();
            served.lock().unwrap().push(caller);
            sleep(Duration::from_millis(100 * (20 - caller))).await;
            permit.answered(&ok());
        }));
    }
    for caller in callers {
        caller.await.unwrap();
    }
    assert!(served.lock().unwrap().is_sorted(), "{served:?}");
}

#[tokio::test(start_paused = true)]
async fn who_stops_waiting_takes_nothing() {
    let quota = Pacer::new(1, WINDOW);
    take(&quota, 1).await.pop().unwrap().answered(&ok());
    let began = Instant::now();
    let callers: Vec<_> = (0..10)
        .map(|_| {
            let quota = quota.clone();
            tokio::spawn(async move { quota.acquire(ASK()).await.map(|permit| permit.not_sent()) })
        })
        .collect();
    sleep(seconds(10.0)).await;
    // The first has the turn, the others wait for it.
    for caller in &callers[..9] {
        caller.abort();
    }
    for caller in callers.into_iter().skip(9) {
        caller.await.unwrap().unwrap();
    }
    assert!(is_about(began.elapsed(), 60.0));
    assert_eq!(take(&quota, 1).await.len(), 1, "the slot is free again");
}

#[tokio::test(start_paused = true)]
async fn a_future_that_was_never_polled_has_no_place() {
    let quota = Pacer::new(1, WINDOW);
    let _never = quota.acquire(ASK());
    assert_eq!(take(&quota, 1).await.len(), 1);
}

#[tokio::test(start_paused = true)]
async fn refuses_at_once_what_cannot_be_in_time() {
    let quota = Pacer::new(2, WINDOW);
    advance(seconds(5.0)).await;
    for permit in take(&quota, 2).await {
        permit.answered(&ok());
    }
    // How many wait already, the time allowed, and when it would be.
    let cases = [
        (0, 0.0, Some(60.0)),
        (0, 59.9, Some(60.0)),
        (0, 60.1, None),
        (1, 60.1, None),
        (2, 60.1, Some(120.0)),
        (3, 119.0, Some(120.0)),
        (3, 120.1, None),
        (4, 120.1, Some(180.0)),
    ];
    for (waiting, time, expected) in cases {
        let line: Vec<_> = (0..waiting)
            .map(|_| {
                let quota = quota.clone();
                tokio::spawn(
                    async move { quota.acquire(ASK()).await.map(|permit| permit.not_sent()) },
                )
            })
            .collect();
        yield_now().await;
        let began = Instant::now();
        // Longer than nothing, so that a refusal has the time to come, and shorter than any wait.
        let refused = timeout(seconds(0.01), quota.acquire(within(time))).await;
        match (refused, expected) {
            (Ok(Err(error)), Some(expected)) => {
                assert_eq!(began.elapsed(), Duration::ZERO, "{waiting} wait, {time} s");
                let off = error.ready_in().unwrap().abs_diff(seconds(expected));
                assert!(off < seconds(0.2), "{waiting} wait, {time} s: {error}");
            }
            (Err(_), None) => {}
            (found, _) => panic!("{waiting} wait, {time} s: {found:?}"),
        }
        for caller in line {
            caller.abort();
        }
        yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn without_waiting_takes_what_is_free() {
    let quota = Pacer::new(2, WINDOW);
    let past = Instant::now();
    advance(seconds(1.0)).await;
    let _first = quota.acquire(ASK().with_deadline(past)).await.unwrap();
    let _second = quota.acquire(ASK().without_waiting()).await.unwrap();
    let error = quota.acquire(ASK().without_waiting()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the quota has room for this request in 60.0s, after the deadline; allow more time, or \
         try again then"
    );
}

#[tokio::test(start_paused = true)]
async fn a_refusal_pauses_who_waits() {
    let quota = Pacer::new(10, WINDOW);
    let began = Instant::now();
    let permit = take(&quota, 1).await.pop().unwrap();
    permit.answered(&refusal(Some(25.0), None));
    let callers = tokio::join!(quota.acquire(ASK()), quota.acquire(ASK()));
    assert!(is_about(began.elapsed(), 25.0));
    drop(callers);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_ends_waits_that_have_become_hopeless() {
    // The first has the turn. The second waits for it.
    let quota = Pacer::new(2, WINDOW);
    let mut permits = take(&quota, 2).await;
    permits.pop().unwrap().answered(&ok());
    let began = Instant::now();
    let (first, second, ()) = tokio::join!(
        async { (quota.acquire(within(70.0)).await, began.elapsed()) },
        async { (quota.acquire(within(80.0)).await, began.elapsed()) },
        async {
            sleep(seconds(10.0)).await;
            permits.pop().unwrap().answered(&refusal(Some(300.0), None));
        }
    );
    for (outcome, after) in [first, second] {
        assert!(is_about(after, 10.0), "{after:?}");
        assert!(is_about(outcome.unwrap_err().ready_in().unwrap(), 300.0));
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_past_the_deadline() {
    // It seemed possible, because the request on its way might have been answered at once.
    let quota = Pacer::new(1, WINDOW);
    let _on_its_way = take(&quota, 1).await;
    let began = Instant::now();
    let (first, second) = tokio::join!(quota.acquire(within(61.0)), quota.acquire(within(61.0)));
    assert!(matches!(first, Err(QuotaError::TooLate { .. })), "{first:?}");
    assert!(matches!(second, Err(QuotaError::TooLate { .. })), "{second:?}");
    assert!(began.elapsed() <= seconds(61.0), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_past_the_deadline_behind_one_who_has_none() {
    let quota = Pacer::new(2, WINDOW);
    let _on_their_way = take(&quota, 2).await;
    let began = Instant::now();
    let first = async { quota.acquire(ASK()).await.map(|_| began.elapsed()) };
    let second = async { (quota.acquire(within(61.0)).await, began.elapsed()) };
    let (served_after, (refused, after)) = tokio::join!(first, second);
    assert!(is_about(served_after.unwrap(), 90.0), "nothing came back from those on their way");
    assert!(matches!(refused, Err(QuotaError::TooLate { .. })), "{refused:?}");
    assert!(is_about(after, 61.0), "{after:?}");
}

/// Has callers ask, and polls none of them any more.
async fn fall_asleep(quota: &Pacer, callers: usize) -> Vec<impl Future> {
    let mut asleep: Vec<_> = (0..callers).map(|_| quota.acquire(ASK())).collect();
    for caller in &mut asleep {
        timeout(Duration::ZERO, caller).await.unwrap_err();
    }
    asleep
}

#[tokio::test(start_paused = true)]
async fn who_is_not_polled_holds_nobody_up_for_good() {
    for (limit, callers) in [(1, 1), (1, 3), (2, 1), (2, 5)] {
        let quota = Pacer::new(limit, WINDOW);
        for permit in take(&quota, limit as usize).await {
            permit.answered(&ok());
        }
        let _asleep = fall_asleep(&quota, callers).await;
        let began = Instant::now();
        let served = timeout(10 * WINDOW, quota.acquire(ASK())).await.expect("a slot");
        served.unwrap().not_sent();
        // When it would have been served behind them, and a little later.
        let rounds = (callers / limit as usize + 1) as f64;
        assert!(began.elapsed() <= WINDOW.mul_f64(rounds) + seconds(3.0), "{:?}", began.elapsed());
    }
}

#[tokio::test(start_paused = true)]
async fn who_cannot_wait_gets_a_slot_that_is_free_beside_those_of_who_waits() {
    let quota = Pacer::new(3, WINDOW);
    for permit in take(&quota, 3).await {
        permit.answered(&ok());
    }
    let _asleep = fall_asleep(&quota, 2).await;
    advance(seconds(60.5)).await;
    let third = timeout(WINDOW, quota.acquire(ASK().without_waiting())).await;
    let _third = third.expect("an answer at once").unwrap();
    // Two slots are free, and kept for the two that wait.
    let error = quota.acquire(ASK().without_waiting()).await.unwrap_err();
    assert!(is_about(error.ready_in().unwrap(), 60.0), "{error}");
    // Not any longer.
    advance(seconds(2.0)).await;
    assert_eq!(take(&quota, 2).await.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn who_was_passed_over_has_its_place_when_it_is_polled_again() {
    let quota = Pacer::new(1, WINDOW);
    take(&quota, 1).await.pop().unwrap().answered(&ok());
    let mut asleep = fall_asleep(&quota, 1).await;
    let other = timeout(10 * WINDOW, quota.acquire(ASK())).await.expect("a slot");
    other.unwrap().answered(&ok());
    let began = Instant::now();
    asleep.pop().unwrap().await;
    assert!(is_about(began.elapsed(), 60.0), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn clones_share_the_quota() {
    let quota = Pacer::new(1, WINDOW);
    let clone = quota.clone();
    let _permit = take(&quota, 1).await;
    assert!(clone.acquire(ASK().without_waiting()).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn estimates_a_job() {
    let quota = Pacer::new(10, WINDOW);
    for (requests, expected) in [(0, 0.0), (1, 0.0), (10, 0.0), (11, 60.0), (200, 1140.0)] {
        assert!(is_about(quota.estimate(requests).await.unwrap(), expected), "{requests}");
    }
    for permit in take(&quota, 4).await {
        sleep(seconds(0.5)).await;
        permit.answered(&ok());
    }
    // Six slots are free at once, the first of the four 58.5 s from now, and answers take some time.
    for (requests, expected) in [(6, 0.0), (7, 58.5), (10, 60.0)] {
        assert!(is_about(quota.estimate(requests).await.unwrap(), expected), "{requests}");
    }
    assert!(quota.estimate(16).await.unwrap() > seconds(60.5));
    let permit = take(&quota, 1).await.pop().unwrap();
    permit.answered(&refusal(Some(100.0), None));
    assert!(is_about(quota.estimate(1).await.unwrap(), 100.0));
}

#[tokio::test(start_paused = true)]
async fn estimates_what_others_leave() {
    let quota = Pacer::new(10, WINDOW);
    let permit = take(&quota, 1).await.pop().unwrap();
    permit.answered(&remaining(3, Some(20.0)));
    for (requests, expected) in [(3, 0.0), (4, 20.0), (9, 20.0), (10, 60.0)] {
        assert!(is_about(quota.estimate(requests).await.unwrap(), expected), "{requests}");
    }
}

#[tokio::test(start_paused = true)]
async fn unpaced_grants_everything_at_once() {
    let quota: Arc<dyn Quota> = Arc::new(Unpaced);
    let began = Instant::now();
    for _ in 0..100 {
        drop(quota.acquire(ASK()).await.unwrap());
    }
    assert_eq!(quota.estimate(1_000_000).await.unwrap(), Duration::ZERO);
    assert_eq!(began.elapsed(), Duration::ZERO);
}

/// On several threads, with the real clock, and a window so short that nobody notices.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_threads_share_the_quota() {
    let quota = Pacer::new(50, Duration::from_millis(5));
    let callers: Vec<_> = (0..200)
        .map(|_| {
            let quota = quota.clone();
            tokio::spawn(async move {
                for _ in 0..5 {
                    quota.acquire(ASK()).await.unwrap().answered(&ok());
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.unwrap();
    }
    assert!(format!("{quota:?}").ends_with("waiting: 0 }"), "{quota:?}");
}

/// As above. Nobody waits, and there is a slot for each of them at any time.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn threads_that_do_not_wait_get_what_is_free() {
    let quota = Pacer::new(4, WINDOW);
    let callers: Vec<_> = (0..4)
        .map(|_| {
            let quota = quota.clone();
            tokio::spawn(async move {
                for _ in 0..2000 {
                    quota.acquire(ASK().without_waiting()).await.unwrap().not_sent();
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.unwrap();
    }
}
