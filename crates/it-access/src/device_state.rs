//! The state in which a device comes out of a request.

use std::fmt;

use crate::ActionStatus;

/// The one state in which a device comes out of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
