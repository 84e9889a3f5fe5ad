//! What the tests of tokens share.

mod endpoint;

use std::error::Error;

pub(crate) use endpoint::{Answer, Endpoint, http, issued};
use it_access::{AccessToken, TokenError, TokenProvider};

/// Asserts that the provider gives this token.
pub(crate) async fn assert_token(provider: &impl TokenProvider, expected: &str) {
    let given = provider.token().await.unwrap();
    let expected: AccessToken = expected.parse().unwrap();
    assert!(given.same_as(&expected), "another token");
}

/// The error of a provider that has no token to give.
pub(crate) async fn error_of(provider: &impl TokenProvider) -> TokenError {
    provider.token().await.unwrap_err()
}

/// All that a person or a program can be shown of an error.
pub(crate) fn everything_of(error: &dyn Error) -> String {
    let mut text = format!("{error} {error:#} {error:?} {error:#?}");
    if let Some(cause) = error.source() {
        text += " ";
        text += &everything_of(cause);
    }
    text
}
