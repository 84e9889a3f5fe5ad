//! Tokens in the environment. A test cannot change its own, but cargo sets some variables.

use it_access::EnvironmentToken;

use crate::support::{assert_token, error_of};

#[tokio::test]
async fn the_variable_is_read() {
    assert_token(&EnvironmentToken::new("CARGO_PKG_NAME"), "integration-tests").await;
}

#[tokio::test]
async fn what_cannot_be_a_token_is_refused() {
    for (variable, expected) in [
        ("NO_SUCH_VARIABLE", "is not set"),
        ("NO=SUCH", "is not set"),
        ("", "is not set"),
        ("CARGO_PKG_HOMEPAGE", "is empty"),
        ("CARGO_PKG_DESCRIPTION", "holds no access token"),
    ] {
        let error = error_of(&EnvironmentToken::new(variable)).await;
        let message = error.to_string();
        assert!(message.contains(variable) && message.contains(expected), "{variable}: {message}");
        assert!(error.is_permanent() && error.status().is_none());
    }
}
