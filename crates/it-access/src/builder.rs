//! Setting up a client.

use std::{fmt, num::NonZeroUsize, sync::atomic::AtomicU64, time::Duration};

use it_access_api::{ClientInfo, Credentials, SetupError};
use it_access_runtime::Http;
use reqwest::ClientBuilder as HttpSettings;

use crate::{
    Client, DEFAULT_BASE_URL, Observer, Pacer, Quota, Retry, TokenProvider,
    client::{Account, Settings},
    jitter::Jitter,
    observer::Nobody,
    transport::Transport,
};

/// The most devices in one request, unless it is set: known to be safe with a sibling API.
const DEFAULT_BATCH_SIZE: NonZeroUsize = NonZeroUsize::new(50).expect("50 is not zero");

const DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);

/// Sets up a [`Client`].
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::time::Duration;
/// use it_access::{Client, EnvironmentToken, Retry};
///
/// let client = Client::builder()
///     .host("tenant.example")
///     .tokens(EnvironmentToken::new("IT_ACCESS_TOKEN"))
///     .timeout(Duration::from_secs(20))
///     .retry(Retry::never())
///     .http(|http| http.proxy(reqwest::Proxy::all("https://proxy.example").expect("a URL")))
///     .build()?;
/// assert_eq!(client.base_url(), "https://tenant.example");
/// # Ok(())
/// # }
/// ```
#[must_use = "a builder does nothing until `build`"]
pub struct ClientBuilder {
    base_url: String,
    tokens: Option<Box<dyn TokenProvider>>,
    quota: Option<Box<dyn Quota>>,
    observer: Box<dyn Observer>,
    jitter: Jitter,
    connect_timeout: Duration,
    settings: Settings,
    http: Box<dyn FnOnce(HttpSettings) -> HttpSettings + Send>,
}

/// Why a client could not be made. Nothing was sent.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The base URL is not one that a token may be sent to, or the HTTP client cannot be set up.
    #[error(transparent)]
    Setup(#[from] SetupError),

    /// The same, of a base URL that stands in the environment.
    #[error("the environment variable IT_ACCESS_BASE_URL is of no use: {0}")]
    Environment(SetupError),

    /// Nothing says where the access token comes from.
    #[error("no access token is set; give the builder one, or a provider of tokens, by `tokens`")]
    NoTokens,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            base_url: DEFAULT_BASE_URL.to_owned(),
            tokens: None,
            quota: None,
            observer: Box::new(Nobody),
            jitter: Jitter::random(),
            connect_timeout: DEFAULT_CONNECT_TIMEOUT,
            settings: Settings {
                timeout: DEFAULT_TIMEOUT,
                total_timeout: None,
                retry: Retry::default(),
                batch_size: DEFAULT_BATCH_SIZE,
            },
            http: Box::new(|http| http),
        }
    }
}

impl ClientBuilder {
    /// Sets where the service is: an https URL, or a plain http one on this machine. [`DEFAULT_BASE_URL`], if not set.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// Sets the tenant's host: `gears.opswat.com`, for example.
    pub fn host(self, host: &str) -> Self {
        self.base_url(format!("https://{host}"))
    }

    /// Sets where the access tokens come from: an [`AccessToken`](crate::AccessToken), or another provider.
    pub fn tokens(mut self, tokens: impl TokenProvider + 'static) -> Self {
        self.tokens = Some(Box::new(tokens));
        self
    }

    /// Sets who may send a request when. A [`Pacer`] of the document's rate limit, if not set; [`Unpaced`](crate::Unpaced) for
    /// none. Clients of the same account should share one.
    pub fn quota(mut self, quota: impl Quota + 'static) -> Self {
        self.quota = Some(Box::new(quota));
        self
    }

    /// Sets when a request is repeated.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.settings.retry = retry;
        self
    }

    /// Sets the most devices in one request. 50, if not set.
    pub fn batch_size(mut self, size: NonZeroUsize) -> Self {
        self.settings.batch_size = size;
        self
    }

    /// Sets how long to wait for a connection. 10 s, if not set; and never more than three quarters of the time for an
    /// attempt, so that a request that found no connection is known not to have been sent.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long one attempt may take, from sending it to the end of its answer. 60 s, if not set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// Sets the time after which a call sends nothing more. What is on its way then is waited for, since cutting it off
    /// would leave its devices unknown.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.settings.total_timeout = Some(timeout);
        self
    }

    /// Is told what happens to each request.
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.observer = Box::new(observer);
        self
    }

    /// Sets where the chance in pauses comes from: the same seed gives the same pauses.
    pub fn jitter_seed(mut self, seed: u64) -> Self {
        self.jitter = Jitter::seeded(seed);
        self
    }

    /// Changes the settings of the HTTP client: a proxy, certificates, the user agent. Several changes are made one after the other.
    /// What could carry the token elsewhere (redirects, referrers, hidden retries, verbose logs) is switched off whatever they say.
    pub fn http(
        mut self,
        change: impl FnOnce(HttpSettings) -> HttpSettings + Send + 'static,
    ) -> Self {
        let before = self.http;
        self.http = Box::new(|http| change(before(http)));
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    ///
    /// If the base URL is not one that a token may be sent to, no tokens are set, or there is no usable TLS on this system.
    pub fn build(mut self) -> Result<Client, BuildError> {
        // Each attempt has a timeout of its own, which a call can change.
        let settings = Http::settings_without_timeouts()
            .connect_timeout(self.connect_timeout.min(self.settings.timeout / 4 * 3))
            // A connection carries one request, which has a timeout: probes of a silent one tell nothing sooner.
            .tcp_keepalive(None)
            .tcp_keepalive_interval(None)
            .tcp_keepalive_retries(None)
            .user_agent(concat!("it-access/", env!("CARGO_PKG_VERSION")));
        // Nor does the system end one that the caller lets wait for longer.
        #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
        let settings = settings.tcp_user_timeout(None);
        let change = std::mem::replace(&mut self.http, Box::new(|http| http));
        // A connection that is kept between requests gains nothing at ten requests a minute. One that the service has
        // closed meanwhile would look like a request that was lost on the way.
        let settings = change(settings).pool_max_idle_per_host(0);
        let api =
            it_access_api::Client::new_with_builder(&self.base_url, Credentials::new(), settings)?;
        self.base_url = api.baseurl().to_owned();
        self.over(Box::new(api))
    }

    /// Makes a client whose requests go this way.
    pub(crate) fn over(self, transport: Box<dyn Transport>) -> Result<Client, BuildError> {
        Ok(Client::of(Account {
            base_url: self.base_url,
            transport,
            tokens: self.tokens.ok_or(BuildError::NoTokens)?,
            quota: self.quota.unwrap_or_else(|| Box::new(documented_pacer())),
            observer: self.observer,
            jitter: self.jitter,
            requests: AtomicU64::new(0),
            settings: self.settings,
        }))
    }
}

fn documented_pacer() -> Pacer {
    let limit = Client::rate_limit();
    Pacer::new(limit.limit, limit.window)
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("tokens", &self.tokens)
            .field("quota", &self.quota)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[test]
    fn each_change_of_the_http_settings_is_made() {
        let made = Arc::new(Mutex::new(Vec::new()));
        let note = |name| {
            let made = Arc::clone(&made);
            move |http| {
                made.lock().unwrap().push(name);
                http
            }
        };
        let token: crate::AccessToken = "0123456789".parse().unwrap();
        let client = Client::builder().tokens(token).http(note("a proxy")).http(note("a root"));
        client.build().unwrap();
        assert_eq!(*made.lock().unwrap(), ["a proxy", "a root"]);
    }
}
