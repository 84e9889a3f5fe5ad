//! Where tokens come from: each provider, against real files, a real environment, and a token endpoint of bytes.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod client_credentials;
mod environment;
mod file;
mod refusals;
mod secrets;
mod support;

use it_access::{AccessToken, TokenProvider};

#[tokio::test]
async fn a_token_gives_itself_whatever_happens() {
    let token: AccessToken = "0123456789".parse().unwrap();
    token.refuse(&token);
    support::assert_token(&token, "0123456789").await;
}
