//! What becomes of a request whose token is refused, or does not come.

use std::{collections::VecDeque, error::Error as _, future::pending, sync::Mutex, time::Duration};

use integration_tests::{RawServer, http, json};
use it_access::{
    AccessToken, BoxFuture, DeviceAction, ErrorKind, StopReason, Targets, TokenError, TokenProvider,
};

use crate::support::{client_of, eager, request};

const ALL_APPLIED: &str = r#"{"a":1,"b":1,"c":1}"#;

/// Gives each of these once, and then nothing for ever.
#[derive(Debug)]
struct InTurn(Mutex<VecDeque<Result<AccessToken, TokenError>>>);

impl InTurn {
    fn new(tokens: impl IntoIterator<Item = Result<&'static str, TokenError>>) -> Self {
        let tokens = tokens.into_iter().map(|token| token.map(|token| token.parse().unwrap()));
        Self(Mutex::new(tokens.collect()))
    }
}

impl TokenProvider for InTurn {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        let next = self.0.lock().unwrap().pop_front();
        Box::pin(async { if let Some(next) = next { next } else { pending().await } })
    }

    fn refuse(&self, _: &AccessToken) {}
}

#[tokio::test]
async fn a_provider_in_trouble_after_a_refusal_is_asked_again() {
    let server = RawServer::in_turn([http("401 Unauthorized", "", ""), json(ALL_APPLIED)]);
    let trouble = TokenError::new("the token endpoint is busy");
    let tokens = InTurn::new([Ok("0123456789"), Err(trouble), Ok("9876543210")]);
    let client = client_of(server.base_url()).tokens(tokens).retry(eager());
    let report = request(client, DeviceAction::Delete).await.unwrap();
    assert_eq!((report.counts().applied, server.requests().len()), (3, 2));
}

#[tokio::test]
async fn why_there_is_no_other_token_is_told_and_that_nothing_was_applied() {
    let server = RawServer::answering(http("401 Unauthorized", "", ""));
    let removed = TokenError::new("the client was removed").permanent();
    let tokens = InTurn::new([Ok("0123456789"), Err(removed)]);
    let client = client_of(server.base_url()).tokens(tokens).retry(eager());
    let error = request(client, DeviceAction::Delete).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Refused, 1));
    assert_eq!(
        error.to_string(),
        format!("there is no access token for {}. Nothing was applied.", server.base_url())
    );
    assert_eq!(error.source().unwrap().to_string(), "the client was removed");
}

#[tokio::test]
async fn nobody_waits_for_a_token_beyond_the_total_timeout() {
    let server = RawServer::answering(json(ALL_APPLIED));
    let client = client_of(server.base_url()).tokens(InTurn::new([])).build().unwrap();
    let targets = Targets::hwids(["a", "b", "c"]).unwrap();
    let run = client.delete(&targets).total_timeout(Duration::from_millis(50));
    let stopped = run.await.unwrap_err();
    assert!(matches!(stopped.reason(), StopReason::TimeOver), "{stopped}");
    assert_eq!(stopped.report().counts().unprocessed, 3);
    assert!(server.requests().is_empty());
}
