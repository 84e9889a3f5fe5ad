//! The client: one request, one report.

use it_access_api::{ClientInfo, RateLimit, SetupError, operations, servers};
use it_access_runtime::Http;

use crate::{AccessToken, ActionReport, DeviceAction, Error, ExemptFor, GroupId, Targets, wire};

/// The vendor's own service. Some tenants have a host of their own.
pub const DEFAULT_BASE_URL: &str = servers::DEFAULT;

/// A client of one account.
///
/// Each call is one request to a service that takes ten a minute from the whole account; see the crate's page for what
/// this edition does not do yet.
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
    api: it_access_api::Client,
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
        // A connection that is kept between requests gains nothing at ten requests a minute. One that the service has
        // closed meanwhile would look like a request that was lost on the way.
        let settings = Http::settings().pool_max_idle_per_host(0);
        let credentials = token.into_credentials();
        it_access_api::Client::new_with_builder(base_url, credentials, settings)
            .map(|api| Self { api })
    }

    /// How many requests the service takes, by the document.
    #[must_use]
    pub fn rate_limit() -> Option<RateLimit> {
        operations::DEVICE_ACTION.rate_limit
    }

    /// The base URL, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.api.baseurl()
    }

    /// Applies one action to all targets, in one request.
    ///
    /// The vendor documents no limit of the devices in one request; 50 is known to be safe with a sibling API.
    ///
    /// # Errors
    ///
    /// If the request fails as a whole. What became of single devices is in the report.
    pub async fn act(
        &self,
        action: &DeviceAction,
        targets: &Targets,
    ) -> Result<ActionReport, Error> {
        tracing::debug!(base_url = self.base_url(), %action, devices = targets.len(), "sending");
        let result = self.send(action, targets).await;
        match &result {
            Ok(report) => tracing::debug!(counts = %report.counts(), "answered"),
            Err(error) => tracing::debug!(%error, "failed"),
        }
        result
    }

    async fn send(&self, action: &DeviceAction, targets: &Targets) -> Result<ActionReport, Error> {
        let request = wire::request(action, targets)
            .map_err(|error| Error::invalid(self.base_url(), error))?;
        match self.api.device_action(&request).await {
            Ok(answer) => Ok(wire::report(targets, answer.into_inner())),
            Err(error) => Err(Error::from_api(self.base_url(), error).await),
        }
    }

    /// Exempts devices from the policy checks, for some hours or forever.
    ///
    /// # Errors
    ///
    /// If the request fails as a whole, as with [`Client::act`].
    pub async fn exempt(&self, targets: &Targets, time: ExemptFor) -> Result<ActionReport, Error> {
        self.act(&DeviceAction::Exempt(time), targets).await
    }

    /// Ends an exemption.
    ///
    /// # Errors
    ///
    /// If the request fails as a whole, as with [`Client::act`].
    pub async fn unexempt(&self, targets: &Targets) -> Result<ActionReport, Error> {
        self.act(&DeviceAction::Unexempt, targets).await
    }

    /// Ignores unknown devices.
    ///
    /// # Errors
    ///
    /// If the request fails as a whole, as with [`Client::act`].
    pub async fn ignore(&self, targets: &Targets) -> Result<ActionReport, Error> {
        self.act(&DeviceAction::Ignore, targets).await
    }

    /// Undoes [`Client::ignore`].
    ///
    /// # Errors
    ///
    /// If the request fails as a whole, as with [`Client::act`].
    pub async fn unignore(&self, targets: &Targets) -> Result<ActionReport, Error> {
        self.act(&DeviceAction::Unignore, targets).await
    }

    /// Deletes devices from the account.
    ///
    /// # Errors
    ///
    /// If the request fails as a whole, as with [`Client::act`].
    pub async fn delete(&self, targets: &Targets) -> Result<ActionReport, Error> {
        self.act(&DeviceAction::Delete, targets).await
    }

    /// Makes the agents renew their DHCP lease. `Applied` means accepted.
    ///
    /// # Errors
    ///
    /// If the request fails as a whole, as with [`Client::act`].
    pub async fn renew_dhcp(&self, targets: &Targets) -> Result<ActionReport, Error> {
        self.act(&DeviceAction::RenewDhcp, targets).await
    }

    /// Makes the agents identify their devices anew. `Applied` means accepted.
    ///
    /// # Errors
    ///
    /// If the request fails as a whole, as with [`Client::act`].
    pub async fn re_identify(&self, targets: &Targets) -> Result<ActionReport, Error> {
        self.act(&DeviceAction::ReIdentify, targets).await
    }

    /// Assigns devices to a group.
    ///
    /// # Errors
    ///
    /// If the request fails as a whole, as with [`Client::act`].
    pub async fn assign_to_group(
        &self,
        targets: &Targets,
        group: GroupId,
    ) -> Result<ActionReport, Error> {
        self.act(&DeviceAction::AssignToGroup(group), targets).await
    }
}
