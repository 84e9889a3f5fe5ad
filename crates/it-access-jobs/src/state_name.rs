//! The states of devices by name.

use std::{fmt, str::FromStr};

use it_access::{ActionStatus, DeviceState};

/// The name of a [`DeviceState`], as reports write it and filters read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StateName {
    /// The action was applied.
    Applied,
    /// It failed.
    Failed,
    /// It is not supported for the device.
    NotSupported,
    /// The service reported a code that the vendor does not document.
    Other,
    /// The answer left the device out.
    Unreported,
    /// Perhaps applied.
    Unknown,
    /// Certainly not applied.
    Unprocessed,
}

/// A text that names no state.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no state; choose applied, failed, not_supported, other, unreported, unknown or unprocessed"
)]
pub struct UnknownState(String);

impl StateName {
    /// All of them, from the best to the worst known.
    pub const ALL: [Self; 7] = [
        Self::Applied,
        Self::Failed,
        Self::NotSupported,
        Self::Other,
        Self::Unreported,
        Self::Unknown,
        Self::Unprocessed,
    ];

    /// The name as it is written.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Failed => "failed",
            Self::NotSupported => "not_supported",
            Self::Other => "other",
            Self::Unreported => "unreported",
            Self::Unknown => "unknown",
            Self::Unprocessed => "unprocessed",
        }
    }
}

impl From<DeviceState> for StateName {
    fn from(state: DeviceState) -> Self {
        match state {
            DeviceState::Reported(ActionStatus::Applied) => Self::Applied,
            DeviceState::Reported(ActionStatus::Failed) => Self::Failed,
            DeviceState::Reported(ActionStatus::NotSupported) => Self::NotSupported,
            DeviceState::Reported(ActionStatus::Other(_)) => Self::Other,
            DeviceState::Unreported => Self::Unreported,
            DeviceState::Unknown => Self::Unknown,
            DeviceState::Unprocessed => Self::Unprocessed,
        }
    }
}

impl FromStr for StateName {
    type Err = UnknownState;

    /// Reads `not_supported`, and `not-supported` too.
    fn from_str(text: &str) -> Result<Self, UnknownState> {
        let name = text.replace('-', "_");
        Self::ALL
            .into_iter()
            .find(|state| state.as_str() == name)
            .ok_or_else(|| UnknownState(text.to_owned()))
    }
}

impl fmt::Display for StateName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
