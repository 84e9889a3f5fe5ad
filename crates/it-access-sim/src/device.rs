//! What the simulated service knows of a device: the facts that the documented rules ask for.

use std::num::NonZero;
use std::sync::Arc;
use std::time::Duration;

use crate::MacAddress;

/// Names the group that a device is in unless it was assigned to another.
///
/// The vendor's page "Device Action v3.0" gives it as the default of `group_id`.
pub const DEFAULT_GROUP: &str = "default";

/// Holds one device of the simulated account.
///
/// Standing and agent are independent facts, because the vendor's rules ask for one or the other
/// and never for both (page "Device Action v3.0").
///
/// ```
/// use it_access_sim::{Agent, Device, Exemption, Standing};
///
/// let device = Device::new("kiosk-001")
///     .with_mac_address([0x00, 0x0c, 0x29, 0xcd, 0xc7, 0xb2])
///     .with_agent(Agent::OnDemand)
///     .with_group("lobby")
///     .with_exemption(Exemption::from_hours(60));
/// assert_eq!(device.standing(), Standing::Managed);
/// assert_eq!(device.exemption(), Some(Exemption::from_hours(60)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    hwid: Arc<str>,
    mac_addresses: Vec<MacAddress>,
    pub(crate) standing: Standing,
    agent: Option<Agent>,
    pub(crate) group: String,
    exemption: Option<Exemption>,
    /// When an exemption for hours is over, from the simulator's start.
    exempt_until: Option<Duration>,
}

impl Device {
    /// Describes a managed device with a persistent agent, in the default group, without MAC
    /// address or exemption.
    ///
    /// The HWID is opaque, and its case is kept.
    ///
    /// # Panics
    ///
    /// If the HWID is empty: no request can name such a device.
    pub fn new(hwid: impl Into<Arc<str>>) -> Self {
        let hwid = hwid.into();
        assert!(!hwid.is_empty(), "a device needs a HWID");
        Self {
            hwid,
            mac_addresses: Vec::new(),
            standing: Standing::Managed,
            agent: Some(Agent::Persistent),
            group: DEFAULT_GROUP.to_owned(),
            exemption: None,
            exempt_until: None,
        }
    }

    /// Adds a MAC address; one that the device has already is not added again.
    #[must_use]
    pub fn with_mac_address(mut self, address: impl Into<MacAddress>) -> Self {
        let address = address.into();
        if !self.mac_addresses.contains(&address) {
            self.mac_addresses.push(address);
        }
        self
    }

    /// Sets how the account regards the device.
    #[must_use]
    pub fn with_standing(mut self, standing: Standing) -> Self {
        self.standing = standing;
        self
    }

    /// Sets the agent that runs on the device.
    #[must_use]
    pub fn with_agent(mut self, agent: Agent) -> Self {
        self.agent = Some(agent);
        self
    }

    /// Takes the agent away.
    #[must_use]
    pub fn without_agent(mut self) -> Self {
        self.agent = None;
        self
    }

    /// Sets the id of the group that the device is in.
    #[must_use]
    pub fn with_group(mut self, group: impl Into<String>) -> Self {
        self.group = group.into();
        self
    }

    /// Exempts the device from the policy checks; hours count from the simulator's start.
    ///
    /// # Panics
    ///
    /// If it is for more than [`Exemption::MAX_HOURS`]: no request can exempt a device for so long.
    #[must_use]
    pub fn with_exemption(mut self, exemption: Exemption) -> Self {
        if let Exemption::Hours(hours) = exemption {
            let most = Exemption::MAX_HOURS;
            assert!(hours.get() <= most, "an exemption has {most} hours at most");
        }
        self.exempt(exemption, Duration::ZERO);
        self
    }

    /// Returns the HWID.
    pub fn hwid(&self) -> &str {
        &self.hwid
    }

    pub(crate) fn shared_hwid(&self) -> Arc<str> {
        Arc::clone(&self.hwid)
    }

    /// Returns the MAC addresses, in the order in which they were added.
    pub fn mac_addresses(&self) -> &[MacAddress] {
        &self.mac_addresses
    }

    /// Returns how the account regards the device.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// Returns the agent on the device, or `None` if there is none.
    pub fn agent(&self) -> Option<Agent> {
        self.agent
    }

    /// Returns the id of the device's group.
    pub fn group(&self) -> &str {
        &self.group
    }

    /// Returns the exemption that the device has, as it was given, or `None` if there is none, or
    /// it was ended or has run out.
    pub fn exemption(&self) -> Option<Exemption> {
        self.exemption
    }

    /// Returns when an exemption for hours runs out, from the simulator's start.
    pub fn exempt_until(&self) -> Option<Duration> {
        self.exempt_until
    }

    /// Exempts the device from now on, in place of any exemption that it has.
    pub(crate) fn exempt(&mut self, exemption: Exemption, now: Duration) {
        self.exemption = Some(exemption);
        self.exempt_until = match exemption {
            Exemption::Hours(hours) => {
                Some(now + Duration::from_secs(u64::from(hours.get()) * 60 * 60))
            }
            Exemption::Forever => None,
        };
    }

    pub(crate) fn end_exemption(&mut self) {
        self.exemption = None;
        self.exempt_until = None;
    }

    /// Ends an exemption that has run out.
    pub(crate) fn pass_time(&mut self, now: Duration) {
        if self.exempt_until.is_some_and(|end| end <= now) {
            self.end_exemption();
        }
    }
}

/// Tells how the account regards a device.
///
/// The vendor's page "Device Action v3.0" names the last three; what is none of them is called
/// managed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Enrolled in the account and licensed.
    Managed,
    /// Seen, but not enrolled.
    Unknown,
    /// An unknown device that somebody chose to ignore.
    Ignored,
    /// Enrolled, but the license does not cover it.
    OutOfLicense,
}

/// Tells which agent runs on a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Agent {
    /// Installed, and running all the time.
    Persistent,
    /// Running only while somebody needs it; also called dissolvable.
    OnDemand,
    /// The agent for domain controllers.
    ///
    /// Whether the vendor counts it as persistent is open. Our reading: no, because the vendor's
    /// page "Device Action v3.0" names it as an agent of its own. So `dhcprenew` is not supported
    /// for it.
    DomainController,
}

/// Tells how long a device is exempt from the policy checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Exemption {
    /// For so many hours from when it was given, [`MAX_HOURS`](Self::MAX_HOURS) at most.
    Hours(NonZero<u16>),
    /// Until it is ended.
    Forever,
}

impl Exemption {
    /// The most hours of an exemption: the vendor's page "Device Action v3.0" wants less than 65000.
    pub const MAX_HOURS: u16 = 64_999;

    /// Reads the hours as the service reads `exempt_time`: 0 is forever (vendor's page "Device
    /// Action v3.0").
    ///
    /// ```
    /// use it_access_sim::Exemption;
    ///
    /// assert_eq!(Exemption::from_hours(0), Exemption::Forever);
    /// assert_ne!(Exemption::from_hours(1), Exemption::Forever);
    /// ```
    pub fn from_hours(hours: u16) -> Self {
        NonZero::new(hours).map_or(Self::Forever, Self::Hours)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[should_panic(expected = "a device needs a HWID")]
    fn a_device_without_a_hwid_is_refused() {
        let _ = Device::new("");
    }

    #[test]
    #[should_panic(expected = "an exemption has 64999 hours at most")]
    fn an_exemption_for_longer_than_any_request_asks_for_is_refused() {
        let _ = Device::new("a").with_exemption(Exemption::from_hours(Exemption::MAX_HOURS + 1));
    }
}
