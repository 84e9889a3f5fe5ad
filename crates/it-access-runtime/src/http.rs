//! The HTTP client, which cannot carry a credential elsewhere.

use std::{
    net::{Ipv4Addr, Ipv6Addr},
    time::Duration,
};

use reqwest::{Client, ClientBuilder, redirect, retry};

use crate::{BaseUrl, CredentialSet, InvalidBaseUrl};

/// A base URL, and an HTTP client that is safe to send credentials to it with.
#[derive(Debug, Clone)]
pub struct Http {
    /// Where the service is.
    pub base_url: BaseUrl,
    /// The HTTP client.
    pub client: Client,
}

/// Why a client could not be made. Nothing was sent.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// The base URL is not one that credentials may be sent to.
    #[error(transparent)]
    BaseUrl(#[from] InvalidBaseUrl),

    /// The HTTP client could not be set up: no usable TLS on this system, for example.
    #[error("the HTTP client could not be set up")]
    Http(#[source] reqwest::Error),
}

impl Http {
    /// The settings of a client whose caller has none: 10 s for a connection, 60 s for a whole answer.
    pub fn settings() -> ClientBuilder {
        let settings = Self::settings_without_timeouts();
        settings.connect_timeout(Duration::from_secs(10)).timeout(Duration::from_secs(60))
    }

    /// The settings of a client whose caller watches the time.
    ///
    /// TLS is rustls with the feature `rustls`, whatever else is compiled in: reqwest itself would prefer the system's.
    pub fn settings_without_timeouts() -> ClientBuilder {
        let settings = Client::builder();
        #[cfg(feature = "rustls")]
        let settings = settings.tls_backend_rustls();
        settings
    }

    /// Makes an HTTP client out of the caller's settings: timeouts, proxy, certificates.
    ///
    /// Redirects, referrers, reqwest's own retries, its verbose log and HTTP/2 are switched off whatever the settings say, and a base
    /// URL on this machine is reached without a proxy. If the document has security schemes, so that `C` has credentials, the base
    /// URL must be https, or plain http to this machine.
    ///
    /// # Errors
    ///
    /// If the base URL is not one that credentials may be sent to, or the HTTP client cannot be built.
    pub fn new<C: CredentialSet>(
        base_url: &str,
        settings: ClientBuilder,
    ) -> Result<Self, SetupError> {
        Self::at(BaseUrl::parse(base_url, !C::SCHEMES.is_empty())?, settings)
    }

    /// The same for any URL that was found to be one that its secrets may be sent to.
    pub(crate) fn at(base_url: BaseUrl, settings: ClientBuilder) -> Result<Self, SetupError> {
        // A redirect would carry the body, and a credential in the URL as the referrer, to another host. A retry would
        // apply twice what must be applied once.
        // The verbose log of connections shows the URL. HTTP/2, for which another crate may have switched on the feature, is tried by
        // none of our tests.
        let mut settings = settings
            .redirect(redirect::Policy::none())
            .referer(false)
            .retry(retry::never())
            .connection_verbose(false)
            .http1_only();
        if base_url.is_loopback() {
            // Plain http through a proxy would leave this machine, and so might what `localhost` resolves to.
            let here = [(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()];
            settings = settings.no_proxy().resolve_to_addrs("localhost", &here);
        }
        let client = settings.build().map_err(SetupError::Http)?;
        Ok(Self { base_url, client })
    }
}
