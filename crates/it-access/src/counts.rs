//! How many devices are in which state.

use std::fmt;

use serde::Serialize;

use crate::{DeviceState, device_state::StateKind};

/// How many devices are in which state. The counts add up to the input. Serde writes them, and first their `total`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(with = "Form"))]
#[serde(into = "Form")]
#[non_exhaustive]
pub struct Counts {
    /// Devices that the action was applied to.
    pub applied: usize,
    /// Devices for which it failed.
    pub failed: usize,
    /// Devices for which it is not supported.
    pub not_supported: usize,
    /// Devices with a code that the vendor does not document.
    pub other: usize,
    /// Devices that the answer left out.
    pub unreported: usize,
    /// Devices that the action was perhaps applied to.
    pub unknown: usize,
    /// Devices that the action was certainly not applied to.
    pub unprocessed: usize,
}

impl Counts {
    /// The number of devices in all.
    #[must_use]
    pub fn total(&self) -> usize {
        self.by_name().map(|(_, count)| count).iter().sum()
    }

    fn of(&mut self, state: DeviceState) -> &mut usize {
        match state.kind() {
            StateKind::Applied => &mut self.applied,
            StateKind::Failed => &mut self.failed,
            StateKind::NotSupported => &mut self.not_supported,
            StateKind::Other => &mut self.other,
            StateKind::Unreported => &mut self.unreported,
            StateKind::Unknown => &mut self.unknown,
            StateKind::Unprocessed => &mut self.unprocessed,
        }
    }

    fn by_name(&self) -> [(&'static str, usize); 7] {
        [
            ("applied", self.applied),
            ("failed", self.failed),
            ("not supported", self.not_supported),
            ("other", self.other),
            ("unreported", self.unreported),
            ("unknown", self.unknown),
            ("unprocessed", self.unprocessed),
        ]
    }
}

impl FromIterator<DeviceState> for Counts {
    fn from_iter<I: IntoIterator<Item = DeviceState>>(states: I) -> Self {
        let mut counts = Self::default();
        for state in states {
            *counts.of(state) += 1;
        }
        counts
    }
}

impl fmt::Display for Counts {
    /// The total and what it is made of: `3 devices: 1 applied, 1 failed, 1 not supported`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.total();
        write!(f, "{total} {}", if total == 1 { "device" } else { "devices" })?;
        let parts = self.by_name().into_iter().filter(|(_, count)| *count > 0);
        for (index, (name, count)) in parts.enumerate() {
            write!(f, "{} {count} {name}", if index == 0 { ":" } else { "," })?;
        }
        Ok(())
    }
}

/// The counts as they are written.
#[derive(Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
struct Form {
    total: usize,
    applied: usize,
    failed: usize,
    not_supported: usize,
    other: usize,
    unreported: usize,
    unknown: usize,
    unprocessed: usize,
}

impl From<Counts> for Form {
    fn from(counts: Counts) -> Self {
        let total = counts.total();
        let Counts { applied, failed, not_supported, other, unreported, unknown, unprocessed } =
            counts;
        Self { total, applied, failed, not_supported, other, unreported, unknown, unprocessed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ActionStatus;

    #[test]
    fn counts_add_up_and_read_well() {
        let states = [
            DeviceState::Reported(ActionStatus::Applied),
            DeviceState::Reported(ActionStatus::Failed),
            DeviceState::Reported(ActionStatus::NotSupported),
            DeviceState::Reported(ActionStatus::Other(7)),
            DeviceState::Unreported,
            DeviceState::Unknown,
            DeviceState::Unprocessed,
        ];
        let counts: Counts = states.into_iter().collect();
        assert_eq!(counts.total(), states.len());
        assert_eq!(
            counts.to_string(),
            "7 devices: 1 applied, 1 failed, 1 not supported, 1 other, 1 unreported, 1 unknown, \
             1 unprocessed"
        );
        assert_eq!(Counts::default().to_string(), "0 devices");
        assert_eq!(Counts { applied: 1, ..Counts::default() }.to_string(), "1 device: 1 applied");
    }
}
