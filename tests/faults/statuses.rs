//! Answers that are no success.

use std::{collections::VecDeque, sync::Mutex, time::Duration};

use integration_tests::{RawServer, http};
use it_access::{
    AccessToken, BoxFuture, DeviceAction,
    ErrorKind::{MaybeApplied, Refused},
    Retry, Targets, TokenError, TokenProvider,
};

use crate::support::{client_of, delete_from, eager, request, size};

const UNAUTHORIZED: &str = "401 Unauthorized";

/// Gives one token until that is refused, and then the next.
#[derive(Debug)]
struct ThreeTokens(Mutex<VecDeque<AccessToken>>);

impl ThreeTokens {
    fn new() -> Self {
        let tokens = ["first-token", "second-token", "third-token"];
        Self(Mutex::new(tokens.iter().map(|token| token.parse().unwrap()).collect()))
    }
}

impl TokenProvider for ThreeTokens {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        let token = self.0.lock().unwrap()[0].clone();
        Box::pin(std::future::ready(Ok(token)))
    }

    fn refuse(&self, _: &AccessToken) {
        self.0.lock().unwrap().pop_front();
    }
}

fn tokens_sent(server: &RawServer) -> Vec<String> {
    server.requests().iter().map(|request| request.token().to_owned()).collect()
}

#[tokio::test]
async fn a_token_that_expires_in_mid_run_is_replaced_by_the_next() {
    let mut answered = 0;
    let server = RawServer::start(move |request| {
        answered += 1;
        match request.token() {
            "first-token" if answered > 1 => http(UNAUTHORIZED, "", "").into(),
            _ => request.applied(),
        }
    });
    let client = client_of(server.base_url()).tokens(ThreeTokens::new()).retry(Retry::default());
    let targets = Targets::hwids(["a", "b", "c"]).unwrap();
    let report = client.batch_size(size(1)).build().unwrap().delete(&targets).await.unwrap();
    assert_eq!((report.counts().applied, report.requests()), (3, 3));
    let expected = ["first-token", "first-token", "second-token", "second-token"];
    assert_eq!(tokens_sent(&server), expected);
}

#[tokio::test]
async fn who_does_not_wait_tries_the_next_token_all_the_same() {
    let server = RawServer::start(|request| match request.token() {
        "first-token" => http(UNAUTHORIZED, "", "").into(),
        _ => request.applied(),
    });
    let client = client_of(server.base_url()).tokens(ThreeTokens::new()).retry(Retry::default());
    let targets = Targets::hwids(["a"]).unwrap();
    let report = client.build().unwrap().delete(&targets).without_waiting().await.unwrap();
    assert_eq!(report.counts().applied, 1);
    assert_eq!(tokens_sent(&server), ["first-token", "second-token"]);
}

