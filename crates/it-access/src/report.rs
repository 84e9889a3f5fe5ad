//! What became of the devices of a request, and of those of several.

use std::iter;

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
    /// Reports the same state for every target: what a failed request comes to.
    #[must_use]
    pub fn uniform(targets: &Targets, state: DeviceState) -> Self {
        Self::new(targets, iter::repeat(state), Vec::new())
    }

    /// Reports a state for each target, in their order.
    pub(crate) fn new(
        targets: &Targets,
        states: impl IntoIterator<Item = DeviceState>,
        unasked: Vec<UnaskedResult>,
    ) -> Self {
        let devices = targets.iter().zip(states).map(|(id, state)| DeviceReport { id, state });
        Self { devices: devices.collect(), unasked }
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
}

/// What became of the targets of one request, as a [`Journal`](crate::Journal) is told it: their states, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestReport {
    states: Vec<DeviceState>,
    unasked: Vec<UnaskedResult>,
}

impl RequestReport {
    pub(crate) fn new(states: Vec<DeviceState>, unasked: Vec<UnaskedResult>) -> Self {
        Self { states, unasked }
    }

    /// The state of each target.
    #[must_use]
    pub fn states(&self) -> &[DeviceState] {
        &self.states
    }

    /// Results that the service sent for devices that were not asked for.
    #[must_use]
    pub fn unasked(&self) -> &[UnaskedResult] {
        &self.unasked
    }

    /// How many targets are in which state.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.states.iter().copied().collect()
    }

    pub(crate) fn into_parts(self) -> (Vec<DeviceState>, Vec<UnaskedResult>) {
        (self.states, self.unasked)
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
