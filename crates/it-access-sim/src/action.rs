//! The eight actions, and their names on the wire.

use crate::{DEFAULT_GROUP, Exemption};

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
    /// Reads the value of `types`; `None` if it names no action.
    ///
    /// What is missing in the parameters gets the vendor's default, and what the action does not
    /// need is ignored.
    pub(crate) fn from_wire(name: &str, params: Params) -> Option<Self> {
        Some(match name {
            "exempt" => Self::Exempt(Exemption::from_hours(params.exempt_time.unwrap_or(0))),
            "unexempt" => Self::Unexempt,
            "ignore" => Self::Ignore,
            "unignore" => Self::Unignore,
            "delete" => Self::Delete,
            "dhcprenew" => Self::RenewDhcp,
            "re-identify" => Self::ReIdentify,
            "assign_to_group" => {
                Self::AssignToGroup(params.group_id.unwrap_or_else(|| DEFAULT_GROUP.to_owned()))
            }
            _ => return None,
        })
    }
}
