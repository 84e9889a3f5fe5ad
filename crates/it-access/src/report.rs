//! What became of all the devices of a request.

use serde::Serialize;

use crate::{ActionStatus, Counts, DeviceId, DeviceState, Targets};

/// What became of each device, in the order of the input: every device that went in stands here once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
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
        self.devices.iter().map(|device| device.state).collect()
    }

    /// Takes the report apart: the devices, and what was not asked for.
    #[must_use]
    pub fn into_parts(self) -> (Vec<DeviceReport>, Vec<UnaskedResult>) {
        (self.devices, self.unasked)
    }

    /// Appends the report of a further request.
    pub fn append(&mut self, next: Self) {
        self.devices.extend(next.devices);
        self.unasked.extend(next.unasked);
    }
}

/// What became of one device. Serde writes `{"id":"device123","state":"applied","code":1}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct DeviceReport {
    /// The device, as it was named in the input.
    pub id: DeviceId,
    /// Its state.
    #[serde(flatten)]
    pub state: DeviceState,
}

/// A result for a device that was not asked for. Serde writes `{"key":"device123","code":1}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct UnaskedResult {
    /// The key of the answer.
    pub key: String,
    /// What the service said of it.
    #[serde(rename = "code")]
    pub status: ActionStatus,
}
