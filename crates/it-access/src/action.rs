//! The eight actions.

use std::fmt;

use crate::{ExemptFor, GroupId};

/// What to do with the devices. Source: the vendor's page "Device Action v3.0".
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum DeviceAction {
    /// Exempts devices from the policy checks. For all but unknown, ignored and out-of-license devices.
    Exempt(ExemptFor),
    /// Ends an exemption. For all but unknown, ignored and out-of-license devices.
    Unexempt,
    /// Ignores unknown devices.
    Ignore,
    /// Undoes [`Ignore`](Self::Ignore), for ignored devices.
    Unignore,
    /// Deletes devices from the account. For all devices.
    Delete,
    /// Makes the agent renew the device's DHCP lease. For devices with a persistent agent. The wire's `dhcprenew`.
    ///
    /// `Applied` means that the service has accepted it, not that the agent is done.
    RenewDhcp,
    /// Makes the agent identify the device anew. For all but unknown, ignored and out-of-license devices. The wire's
    /// `re-identify`.
    ///
    /// `Applied` means that the service has accepted it, not that the agent is done.
    ReIdentify,
    /// Assigns devices to a group. For all but devices with the domain-controller agent.
    AssignToGroup(GroupId),
}

impl DeviceAction {
    /// Whether doing it twice comes to the same as doing it once. What is deleted may have been enrolled again in between,
    /// and an agent does once more what it is told once more.
    #[must_use]
    pub fn converges(&self) -> bool {
        !matches!(self, Self::Delete | Self::RenewDhcp | Self::ReIdentify)
    }
}

impl fmt::Display for DeviceAction {
    /// The action as a person reads it: `exempt for 60 hours`, `assign to group finance`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exempt(time) => write!(f, "exempt {time}"),
            Self::Unexempt => f.write_str("unexempt"),
            Self::Ignore => f.write_str("ignore"),
            Self::Unignore => f.write_str("unignore"),
            Self::Delete => f.write_str("delete"),
            Self::RenewDhcp => f.write_str("renew DHCP lease"),
            Self::ReIdentify => f.write_str("re-identify"),
            Self::AssignToGroup(group) => write!(f, "assign to group {group}"),
        }
    }
}
