//! The states of the devices of a run: a byte for each.

use std::collections::HashMap;

use crate::{ActionStatus, DeviceState, device_state::StateName};

/// The state of each device of a run, by its place in the input. That of a million takes a megabyte.
#[derive(Debug, Default)]
pub(super) struct States {
    names: Vec<StateName>,
    /// The codes of those that are [`StateName::Other`], which hardly one is.
    codes: HashMap<usize, i64>,
}

impl States {
    /// Makes room for so many devices. Those that are new are unknown.
    pub(super) fn fill_up(&mut self, devices: usize) {
        self.names.resize(devices, StateName::Unknown);
    }

    /// Keeps the state of the device at this place, for which there must be room.
    pub(super) fn set(&mut self, place: usize, state: DeviceState) {
        self.names[place] = state.name();
        if let DeviceState::Reported(ActionStatus::Other(code)) = state {
            self.codes.insert(place, code);
        }
    }

    /// The state of the device at this place, for which there must be room.
    pub(super) fn get(&self, place: usize) -> DeviceState {
        match self.names[place] {
            StateName::Applied => DeviceState::Reported(ActionStatus::Applied),
            StateName::Failed => DeviceState::Reported(ActionStatus::Failed),
            StateName::NotSupported => DeviceState::Reported(ActionStatus::NotSupported),
            StateName::Other => DeviceState::Reported(ActionStatus::Other(self.codes[&place])),
            StateName::Unreported => DeviceState::Unreported,
            StateName::Unknown => DeviceState::Unknown,
            StateName::Unprocessed => DeviceState::Unprocessed,
        }
    }

    /// All of them, in the order of the input.
    pub(super) fn iter(&self) -> impl Iterator<Item = DeviceState> {
        (0..self.names.len()).map(|place| self.get(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_comes_out_as_it_went_in() {
        let states = [
            DeviceState::Reported(ActionStatus::Applied),
            DeviceState::Reported(ActionStatus::Failed),
            DeviceState::Reported(ActionStatus::NotSupported),
            DeviceState::Reported(ActionStatus::Other(i64::MIN)),
            DeviceState::Reported(ActionStatus::Other(7)),
            DeviceState::Unreported,
            DeviceState::Unknown,
            DeviceState::Unprocessed,
        ];
        let mut kept = States::default();
        kept.fill_up(states.len());
        assert!(kept.iter().eq([DeviceState::Unknown; 8]));
        for (place, state) in states.into_iter().enumerate() {
            kept.set(place, state);
        }
        kept.fill_up(states.len());
        assert!(kept.iter().eq(states));
    }
}
