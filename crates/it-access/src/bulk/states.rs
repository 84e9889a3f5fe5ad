//! The states of the devices of a run: a byte for each.

use std::collections::HashMap;

use crate::{ActionStatus, DeviceState};

/// The state of each device of a run, by its place in the input. That of a million takes a megabyte.
#[derive(Debug, Default)]
pub(super) struct States {
    kinds: Vec<Kind>,
    /// The codes of those that are [`Kind::Other`], which hardly one is.
    codes: HashMap<usize, i64>,
}

/// A state without its code, unless that goes without saying.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Applied,
    Failed,
    NotSupported,
    Other,
    Unreported,
    Unknown,
    Unprocessed,
}

impl States {
    /// Makes room for so many devices. Those that are new are unknown.
    pub(super) fn fill_up(&mut self, devices: usize) {
        self.kinds.resize(devices, Kind::Unknown);
    }

    /// Keeps the state of the device at this place, for which there must be room.
    pub(super) fn set(&mut self, place: usize, state: DeviceState) {
        self.kinds[place] = match state {
            DeviceState::Reported(ActionStatus::Applied) => Kind::Applied,
            DeviceState::Reported(ActionStatus::Failed) => Kind::Failed,
            DeviceState::Reported(ActionStatus::NotSupported) => Kind::NotSupported,
            DeviceState::Reported(ActionStatus::Other(code)) => {
                self.codes.insert(place, code);
                Kind::Other
            }
            DeviceState::Unreported => Kind::Unreported,
            DeviceState::Unknown => Kind::Unknown,
            DeviceState::Unprocessed => Kind::Unprocessed,
        };
    }

    /// The state of the device at this place, for which there must be room.
    pub(super) fn get(&self, place: usize) -> DeviceState {
        match self.kinds[place] {
            Kind::Applied => DeviceState::Reported(ActionStatus::Applied),
            Kind::Failed => DeviceState::Reported(ActionStatus::Failed),
            Kind::NotSupported => DeviceState::Reported(ActionStatus::NotSupported),
            Kind::Other => DeviceState::Reported(ActionStatus::Other(self.codes[&place])),
            Kind::Unreported => DeviceState::Unreported,
            Kind::Unknown => DeviceState::Unknown,
            Kind::Unprocessed => DeviceState::Unprocessed,
        }
    }

    /// All of them, in the order of the input.
    pub(super) fn iter(&self) -> impl Iterator<Item = DeviceState> {
        (0..self.kinds.len()).map(|place| self.get(place))
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
