//! What is repeated, how often, and what is known after it.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use integration_tests::{Answer, ClosedPort, RawServer, http, json};
use it_access::{
    AccessToken, BoxFuture, DeviceAction, DeviceState, Error,
    ErrorKind::{MaybeApplied, NotSent},
    Observer, Pacer, RequestInfo, Retry, StopReason, Targets, TokenError, TokenProvider,
};

use crate::support::{client_of, eager, request};

const ALL_APPLIED: &str = r#"{"a":1,"b":1,"c":1}"#;

fn failure() -> String {
    http("500 Internal Server Error", "", "")
}

#[tokio::test]
async fn what_was_perhaps_applied_is_repeated_if_that_does_no_harm() {
    for first in [
        Answer::from(failure()),
        Answer::Reset,
        Answer::from("HTTP/1.1 200 OK\r\ncontent-length: 19\r\n\r\n{\"a\":1"),
        Answer::from(json("[]")),
    ] {
        for (action, requests) in [
            (DeviceAction::Unexempt, 2),
            (DeviceAction::Delete, 1),
            (DeviceAction::RenewDhcp, 1),
            (DeviceAction::ReIdentify, 1),
        ] {
            let case = format!("{action} after {first:?}");
            let server = RawServer::in_turn([first.clone(), json(ALL_APPLIED).into()]);
            let result = request(client_of(server.base_url()).retry(eager()), action).await;
            assert_eq!(server.requests().len(), requests, "{case}");
            match result {
                Ok(report) => assert_eq!((requests, report.counts().applied), (2, 3), "{case}"),
                Err(error) => assert_eq!((requests, error.kind()), (1, MaybeApplied), "{case}"),
            }
        }
    }
}

#[tokio::test]
async fn what_the_quota_refused_is_sent_again_when_the_service_says() {
    for action in [DeviceAction::Unexempt, DeviceAction::Delete] {
        let refusal = http("429 Too Many Requests", "retry-after: 0\n", "");
        let server = RawServer::in_turn([refusal, json(ALL_APPLIED)]);
        let report = request(client_of(server.base_url()).retry(Retry::default()), action).await;
        assert_eq!(report.unwrap().counts().applied, 3);
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_service_that_refuses_without_a_wait_is_not_asked_again_at_once() {
    let server = RawServer::answering(http("429 Too Many Requests", "retry-after: 0\n", ""));
    let (waits, longest) = (Waits::default(), Duration::from_millis(20));
    let retry = Retry::default().with_pauses(longest, longest);
    let client = client_of(server.base_url()).retry(retry).jitter_seed(1).observer(waits.clone());
    let error = request(client, DeviceAction::Delete).await.unwrap_err();
    assert_eq!((error.is_rate_limited(), error.attempts()), (true, 5));
    let waits = waits.0.lock().unwrap();
    assert_eq!(waits.len(), 4);
    assert!(waits.iter().all(|wait| !wait.is_zero() && *wait <= longest), "{waits:?}");
}

#[tokio::test]
async fn nothing_is_sent_again_after_the_deadline() {
    for (wait, requests) in [(0, 2), (3600, 1)] {
        let refusal = http("429 Too Many Requests", &format!("retry-after: {wait}\n"), "");
        let server = RawServer::in_turn([refusal, json(ALL_APPLIED)]);
        let client = client_of(server.base_url()).total_timeout(Duration::from_secs(60));
        let result = request(client.retry(Retry::default()), DeviceAction::Delete).await;
        assert_eq!((result.is_ok(), server.requests().len()), (requests == 2, requests));
    }
}

#[tokio::test]
async fn it_is_not_repeated_more_often_than_allowed() {
    let server = RawServer::answering(failure());
    let client = client_of(server.base_url()).retry(eager());
    let error = request(client, DeviceAction::Unexempt).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (MaybeApplied, 5));
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn a_later_refusal_does_not_undo_what_was_perhaps_applied() {
    for status in ["400 Bad Request", "401 Unauthorized", "404 Not Found", "413 Payload Too Large"]
    {
        let server = RawServer::in_turn([failure(), http(status, "", "")]);
        let client = client_of(server.base_url()).retry(eager()).build().unwrap();
        let targets = Targets::hwids(["a", "b", "c"]).unwrap();
        let error = client.unexempt(&targets).await.unwrap_err();
        assert_eq!(error.report().counts().unknown, 3, "{status}");
        let error = error.error().unwrap();
        assert!(error.may_have_been_applied(), "{status}");
        assert_eq!(error.status().map(|code| code.to_string()).as_deref(), status.get(..3));
        assert_eq!((error.attempts(), error.device_state()), (2, DeviceState::Unknown), "{status}");
        assert_eq!(server.requests().len(), 2, "{status}");
    }
}

/// Keeps how long each wait was said to be: for the quota, or before another attempt.
#[derive(Debug, Clone, Default)]
struct Waits(Arc<Mutex<Vec<Duration>>>);

impl Observer for Waits {
    fn waiting(&self, _: &RequestInfo<'_>, about: Duration) {
        self.0.lock().unwrap().push(about);
    }

    fn retried(&self, _: &RequestInfo<'_>, _: &Error, pause: Duration) {
        self.0.lock().unwrap().push(pause);
    }
}

#[tokio::test]
async fn an_uncertain_request_is_repeated_no_sooner_than_the_service_says() {
    let busy = http("503 Service Unavailable", "retry-after: 1\n", "");
    let server = RawServer::in_turn([busy, json(ALL_APPLIED)]);
    let waits = Waits::default();
    let client = client_of(server.base_url()).retry(eager()).observer(waits.clone());
    request(client, DeviceAction::Unexempt).await.unwrap();
    assert_eq!(*waits.0.lock().unwrap(), [Duration::from_secs(1)]);
}

#[tokio::test]
async fn only_who_has_to_wait_for_the_quota_is_told_so() {
    let server = RawServer::answering(json(ALL_APPLIED));
    // Longer than the first request takes on any machine.
    let (waits, window) = (Waits::default(), Duration::from_secs(2));
    let client = client_of(server.base_url()).quota(Pacer::new(1, window)).observer(waits.clone());
    let client = client.build().unwrap();
    let targets = Targets::hwids(["a", "b", "c"]).unwrap();
    for waited in [0, 1] {
        client.delete(&targets).await.unwrap();
        assert_eq!(waits.0.lock().unwrap().len(), waited);
    }
    assert!(waits.0.lock().unwrap()[0] <= window);
}

/// Counts the attempts that are told of.
#[derive(Debug, Clone, Default)]
struct Attempts {
    sent: Arc<AtomicU32>,
    retried: Arc<AtomicU32>,
    failed: Arc<AtomicU32>,
}

impl Observer for Attempts {
    fn sent(&self, _: &RequestInfo<'_>) {
        self.sent.fetch_add(1, Ordering::Relaxed);
    }

    fn retried(&self, _: &RequestInfo<'_>, error: &Error, pause: Duration) {
        assert_eq!((error.kind(), pause), (NotSent, Duration::ZERO));
        self.retried.fetch_add(1, Ordering::Relaxed);
    }

    fn failed(&self, request: &RequestInfo<'_>, error: &Error) {
        assert_eq!(request.attempt, error.attempts());
        self.failed.fetch_add(1, Ordering::Relaxed);
    }
}

/// Never has a token, and counts how often it is asked for one.
#[derive(Debug, Clone)]
struct NoToken(TokenError, Arc<AtomicU32>);

impl TokenProvider for NoToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        self.1.fetch_add(1, Ordering::Relaxed);
        Box::pin(std::future::ready(Err(self.0.clone())))
    }

    fn refuse(&self, _: &AccessToken) {
        unreachable!("there is none to refuse");
    }
}