#[tokio::test]
async fn a_token_is_refused_once_if_there_is_no_other() {
    let server = RawServer::answering(http(UNAUTHORIZED, "", ""));
    let client = client_of(server.base_url()).retry(eager());
    let error = request(client, DeviceAction::Delete).await.unwrap_err();
    assert!(error.is_unauthorized() && error.kind() == Refused, "{error:?}");
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn two_tokens_are_refused_and_no_more_is_tried() {
    let server = RawServer::answering(http(UNAUTHORIZED, "", ""));
    let client = client_of(server.base_url()).tokens(ThreeTokens::new()).retry(eager());
    let error = request(client, DeviceAction::Delete).await.unwrap_err();
    assert!(error.is_unauthorized() && error.kind() == Refused, "{error:?}");
    assert_eq!(error.attempts(), 2);
    assert_eq!(tokens_sent(&server), ["first-token", "second-token"]);
}

#[tokio::test]
async fn no_redirect_is_followed() {
    let cases = [
        ("301 Moved Permanently", MaybeApplied),
        ("302 Found", MaybeApplied),
        ("303 See Other", MaybeApplied),
        ("307 Temporary Redirect", Refused),
        ("308 Permanent Redirect", Refused),
    ];
    for (status, kind) in cases {
        let elsewhere = RawServer::start(|request| request.applied());
        let location = format!("location: {}/o/api/v3/devices/action\n", elsewhere.base_url());
        let server = RawServer::answering(http(status, &location, ""));
        let error = delete_from(server.base_url()).await.expect_err(status);
        assert_eq!(error.kind(), kind, "{status}");
        assert_eq!(server.requests().len(), 1, "{status}");
        assert!(elsewhere.requests().is_empty(), "{status}");
    }
}

/// A server that takes two devices at once at most; what it answers to more.
fn taking_two(refusal: &'static str) -> RawServer {
    RawServer::start(move |request| match request.hwids().len() {
        ..=2 => request.applied(),
        _ => http(refusal, "", "").into(),
    })
}

#[tokio::test]
async fn a_request_that_is_too_large_is_halved_until_it_fits() {
    let server = taking_two("413 Payload Too Large");
    let hwids = ["a", "b", "c", "d", "e", "f", "g"];
    let targets = Targets::hwids(hwids).unwrap();
    let client = client_of(server.base_url()).batch_size(size(7)).build().unwrap();
    let report = client.delete(&targets).await.unwrap();
    assert_eq!(report.counts().to_string(), "7 devices: 7 applied");

    let asked: Vec<_> = server.requests().iter().map(|request| request.hwids()).collect();
    let sizes: Vec<usize> = asked.iter().map(Vec::len).collect();
    assert_eq!(sizes, [7, 4, 2, 2, 2, 1]);
    let taken = asked.into_iter().filter(|hwids| hwids.len() <= 2);
    assert_eq!(taken.flatten().collect::<Vec<_>>(), hwids);
}

#[tokio::test]
async fn one_device_that_is_too_large_ends_the_run() {
    let server = RawServer::answering(http("413 Payload Too Large", "", ""));
    let targets = Targets::hwids(["a", "b", "c", "d"]).unwrap();
    let client = client_of(server.base_url()).build().unwrap();
    let error = client.delete(&targets).await.unwrap_err();
    assert_eq!(error.error().unwrap().status(), Some(413));
    assert_eq!(error.report().counts().unprocessed, 4);
    let sizes: Vec<usize> = server.requests().iter().map(|it| it.hwids().len()).collect();
    assert_eq!(sizes, [4, 2, 1]);
}

#[tokio::test]
async fn a_refusal_by_the_quota_says_how_long_to_wait() {
    // The answer's own date stands beside times, so that this machine's clock plays no part.
    const DATE: &str = "date: Thu, 01 Jan 2026 00:00:00 GMT\n";
    let cases = [
        // One second more, as a reset may be rounded down.
        ("x-ratelimit-reset-time: 17\n", 18),
        ("x-ratelimit-reset-time: 1767225630\n", 31),
        ("x-ratelimit-reset-time: 1767225630000\n", 31),
        ("retry-after: 5\n", 5),
        ("retry-after: Thu, 01 Jan 2026 00:00:25 GMT\n", 25),
        ("retry-after: 5\nx-ratelimit-reset-time: 17\n", 5),
        ("retry-after: soon\n", 60),
        ("", 60),
    ];
    for (headers, seconds) in cases {
        let headers = format!("{DATE}{headers}");
        let server = RawServer::answering(http("429 Too Many Requests", &headers, ""));
        let error = delete_from(server.base_url()).await.unwrap_err();
        assert!(error.is_rate_limited() && error.kind() == Refused, "{headers}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)), "{headers}");
        assert_eq!(server.requests().len(), 1, "{headers}");
    }
}

#[tokio::test]
async fn a_failure_of_the_service_is_not_repeated_by_itself() {
    for status in [
        "500 Internal Server Error",
        "502 Bad Gateway",
        "503 Service Unavailable",
        "504 Gateway Timeout",
    ] {
        for retry in [Retry::never(), Retry::default()] {
            // A wait that is offered does not make it certain that nothing happened.
            let html = "<html><title>Sorry</title></html>";
            let headers = "content-type: text/html\nretry-after: 0\n";
            let server = RawServer::answering(http(status, headers, html));
            let client = client_of(server.base_url()).retry(retry);
            let error = request(client, DeviceAction::Unexempt).await.unwrap_err();
            assert_eq!(error.kind(), MaybeApplied, "{status}");
            assert_eq!(error.status().map(|code| code.to_string()).as_deref(), status.get(..3));
            assert!(error.excerpt().unwrap().contains("Sorry"), "{status}");
            assert_eq!(server.requests().len(), 1, "{status}");
        }
    }
}
