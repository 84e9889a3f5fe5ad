//! The states of the devices of a run: a byte for each.

use crate::{ActionStatus, DeviceState, device_state::StateKind};

/// The state of each device of a run, by its place in the input. A million devices take a megabyte, and eight more where the
/// service reports codes that are not documented.
#[derive(Debug)]
pub(super) struct States {
    kinds: Vec<StateKind>,
    /// The code of each that is [`StateKind::Other`]. Empty until there is one.
    codes: Vec<i64>,
}

impl States {
    /// So many devices, of all of which nothing is known.
    pub(super) fn unknown(devices: usize) -> Self {
        Self { kinds: vec![StateKind::Unknown; devices], codes: Vec::new() }
    }

    /// Keeps the state of the device at this place, of which there must be one.
    pub(super) fn set(&mut self, place: usize, state: DeviceState) {
        self.kinds[place] = state.kind();
        if let DeviceState::Reported(ActionStatus::Other(code)) = state {
            self.codes.resize(self.kinds.len(), 0);
            self.codes[place] = code;
        }
    }

    /// The state of the device at this place, of which there must be one.
    pub(super) fn get(&self, place: usize) -> DeviceState {
        match self.kinds[place] {
            StateKind::Applied => DeviceState::Reported(ActionStatus::Applied),
            StateKind::Failed => DeviceState::Reported(ActionStatus::Failed),
            StateKind::NotSupported => DeviceState::Reported(ActionStatus::NotSupported),
            StateKind::Other => DeviceState::Reported(ActionStatus::Other(self.codes[place])),
            StateKind::Unreported => DeviceState::Unreported,
            StateKind::Unknown => DeviceState::Unknown,
            StateKind::Unprocessed => DeviceState::Unprocessed,
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
        let mut kept = States::unknown(states.len());
        assert!(kept.iter().eq([DeviceState::Unknown; 8]));
        for (place, state) in states.into_iter().enumerate() {
            kept.set(place, state);
        }
        assert!(kept.iter().eq(states));
    }
}
