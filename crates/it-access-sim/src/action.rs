//! The eight actions, and their names on the wire.

use std::fmt;

use crate::{DEFAULT_GROUP, Exemption};

/// Names one of the eight actions of version 3.0 (vendor's page "Device Action v3.0").
///
/// It is displayed as on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionName {
    /// Exempts devices from the policy checks.
    Exempt,
    /// Ends an exemption.
    Unexempt,
    /// Ignores unknown devices.
    Ignore,
    /// Undoes `ignore`.
    Unignore,
    /// Deletes devices from the account.
    Delete,
    /// Makes agents renew their DHCP lease.
    RenewDhcp,
    /// Makes agents identify their devices anew.
    ReIdentify,
    /// Assigns devices to a group.
    AssignToGroup,
}

impl ActionName {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Exempt,
        Self::Unexempt,
        Self::Ignore,
        Self::Unignore,
        Self::Delete,
        Self::RenewDhcp,
        Self::ReIdentify,
        Self::AssignToGroup,
    ];

    /// Returns the value of `types` for this action.
    #[must_use]
    pub fn wire_name(self) -> &'static str {
        match self {
            Self::Exempt => "exempt",
            Self::Unexempt => "unexempt",
            Self::Ignore => "ignore",
            Self::Unignore => "unignore",
            Self::Delete => "delete",
            Self::RenewDhcp => "dhcprenew",
            Self::ReIdentify => "re-identify",
            Self::AssignToGroup => "assign_to_group",
        }
    }

    pub(crate) fn from_wire(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.wire_name() == name)
    }
}

impl fmt::Display for ActionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.wire_name())
    }
}

/// One action, with what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    Exempt(Exemption),
    Unexempt,
    Ignore,
    Unignore,
    Delete,
    RenewDhcp,
    ReIdentify,
    AssignToGroup(String),
}

/// The `params` of a request, each of which may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Params {
    /// Hours, where 0 is forever.
    pub(crate) exempt_time: Option<u16>,
    pub(crate) group_id: Option<String>,
}

impl Action {
    /// Joins an action with its parameters.
    ///
    /// What is missing in the parameters gets the vendor's default, and what the action does not
    /// need is ignored.
    pub(crate) fn new(name: ActionName, params: Params) -> Self {
        match name {
            ActionName::Exempt => {
                Self::Exempt(Exemption::from_hours(params.exempt_time.unwrap_or(0)))
            }
            ActionName::Unexempt => Self::Unexempt,
            ActionName::Ignore => Self::Ignore,
            ActionName::Unignore => Self::Unignore,
            ActionName::Delete => Self::Delete,
            ActionName::RenewDhcp => Self::RenewDhcp,
            ActionName::ReIdentify => Self::ReIdentify,
            ActionName::AssignToGroup => {
                Self::AssignToGroup(params.group_id.unwrap_or_else(|| DEFAULT_GROUP.to_owned()))
            }
        }
    }

    pub(crate) fn name(&self) -> ActionName {
        match self {
            Self::Exempt(_) => ActionName::Exempt,
            Self::Unexempt => ActionName::Unexempt,
            Self::Ignore => ActionName::Ignore,
            Self::Unignore => ActionName::Unignore,
            Self::Delete => ActionName::Delete,
            Self::RenewDhcp => ActionName::RenewDhcp,
            Self::ReIdentify => ActionName::ReIdentify,
            Self::AssignToGroup(_) => ActionName::AssignToGroup,
        }
    }
}
