//! What became of all the devices of a request.

use std::fmt;

use crate::{ActionStatus, DeviceId, DeviceState, Targets};

/// What became of each device, in the order of the input: every device that went in stands here once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ActionReport {
    devices: Vec<DeviceReport>,
    unasked: Vec<UnaskedResult>,
}

impl ActionReport {
    pub(crate) fn new(devices: Vec<DeviceReport>, unasked: Vec<UnaskedResult>) -> Self {
        Self { devices, unasked }
    }

    /// Reports the same state for every target: what a failed request comes to.
    #[must_use]
    pub fn uniform(targets: &Targets, state: DeviceState) -> Self {
        let devices = targets.iter().map(|id| DeviceReport { id, state }).collect();
        Self { devices, unasked: Vec::new() }
    }

    /// Each device and its state, in the order of the input.
    #[must_use]
    pub fn devices(&self) -> &[DeviceReport] {
        &self.devices
    }

    /// Results that the service sent for devices that were not asked for.
    #[must_use]
    pub fn unasked(&self) -> &[UnaskedResult] {
        &self.unasked
    }

    /// How many devices are in which state.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for device in &self.devices {
            *counts.of(device.state) += 1;
        }
        counts
    }

    /// Appends the report of a further request.
    pub fn append(&mut self, next: Self) {
        self.devices.extend(next.devices);
        self.unasked.extend(next.unasked);
    }
}

/// What became of one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceReport {
    /// The device, as it was named in the input.
    pub id: DeviceId,
    /// Its state.
    pub state: DeviceState,
}

/// A result for a device that was not asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnaskedResult {
    /// The key of the answer.
    pub key: String,
    /// What the service said of it.
    pub status: ActionStatus,
}

/// How many devices are in which state. The counts add up to the input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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
        match state {
            DeviceState::Reported(ActionStatus::Applied) => &mut self.applied,
            DeviceState::Reported(ActionStatus::Failed) => &mut self.failed,
            DeviceState::Reported(ActionStatus::NotSupported) => &mut self.not_supported,
            DeviceState::Reported(ActionStatus::Other(_)) => &mut self.other,
            DeviceState::Unreported => &mut self.unreported,
            DeviceState::Unknown => &mut self.unknown,
            DeviceState::Unprocessed => &mut self.unprocessed,
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

#[cfg(test)]
mod tests {
    use super::*;

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
        let mut report = ActionReport::default();
        for (index, state) in states.into_iter().enumerate() {
            let targets = Targets::hwids([format!("device{index}")]).unwrap();
            report.append(ActionReport::uniform(&targets, state));
        }

        let counts = report.counts();
        assert_eq!(counts.total(), report.devices().len());
        assert_eq!(
            counts.to_string(),
            "7 devices: 1 applied, 1 failed, 1 not supported, 1 other, 1 unreported, 1 unknown, \
             1 unprocessed"
        );
        assert_eq!(Counts::default().to_string(), "0 devices");
        assert_eq!(Counts { applied: 1, ..Counts::default() }.to_string(), "1 device: 1 applied");
    }
}
