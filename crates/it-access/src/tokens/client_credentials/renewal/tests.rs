//! On the paused clock, against an exchange that is made up.

use std::{
    collections::{HashSet, VecDeque},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{task::JoinSet, time};

use super::*;

/// Takes a second for each answer. Its tokens are `token-1`, `token-2` and so on, and last for 1000 s.
#[derive(Default)]
struct Endpoint {
    /// What it answers first, before it issues tokens.
    failures: Mutex<VecDeque<TokenError>>,
    /// If set, it gives the same token until that has ended.
    repeats: bool,
    asked: AtomicUsize,
    asking_now: AtomicUsize,
    ends: Mutex<Vec<(AccessToken, Instant)>>,
}

const LIFETIME: Duration = Duration::from_secs(1000);

impl Exchange for Arc<Endpoint> {
    async fn ask(&self) -> Result<Grant, TokenError> {
        let _asking = Asking::new(&self.asking_now);
        let number = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        time::sleep(Duration::from_secs(1)).await;
        if let Some(error) = self.failures.lock().unwrap().pop_front() {
            return Err(error);
        }
        let now = Instant::now();
        let mut ends = self.ends.lock().unwrap();
        if let Some((token, end)) = ends.last()
            && self.repeats
            && now < *end
        {
            let lifetime = Duration::from_secs((*end - now).as_secs());
            return Ok(Grant { token: token.clone(), lifetime: Some(lifetime) });
        }
        let token = token(number);
        ends.push((token.clone(), now + LIFETIME));
        Ok(Grant { token, lifetime: Some(LIFETIME) })
    }
}

impl Endpoint {
    fn failing(failures: impl IntoIterator<Item = TokenError>) -> Self {
        Self { failures: Mutex::new(failures.into_iter().collect()), ..Self::default() }
    }

    /// When a token ends, which no two do together.
    fn end_of(&self, token: &AccessToken) -> Option<Instant> {
        let ends = self.ends.lock().unwrap();
        ends.iter().find(|(issued, _)| issued.same_as(token)).map(|(_, end)| *end)
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

/// A question that has no answer yet.
struct Asking<'a>(&'a AtomicUsize);

impl<'a> Asking<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        assert_eq!(count.fetch_add(1, Ordering::Relaxed), 0, "two questions at a time");
        Self(count)
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn token(number: usize) -> AccessToken {
    format!("token-{number}").parse().unwrap()
}

fn failure() -> TokenError {
    TokenError::new("failed")
}

fn start(endpoint: Endpoint) -> (Arc<Endpoint>, Arc<Renewal<Arc<Endpoint>>>) {
    let endpoint = Arc::new(endpoint);
    (Arc::clone(&endpoint), Arc::new(Renewal::new(endpoint, Jitter::seeded(1))))
}

async fn wait(seconds: u64) {
    time::advance(Duration::from_secs(seconds)).await;
}

async fn assert_token(renewal: &Renewal<Arc<Endpoint>>, number: usize) {
    let given = renewal.token().await.unwrap();
    assert!(given.same_as(&token(number)), "not token {number}");
}

#[tokio::test(start_paused = true)]
async fn fifty_callers_share_one_question() {
    let (endpoint, renewal) = start(Endpoint::default());
    let mut callers = JoinSet::new();
    for _ in 0..50 {
        let renewal = Arc::clone(&renewal);
        callers.spawn(async move { assert_token(&renewal, 1).await });
    }
    callers.join_all().await;
    assert_eq!(endpoint.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn fifty_callers_share_one_failure() {
    let (endpoint, renewal) = start(Endpoint::failing([failure()]));
    let mut callers = JoinSet::new();
    for _ in 0..50 {
        let renewal = Arc::clone(&renewal);
        callers.spawn(async move { renewal.token().await.unwrap_err().to_string() });
    }
    assert_eq!(callers.join_all().await, vec!["failed"; 50]);
    assert_eq!(endpoint.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_gives_up_hands_over() {
    let (endpoint, renewal) = start(Endpoint::default());
    let mut callers = JoinSet::new();
    for _ in 0..3 {
        let renewal = Arc::clone(&renewal);
        callers.spawn(async move { assert_token(&renewal, 2).await });
    }
    {
        let mut first = std::pin::pin!(renewal.token());
        let given_up = time::timeout(Duration::from_millis(500), &mut first).await;
        assert!(given_up.is_err());
        assert_eq!(endpoint.asked(), 1);
    }
    callers.join_all().await;
    assert_eq!(endpoint.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn one_caller_renews_while_the_others_go_on() {
    let (endpoint, renewal) = start(Endpoint::default());
    assert_token(&renewal, 1).await;
    wait(798).await;
    assert_token(&renewal, 1).await;
    assert_eq!(endpoint.asked(), 1);

    wait(102).await;
    let renewing = Arc::clone(&renewal);
    let renewing = tokio::spawn(async move { assert_token(&renewing, 2).await });
    tokio::task::yield_now().await;
    let before = Instant::now();
    for _ in 0..50 {
        assert_token(&renewal, 1).await;
    }
    assert_eq!(Instant::now(), before, "somebody waited");
    renewing.await.unwrap();
    assert_token(&renewal, 2).await;
    assert_eq!(endpoint.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_token_is_used_to_its_end_and_not_beyond_if_it_cannot_be_renewed() {
    let (endpoint, renewal) = start(Endpoint::default());
    assert_token(&renewal, 1).await;
    *endpoint.failures.lock().unwrap() = vec![failure(); 100].into();
    // It began when it was asked for, and each failure takes a second.
    let end = Instant::now() + LIFETIME - Duration::from_secs(1);
    while Instant::now() + Duration::from_secs(2) < end {
        assert_token(&renewal, 1).await;
        wait(1).await;
    }
    assert!((2..12).contains(&endpoint.asked()), "{}", endpoint.asked());

    time::advance(end - Instant::now()).await;
    renewal.token().await.unwrap_err();
    endpoint.failures.lock().unwrap().clear();
    wait(60).await;
    let number = endpoint.asked() + 1;
    assert_token(&renewal, number).await;
}

#[tokio::test(start_paused = true)]
async fn a_failing_endpoint_is_left_alone_for_longer_and_longer() {
    let (endpoint, renewal) = start(Endpoint::failing(vec![failure(); 1000]));
    for _ in 0..6000 {
        let before = endpoint.asked();
        let error = renewal.token().await.unwrap_err();
        let pause = error.retry_after().unwrap();
        assert!(pause > Duration::ZERO && pause <= Duration::from_secs(60), "{pause:?}");
        if endpoint.asked() == before {
            time::advance(Duration::from_millis(100)).await;
        }
    }
    // In 600 s: six pauses that grow to 32 s, and one of 30 to 60 s for the rest.
    assert!((15..=25).contains(&endpoint.asked()), "{}", endpoint.asked());

    // A success is a new beginning.
    endpoint.failures.lock().unwrap().clear();
    wait(60).await;
    let token = renewal.token().await.unwrap();
    renewal.refuse(&token);
    endpoint.failures.lock().unwrap().push_back(failure());
    let error = renewal.token().await.unwrap_err();
    assert!(error.retry_after().unwrap() <= Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn after_the_pause_the_endpoint_is_asked_again() {
    let asks_for_90_s = failure().with_retry_after(Duration::from_secs(90));
    for (failure, at_least) in [(failure(), 0), (failure().permanent(), 30), (asks_for_90_s, 90)] {
        let (endpoint, renewal) = start(Endpoint::failing([failure]));
        let pause = renewal.token().await.unwrap_err().retry_after().unwrap();
        assert!(pause >= Duration::from_secs(at_least), "{pause:?}");
        time::advance(pause - Duration::from_millis(1)).await;
        renewal.token().await.unwrap_err();
        assert_eq!(endpoint.asked(), 1);
        time::advance(Duration::from_millis(1)).await;
        assert_token(&renewal, 2).await;
    }
}

#[tokio::test(start_paused = true)]
async fn programs_that_started_together_do_not_renew_together() {
    let mut tenths = [0; 10];
    for seed in 0..100 {
        let renewal = Renewal::new(Arc::new(Endpoint::default()), Jitter::seeded(seed));
        let began = Instant::now();
        renewal.token().await.unwrap();
        let renewed = renewal.state().held.as_ref().unwrap().lease.renew - began;
        // Between 800 and 900 s.
        tenths[usize::try_from(renewed.as_secs() / 10).unwrap() - 80] += 1;
    }
    assert!(tenths.iter().all(|count| (1..=25).contains(count)), "{tenths:?}");
}

#[tokio::test(start_paused = true)]
async fn only_the_token_in_use_can_be_refused() {
    let (endpoint, renewal) = start(Endpoint::default());
    assert_token(&renewal, 1).await;
    renewal.refuse(&token(7));
    assert_token(&renewal, 1).await;
    renewal.refuse(&token(1));
    assert_token(&renewal, 2).await;
    // A request that was on its way all the time.
    renewal.refuse(&token(1));
    assert_token(&renewal, 2).await;
    assert_eq!(endpoint.asked(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_that_repeats_its_token_is_not_asked_without_end() {
    let (endpoint, renewal) = start(Endpoint { repeats: true, ..Endpoint::default() });
    for _ in 0..3000 {
        let given = renewal.token().await.unwrap();
        let late = Instant::now() - endpoint.end_of(&given).unwrap();
        assert!(late <= Duration::from_secs(1), "used {late:?} too long");
        wait(1).await;
    }
    assert_eq!(endpoint.ends.lock().unwrap().len(), 4);
    assert!(endpoint.asked() <= 20, "{}", endpoint.asked());
}

/// What must hold whatever callers do: one question at a time (the endpoint sees to that), no token after its end, none that
/// was refused, and an end to every wait.
#[tokio::test(start_paused = true)]
async fn any_order_of_calls_failures_refusals_and_cancellations_is_survived() {
    for seed in 0..100 {
        let dice = Arc::new(Jitter::seeded(seed));
        let failures = (0..20).map(|_| failure());
        let (endpoint, renewal) = start(Endpoint::failing(failures));
        let refused = Arc::new(Mutex::new(HashSet::new()));
        let mut callers = JoinSet::new();
        for _ in 0..50 {
            let (dice, endpoint, renewal, refused) = (
                Arc::clone(&dice),
                Arc::clone(&endpoint),
                Arc::clone(&renewal),
                Arc::clone(&refused),
            );
            callers.spawn(async move {
                for _ in 0..20 {
                    time::sleep(Duration::from_secs(300).mul_f64(dice.fraction())).await;
                    let patience = Duration::from_secs(4).mul_f64(dice.fraction());
                    let Ok(Ok(given)) = time::timeout(patience, renewal.token()).await else {
                        continue;
                    };
                    let end = endpoint.end_of(&given).unwrap();
                    assert!(Instant::now() < end, "a token after its end");
                    let mut refused = refused.lock().unwrap();
                    assert!(!refused.contains(&end), "a token that was refused");
                    if dice.fraction() < 0.02 {
                        renewal.refuse(&given);
                        refused.insert(end);
                    }
                }
            });
        }
        let finished = time::timeout(Duration::from_secs(20_000), callers.join_all()).await;
        assert!(finished.is_ok(), "somebody waits without end; seed {seed}");
        time::advance(Duration::from_secs(60)).await;
        assert!(endpoint.asked() > 20);
        renewal.token().await.unwrap();
    }
}
