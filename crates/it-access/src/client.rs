//! The client of an account, and its eight verbs.

use std::{
    env,
    num::NonZeroUsize,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use it_access_api::{Answer, RateLimit, SetupError, operations, servers};
use tokio::time::Instant;

use crate::{
    AccessToken, ActionReport, BuildError, Bulk, ClientBuilder, DeviceAction, EnvironmentToken,
    Error, ExemptFor, GroupId, Observer, Quota, Retry, StopHandle, Targets, TokenProvider,
    jitter::Jitter,
    journal::NoJournal,
    request::{Limits, Request},
    transport::Transport,
};

/// The vendor's own service. Some tenants have a host of their own.
pub const DEFAULT_BASE_URL: &str = servers::DEFAULT;

/// A client of one account. Its clones share the account's quota, and so should all that use the same account.
///
/// Each verb splits its targets into requests, keeps to the quota, repeats what may be repeated, and reports every device
/// in exactly one state: see [`Bulk`].
///
/// # Examples
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use it_access::{Client, ExemptFor, Targets};
/// # let service = it_access_sim::Service::new(it_access_sim::Fleet::example(), "example-token")
/// #     .listen("127.0.0.1:0".parse()?).await?;
/// # let (base_url, token) = (service.base_url(), "example-token");
///
/// let client = Client::with_base_url(&base_url, token.parse()?)?;
/// let targets = Targets::hwids(["device123", "device789"])?;
/// let report = client.exempt(&targets, ExemptFor::hours(60)?).await?;
/// assert_eq!(report.counts().to_string(), "2 devices: 1 applied, 1 not supported");
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Client {
    account: Arc<Account>,
}

/// What the requests of a client share.
#[derive(Debug)]
pub(crate) struct Account {
    pub(crate) base_url: String,
    pub(crate) transport: Box<dyn Transport>,
    pub(crate) tokens: Box<dyn TokenProvider>,
    pub(crate) quota: Box<dyn Quota>,
    pub(crate) observer: Box<dyn Observer>,
    pub(crate) jitter: Jitter,
    pub(crate) requests: AtomicU64,
    pub(crate) settings: Settings,
}

/// What holds for each request, unless a call says otherwise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) timeout: Duration,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) retry: Retry,
    pub(crate) batch_size: NonZeroUsize,
}

impl Client {
    /// Makes a client of the vendor's service at [`DEFAULT_BASE_URL`].
    ///
    /// # Errors
    ///
    /// If there is no usable TLS on this system.
    pub fn new(token: AccessToken) -> Result<Self, SetupError> {
        Self::with_base_url(DEFAULT_BASE_URL, token)
    }

    /// Makes a client of a tenant's service: at an https URL, or at a plain http one on this machine.
    ///
    /// # Errors
    ///
    /// If the base URL is not one that a token may be sent to, or there is no usable TLS on this system.
    pub fn with_base_url(base_url: &str, token: AccessToken) -> Result<Self, SetupError> {
        Self::builder().base_url(base_url).tokens(token).build().map_err(|error| match error {
            BuildError::Setup(error) | BuildError::Environment(error) => error,
            BuildError::NoTokens => unreachable!("a token is set"),
        })
    }

    /// Makes a client from the environment: the token from `IT_ACCESS_TOKEN`, which is read anew for each request, and the base
    /// URL from `IT_ACCESS_BASE_URL`. That one may be unset: then it is [`DEFAULT_BASE_URL`].
    ///
    /// # Errors
    ///
    /// If the base URL is not one that a token may be sent to, or there is no usable TLS on this system. A token that is
    /// missing is told by the first request.
    pub fn from_environment() -> Result<Self, BuildError> {
        let builder = Self::builder().tokens(EnvironmentToken::new("IT_ACCESS_TOKEN"));
        let Some(base_url) = env::var_os("IT_ACCESS_BASE_URL") else { return builder.build() };
        // What is no text is no URL either, and is refused as such.
        builder.base_url(base_url.to_string_lossy()).build().map_err(|error| match error {
            BuildError::Setup(error) => BuildError::Environment(error),
            other => other,
        })
    }

