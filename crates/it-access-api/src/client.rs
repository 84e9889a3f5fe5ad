//! How a client is made: with an HTTP client that cannot carry the token elsewhere.

use std::time::Duration;

use reqwest::{ClientBuilder, redirect, retry};

use crate::{AccessToken, Client, InvalidBaseUrl, base_url::BaseUrl};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(60);

/// Why a client could not be made. Nothing was sent.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The base URL is not one that a token may be sent to.
    #[error(transparent)]
    BaseUrl(#[from] InvalidBaseUrl),

    /// The HTTP client could not be set up: no usable TLS on this system, for example.
    #[error("the HTTP client could not be set up")]
    Http(#[source] reqwest::Error),
}

impl Client {
    /// Makes a client of the service at `base_url`, which sends `token` with each request.
    ///
    /// `base_url` is https, or plain http to this machine. Waits 10 s for a connection, and 60 s for a whole answer.
    ///
    /// # Errors
    ///
    /// If the base URL is not one that a token may be sent to, or there is no usable TLS on this system.
    ///
    /// # Examples
    ///
    /// ```
    /// use it_access_api::{AccessToken, Client};
    ///
    /// let client = Client::new("https://gears.opswat.com", AccessToken::new("…"))?;
    ///
    /// let refused = Client::new("http://gears.opswat.com", AccessToken::new("…")).unwrap_err();
    /// assert!(refused.to_string().contains("unencrypted"));
    /// # Ok::<(), it_access_api::SetupError>(())
    /// ```
    pub fn new(base_url: &str, token: AccessToken) -> Result<Self, SetupError> {
        let http =
            reqwest::Client::builder().connect_timeout(CONNECT_TIMEOUT).timeout(TOTAL_TIMEOUT);
        Self::new_with_builder(base_url, token, http)
    }

    /// Makes a client like [`Client::new`], with HTTP settings of the caller's: timeouts, proxy, certificates.
    ///
    /// Redirects, referrers and reqwest's own retries are switched off whatever `http` says, and a base URL on this
    /// machine is reached without a proxy.
    ///
    /// # Errors
    ///
    /// If the base URL is not one that a token may be sent to, or the HTTP client cannot be built.
    pub fn new_with_builder(
        base_url: &str,
        token: AccessToken,
        http: ClientBuilder,
    ) -> Result<Self, SetupError> {
        let base_url = BaseUrl::parse(base_url)?;
        // A redirect would carry the body, and in the referrer the token, to another host. A retry would apply an
        // action twice.
        let mut http = http.redirect(redirect::Policy::none()).referer(false).retry(retry::never());
        if base_url.is_loopback() {
            // Plain http through a proxy would leave this machine.
            http = http.no_proxy();
        }
        let http = http.build().map_err(SetupError::Http)?;
        Ok(Self::new_with_client(base_url.as_prefix(), http, token))
    }
}
