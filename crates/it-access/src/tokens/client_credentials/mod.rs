//! Tokens by OAuth 2.0 client credentials.

mod builder;
mod exchange;
mod grant;
mod renewal;
mod schedule;

use std::fmt;

pub use builder::{ClientCredentialsBuilder, InvalidClientCredentials};

use self::{exchange::HttpExchange, renewal::Renewal};
use super::{TokenError, TokenProvider};
use crate::{AccessToken, BoxFuture};

/// Tokens that the service issues for a client id and a client secret, renewed before they expire.
///
/// All callers share one token, and one request for the next one. Put it into an [`Arc`](std::sync::Arc) to share it among
/// clients of the same account.
///
/// - **Renewal**: when a tenth of its lifetime is left, or 5 minutes if that is less, or up to twice that, by chance:
///   programs that started together do not renew together. One caller asks for the next one, and the others go on with
///   the old one. A lifetime that the service does not state is taken as an hour; one under 10 s as 10 s; one over
///   30 days as 30 days. No token is renewed within 30 s.
/// - **Failure**: while the old token is valid it is used on. After a failure the endpoint is left alone for 1 s, after
///   each further one for twice as long, up to 60 s, and for 60 s at once if the client id or secret is wrong; up to half
///   less, by chance; longer, up to 5 minutes, if the endpoint asks for it by `Retry-After`. Meanwhile all callers get the
///   same error at once, which says for how long: [`TokenError::retry_after`].
/// - **Refusal**: a token that the service refused (401) is dropped, and the next caller asks for another.
///
/// Source: the vendor's page "Authentication".
///
/// # Examples
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use it_access::{ClientCredentials, DEFAULT_BASE_URL};
///
/// let tokens = ClientCredentials::for_service(DEFAULT_BASE_URL, "my-client", "its secret")?;
/// assert_eq!(format!("{tokens:?}"), r#"ClientCredentials { host: "gears.opswat.com", .. }"#);
/// # Ok(())
/// # }
/// ```
pub struct ClientCredentials {
    renewal: Renewal<HttpExchange>,
}

impl ClientCredentials {
    /// Takes the token endpoint of the service at a base URL: `/o/oauth/token` below it.
    ///
    /// # Errors
    ///
    /// If the client id or secret is none, the URL is not one that a secret may be sent to, or there is no usable TLS on
    /// this system.
    pub fn for_service(
        base_url: &str,
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> Result<Self, InvalidClientCredentials> {
        Self::builder(client_id, client_secret).service(base_url).build()
    }

    /// Starts with the vendor's own service, [`DEFAULT_BASE_URL`](crate::DEFAULT_BASE_URL).
    pub fn builder(
        client_id: impl Into<String>,
        client_secret: impl Into<String>,
    ) -> ClientCredentialsBuilder {
        ClientCredentialsBuilder::new(client_id.into(), client_secret.into())
    }
}

impl TokenProvider for ClientCredentials {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(self.renewal.token())
    }

    /// Drops the token, if it is the one in use.
    fn refuse(&self, token: &AccessToken) {
        self.renewal.refuse(token);
    }
}

/// Without id and secret: they may have been mixed up.
impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let HttpExchange { endpoint, .. } = self.renewal.exchange();
        f.debug_struct("ClientCredentials")
            .field("host", &endpoint.authority())
            .finish_non_exhaustive()
    }
}
