//! What the service said of one device.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What the service said of one device. Source: the vendor's page "Device Action v3.0". Serde reads and writes its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(with = "i64"))]
#[serde(from = "i64", into = "i64")]
pub enum ActionStatus {
    /// The action was applied (1). For `RenewDhcp` and `ReIdentify`: accepted.
    Applied,
    /// The action failed (0).
    Failed,
    /// The action is not supported for this device (-1).
    NotSupported,
    /// A code that the vendor does not document.
    Other(i64),
}

impl ActionStatus {
    /// The code on the wire.
    ///
    /// ```
    /// use it_access::ActionStatus;
    ///
    /// for code in [-1, 0, 1, 7] {
    ///     assert_eq!(ActionStatus::from_code(code).code(), code);
    /// }
    /// ```
    #[must_use]
    pub fn code(self) -> i64 {
        match self {
            Self::Applied => 1,
            Self::Failed => 0,
            Self::NotSupported => -1,
            Self::Other(code) => code,
        }
    }

    /// The status of a code on the wire.
    #[must_use]
    pub fn from_code(code: i64) -> Self {
        match code {
            1 => Self::Applied,
            0 => Self::Failed,
            -1 => Self::NotSupported,
            other => Self::Other(other),
        }
    }
}

impl From<i64> for ActionStatus {
    fn from(code: i64) -> Self {
        Self::from_code(code)
    }
}

impl From<ActionStatus> for i64 {
    fn from(status: ActionStatus) -> Self {
        status.code()
    }
}

impl fmt::Display for ActionStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Applied => f.pad("applied"),
            Self::Failed => f.pad("failed"),
            Self::NotSupported => f.pad("not supported"),
            Self::Other(code) => f.pad(&format!("other ({code})")),
        }
    }
}
