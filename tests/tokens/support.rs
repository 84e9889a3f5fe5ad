//! What the tests of tokens share.

use integration_tests::{RawServer, json};
use it_access::{
    AccessToken, ClientCredentials, ClientCredentialsBuilder, TokenError, TokenProvider,
};

/// Credentials for a service of bytes.
pub(crate) fn credentials(endpoint: &RawServer, secret: &str) -> ClientCredentialsBuilder {
    ClientCredentials::builder("my-client", secret).service(endpoint.base_url()).jitter_seed(1)
}

/// The answer that issues a token, with keys that nobody asked for.
pub(crate) fn issued(token: &str) -> String {
    json(&format!(
        r#"{{"access_token":"{token}","token_type":"bearer","refresh_token":"r","expires_in":43199,"scope":"read"}}"#
    ))
}

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
