//! The state of a device as two columns.

use it_access::{ActionStatus, DeviceState};

use crate::StateName;

const UNPROCESSED: i64 = 0;
const UNKNOWN: i64 = 1;
const UNREPORTED: i64 = 2;
const REPORTED: i64 = 3;

/// `state` and `code`.
pub(super) fn to_columns(state: DeviceState) -> (i64, Option<i64>) {
    match state {
        DeviceState::Unprocessed => (UNPROCESSED, None),
        DeviceState::Unknown => (UNKNOWN, None),
        DeviceState::Unreported => (UNREPORTED, None),
        DeviceState::Reported(status) => (REPORTED, Some(status.code())),
    }
}

/// `None`, if there is no such state.
pub(super) fn from_columns(state: i64, code: Option<i64>) -> Option<DeviceState> {
    match (state, code) {
        (UNPROCESSED, None) => Some(DeviceState::Unprocessed),
        (UNKNOWN, None) => Some(DeviceState::Unknown),
        (UNREPORTED, None) => Some(DeviceState::Unreported),
        (REPORTED, Some(code)) => Some(DeviceState::Reported(ActionStatus::from_code(code))),
        _ => None,
    }
}

/// The condition that holds for devices of this state.
pub(super) fn condition(name: StateName) -> &'static str {
    match name {
        StateName::Unprocessed => "state = 0",
        StateName::Unknown => "state = 1",
        StateName::Unreported => "state = 2",
        StateName::Applied => "(state = 3 AND code = 1)",
        StateName::Failed => "(state = 3 AND code = 0)",
        StateName::NotSupported => "(state = 3 AND code = -1)",
        StateName::Other => "(state = 3 AND code NOT IN (-1, 0, 1))",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_reads_back() {
        let reported = [1, 0, -1, 7, i64::MIN].map(ActionStatus::from_code);
        let others = [DeviceState::Unprocessed, DeviceState::Unknown, DeviceState::Unreported];
        for state in reported.map(DeviceState::Reported).into_iter().chain(others) {
            let (number, code) = to_columns(state);
            assert_eq!(from_columns(number, code), Some(state));
        }
        assert_eq!(from_columns(REPORTED, None), None);
        assert_eq!(from_columns(UNKNOWN, Some(1)), None);
        assert_eq!(from_columns(4, None), None);
    }
}
