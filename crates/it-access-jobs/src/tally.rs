//! How many devices of a job are in which state, as they move from one to another.

use it_access::{Counts, DeviceState};

use crate::StateName;

/// Counts that always add up to the same: a device only moves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally([usize; 7]);

impl Tally {
    pub(crate) fn add(&mut self, state: DeviceState, devices: usize) {
        self.0[StateName::from(state) as usize] += devices;
    }

    pub(crate) fn move_one(&mut self, from: DeviceState, to: DeviceState) {
        let from = &mut self.0[StateName::from(from) as usize];
        *from = from.saturating_sub(1);
        self.add(to, 1);
    }

    pub(crate) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        [
            counts.applied,
            counts.failed,
            counts.not_supported,
            counts.other,
            counts.unreported,
            counts.unknown,
            counts.unprocessed,
        ] = self.0;
        counts
    }
}

#[cfg(test)]
mod tests {
    use it_access::ActionStatus;

    use super::*;

    #[test]
    fn each_state_is_counted_under_its_own_name() {
        let states = [
            DeviceState::Reported(ActionStatus::Applied),
            DeviceState::Reported(ActionStatus::Failed),
            DeviceState::Reported(ActionStatus::NotSupported),
            DeviceState::Reported(ActionStatus::Other(7)),
            DeviceState::Unreported,
            DeviceState::Unknown,
            DeviceState::Unprocessed,
        ];
        for state in states {
            let mut tally = Tally::default();
            tally.add(DeviceState::Unprocessed, 3);
            tally.move_one(DeviceState::Unprocessed, state);
            let all = [state, DeviceState::Unprocessed, DeviceState::Unprocessed];
            assert_eq!(tally.counts(), all.into_iter().collect(), "{state}");
        }
    }
}