#[tokio::test]
async fn a_token_that_somebody_has_to_provide_first_is_asked_for_once() {
    let server = RawServer::answering(json(ALL_APPLIED));
    let missing = || TokenError::new("there is no token");
    for (error, times) in [
        (missing(), 5),
        (missing().with_retry_after(Duration::ZERO), 5),
        (missing().permanent(), 1),
        (missing().permanent().with_retry_after(Duration::ZERO), 1),
    ] {
        let provider = NoToken(error, Arc::default());
        let client = client_of(server.base_url()).tokens(provider.clone()).retry(eager());
        let error = request(client, DeviceAction::Delete).await.unwrap_err();
        assert_eq!((error.kind(), provider.1.load(Ordering::Relaxed)), (NotSent, times));
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn what_never_came_to_an_attempt_has_none() {
    let server = RawServer::answering(json(ALL_APPLIED));
    let quota = Pacer::new(1, Duration::from_secs(60));
    let client = client_of(server.base_url()).quota(quota).retry(eager()).build().unwrap();
    let targets = Targets::hwids(["a"]).unwrap();
    client.delete(&targets).await.unwrap();
    let refused = client.delete(&targets).without_waiting().await.unwrap_err();
    let (_, stopped_by) = refused.into_parts();
    assert!(matches!(stopped_by, StopReason::Failed(error) if error.attempts() == 0));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn without_a_connection_even_a_deletion_is_tried_again() {
    let closed = ClosedPort::take();
    let attempts = Attempts::default();
    let retry = Retry::default().with_pauses(Duration::ZERO, Duration::ZERO);
    let client = client_of(closed.base_url()).retry(retry).observer(attempts.clone());
    let error = request(client, DeviceAction::Delete).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (NotSent, 5));
    let counts = [attempts.sent, attempts.retried, attempts.failed];
    assert_eq!(counts.map(|count| count.load(Ordering::Relaxed)), [5, 4, 1]);
}
