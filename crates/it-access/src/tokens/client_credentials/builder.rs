//! Setting up client credentials.

use std::{fmt, time::Duration};

use it_access_api::{InvalidBaseUrl, Secret, SetupError};
use it_access_runtime::{Http, TokenEndpoint};
use reqwest::ClientBuilder;

use super::{ClientCredentials, exchange::HttpExchange, renewal::Renewal};
use crate::{DEFAULT_BASE_URL, invalid_input::identifier_problem, jitter::Jitter};

/// The path of the token endpoint, below the service's base URL. Source: the vendor's page "Authentication".
const TOKEN_PATH: &str = "/o/oauth/token";

const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// Sets up [`ClientCredentials`].
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
/// use it_access::ClientCredentials;
///
/// let tokens = ClientCredentials::builder("my-client", "its secret")
///     .service("https://tenant.example")
///     .timeout(Duration::from_secs(10))
///     .build()?;
/// # Ok(())
/// # }
/// ```
pub struct ClientCredentialsBuilder {
    token_endpoint: String,
    client_id: String,
    /// The secret, or what is wrong with it.
    client_secret: Result<Secret, &'static str>,
    settings: ClientBuilder,
    timeout: Duration,
    jitter: Jitter,
}

/// Why client credentials cannot be set up. Nothing was sent. Neither id nor secret is told: they may have been mixed up.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidClientCredentials {
    /// The client id is empty, has spaces around it, or holds a control character or an invisible one.
    #[error("the client id {problem}; give it as it was issued")]
    ClientId {
        /// What is wrong with it.
        problem: &'static str,
    },

    /// The client secret is empty, has spaces around it, or holds a control character or an invisible one.
    #[error("the client secret {problem}; give it as it was issued")]
    ClientSecret {
        /// What is wrong with it.
        problem: &'static str,
    },

    /// The token endpoint is not one that a secret may be sent to.
    #[error("the address of the token endpoint cannot be used: {0}")]
    TokenEndpoint(InvalidBaseUrl),

    /// The HTTP client could not be set up.
    #[error(transparent)]
    Http(SetupError),
}

impl ClientCredentialsBuilder {
    pub(super) fn new(client_id: String, client_secret: String) -> Self {
        let client_secret = match identifier_problem(&client_secret) {
            Some(problem) => Err(problem),
            None => Ok(Secret::from(client_secret)),
        };
        Self {
            token_endpoint: format!("{DEFAULT_BASE_URL}{TOKEN_PATH}"),
            client_id,
            client_secret,
            settings: Http::settings(),
            timeout: DEFAULT_TIMEOUT,
            jitter: Jitter::random(),
        }
    }

    /// Takes the token endpoint of the service at a base URL: `/o/oauth/token` below it.
    #[must_use]
    pub fn service(self, base_url: &str) -> Self {
        let base_url = base_url.trim_end_matches('/');
        self.token_endpoint(format!("{base_url}{TOKEN_PATH}"))
    }

    /// Takes a token endpoint at any other place: an https URL without a query, or a plain http one on this machine.
    #[must_use]
    pub fn token_endpoint(mut self, url: impl Into<String>) -> Self {
        self.token_endpoint = url.into();
        self
    }

    /// Takes settings for the HTTP client: a proxy, certificates. Redirects, retries and what else could carry the secret
    /// elsewhere are switched off whatever they say.
    #[must_use]
    pub fn http_settings(mut self, settings: ClientBuilder) -> Self {
        self.settings = settings;
        self
    }

    /// How long to wait for a whole answer, whatever the settings for the HTTP client say. 30 s, if not set.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Makes the share of chance in the times of renewal the same for each run, for tests.
    #[must_use]
    pub fn jitter_seed(mut self, seed: u64) -> Self {
        self.jitter = Jitter::seeded(seed);
        self
    }

    /// Ends the setting up. Nothing is sent until somebody needs a token.
    ///
    /// # Errors
    ///
    /// If the client id or secret is none, the token endpoint is not one that a secret may be sent to, or there is no
    /// usable TLS on this system.
    pub fn build(self) -> Result<ClientCredentials, InvalidClientCredentials> {
        if let Some(problem) = identifier_problem(&self.client_id) {
            return Err(InvalidClientCredentials::ClientId { problem });
        }
        let client_secret = self
            .client_secret
            .map_err(|problem| InvalidClientCredentials::ClientSecret { problem })?;
        let endpoint =
            TokenEndpoint::new(&self.token_endpoint, self.client_id, client_secret, self.settings)
                .map_err(|error| match error {
                    SetupError::BaseUrl(error) => InvalidClientCredentials::TokenEndpoint(error),
                    error => InvalidClientCredentials::Http(error),
                })?;
        let exchange = HttpExchange { endpoint, timeout: self.timeout };
        Ok(ClientCredentials { renewal: Renewal::new(exchange, self.jitter) })
    }
}

impl fmt::Debug for ClientCredentialsBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The endpoint is not checked yet, and may hold a secret that went astray; so may the HTTP client's settings.
        f.debug_struct("ClientCredentialsBuilder")
            .field("client_secret", &self.client_secret)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
