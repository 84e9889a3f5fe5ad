//! The state in which a device comes out of a request.

use std::fmt;

use serde::Serialize;

use crate::ActionStatus;

/// The one state in which a device comes out of a request.
///
/// Serde writes its name, and the service's code if it reported one: `{"state":"not_supported","code":-1}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(with = "Form"))]
#[serde(into = "Form")]
pub enum DeviceState {
    /// The service reported a status for the device.
    Reported(ActionStatus),
    /// The service answered, and left the device out. Perhaps applied, perhaps not.
    Unreported,
    /// The answer did not come, could not be read, or contradicts itself. Perhaps applied, perhaps not.
    Unknown,
    /// Certainly not applied: never sent, or refused with the whole request.
    Unprocessed,
}

impl DeviceState {
    /// Whether the action was certainly applied.
    #[must_use]
    pub fn is_applied(self) -> bool {
        self == Self::Reported(ActionStatus::Applied)
    }

    /// Whether nobody can say if the action was applied.
    #[must_use]
    pub fn is_uncertain(self) -> bool {
        matches!(self, Self::Unreported | Self::Unknown)
    }

    /// Which state it is, without the service's code.
    pub(crate) fn kind(self) -> StateKind {
        match self {
            Self::Reported(ActionStatus::Applied) => StateKind::Applied,
            Self::Reported(ActionStatus::Failed) => StateKind::Failed,
            Self::Reported(ActionStatus::NotSupported) => StateKind::NotSupported,
            Self::Reported(ActionStatus::Other(_)) => StateKind::Other,
            Self::Unreported => StateKind::Unreported,
            Self::Unknown => StateKind::Unknown,
            Self::Unprocessed => StateKind::Unprocessed,
        }
    }
}

impl fmt::Display for DeviceState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reported(status) => status.fmt(f),
            Self::Unreported => f.pad("unreported"),
            Self::Unknown => f.pad("unknown"),
            Self::Unprocessed => f.pad("unprocessed"),
        }
    }
}

// Which state it is, without the code of `Other`. No doc comment: it would stand in the JSON Schema.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(inline))]
#[serde(rename_all = "snake_case")]
pub(crate) enum StateKind {
    Applied,
    Failed,
    NotSupported,
    Other,
    Unreported,
    Unknown,
    Unprocessed,
}

/// A state as it is written.
#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct Form {
    state: StateKind,
    /// The service's code, if it reported one.
    code: Option<i64>,
}

impl From<DeviceState> for Form {
    fn from(state: DeviceState) -> Self {
        let code = match state {
            DeviceState::Reported(status) => Some(status.code()),
            _ => None,
        };
        Self { state: state.kind(), code }
    }
}