    /// Sets up a client in every detail.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    pub(crate) fn of(account: Account) -> Self {
        Self { account: Arc::new(account) }
    }

    /// How many requests the service takes, by the document.
    #[must_use]
    pub fn rate_limit() -> RateLimit {
        const { operations::DEVICE_ACTION.rate_limit.expect("the document declares one") }
    }

    /// The base URL, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.account.base_url()
    }

    pub(crate) fn account(&self) -> &Account {
        &self.account
    }

    /// Applies one action to all targets, in one request, and gives back the answer as it came beside what was read of it.
    ///
    /// The verbs and [`Client::act`] split long lists; this does not. The vendor documents no limit of the devices in one
    /// request; 50 is known to be safe with a sibling API.
    ///
    /// # Errors
    ///
    /// If the request fails as a whole, after it was repeated as far as that is allowed. What became of single devices is in
    /// the report.
    pub async fn request(
        &self,
        action: &DeviceAction,
        targets: &Targets,
    ) -> Result<(ActionReport, Answer), Error> {
        let (stop, is_on_its_way) = (StopHandle::default(), AtomicBool::new(false));
        let account = self.account();
        let Settings { timeout, retry, total_timeout, .. } = account.settings;
        let deadline = Limits::deadline(Instant::now(), total_timeout);
        let limits = Limits { timeout, deadline, waits: true, retry };
        let request = Request {
            account,
            action,
            targets,
            limits,
            stop: &stop,
            journal: &NoJournal,
            is_on_its_way: &is_on_its_way,
        };
        let (report, answer) = request.perform().await?;
        let (states, unasked) = report.into_parts();
        Ok((ActionReport::new(targets, states, unasked), answer))
    }

    /// Applies one action to all targets, in as many requests as that takes.
    ///
    /// Await it for the whole report, or take its [`Bulk::outcomes`] as they come.
    pub fn act(&self, action: DeviceAction, targets: &Targets) -> Bulk {
        Bulk::new(self.clone(), action, targets.clone())
    }

    /// Exempts devices from the policy checks, for some hours or forever.
    pub fn exempt(&self, targets: &Targets, time: ExemptFor) -> Bulk {
        self.act(DeviceAction::Exempt(time), targets)
    }

    /// Ends an exemption.
    pub fn unexempt(&self, targets: &Targets) -> Bulk {
        self.act(DeviceAction::Unexempt, targets)
    }

    /// Ignores unknown devices.
    pub fn ignore(&self, targets: &Targets) -> Bulk {
        self.act(DeviceAction::Ignore, targets)
    }

    /// Undoes [`Client::ignore`].
    pub fn unignore(&self, targets: &Targets) -> Bulk {
        self.act(DeviceAction::Unignore, targets)
    }

    /// Deletes devices from the account.
    pub fn delete(&self, targets: &Targets) -> Bulk {
        self.act(DeviceAction::Delete, targets)
    }

    /// Makes the agents renew their DHCP lease. `Applied` means accepted.
    pub fn renew_dhcp(&self, targets: &Targets) -> Bulk {
        self.act(DeviceAction::RenewDhcp, targets)
    }

    /// Makes the agents identify their devices anew. `Applied` means accepted.
    pub fn re_identify(&self, targets: &Targets) -> Bulk {
        self.act(DeviceAction::ReIdentify, targets)
    }

    /// Assigns devices to a group.
    pub fn assign_to_group(&self, targets: &Targets, group: GroupId) -> Bulk {
        self.act(DeviceAction::AssignToGroup(group), targets)
    }
}

impl Account {
    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        &*self.transport
    }

    pub(crate) fn tokens(&self) -> &dyn TokenProvider {
        &*self.tokens
    }

    pub(crate) fn quota(&self) -> &dyn Quota {
        &*self.quota
    }

    pub(crate) fn observer(&self) -> &dyn Observer {
        &*self.observer
    }

    pub(crate) fn jitter(&self) -> &Jitter {
        &self.jitter
    }

    /// The length of the service's window.
    pub(crate) fn window(&self) -> Duration {
        Client::rate_limit().window
    }

    /// The number of the next request, from 1.
    pub(crate) fn next_number(&self) -> u64 {
        self.requests.fetch_add(1, Ordering::Relaxed) + 1
    }
}
