//! What the command tells a script.

use std::process::ExitCode;

use it_access::Counts;

/// The exit statuses, in order: where several hold, the highest is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum ExitStatus {
    /// The action was applied to every device.
    AllApplied = 0,
    /// Not applied to some device: failed, not supported, or an unknown code.
    SomeNotApplied = 1,
    /// Wrong usage; nothing was sent.
    Usage = 2,
    /// No device was processed: nothing was sent, or the request was refused.
    NoneProcessed = 3,
    /// Some devices were not processed.
    SomeUnprocessed = 4,
    /// Unknown or unreported for some device: the action may have been applied. Or the results could not be written.
    SomeUncertain = 5,
}

impl ExitStatus {
    pub(crate) fn of(counts: &Counts) -> Self {
        let Counts { unreported, unknown, unprocessed, .. } = *counts;
        if unreported + unknown > 0 {
            Self::SomeUncertain
        } else if unprocessed == counts.total() {
            Self::NoneProcessed
        } else if unprocessed > 0 {
            Self::SomeUnprocessed
        } else if counts.applied < counts.total() {
            Self::SomeNotApplied
        } else {
            Self::AllApplied
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use it_access::{ActionStatus, DeviceState};

    #[test]
    fn the_highest_that_holds() {
        const APPLIED: DeviceState = DeviceState::Reported(ActionStatus::Applied);
        const FAILED: DeviceState = DeviceState::Reported(ActionStatus::Failed);
        const NOT_SUPPORTED: DeviceState = DeviceState::Reported(ActionStatus::NotSupported);
        const OTHER: DeviceState = DeviceState::Reported(ActionStatus::Other(7));
        const UNREPORTED: DeviceState = DeviceState::Unreported;
        const UNKNOWN: DeviceState = DeviceState::Unknown;
        const UNPROCESSED: DeviceState = DeviceState::Unprocessed;

        let cases: [(&[DeviceState], ExitStatus); 12] = [
            (&[APPLIED, APPLIED], ExitStatus::AllApplied),
            (&[APPLIED, FAILED], ExitStatus::SomeNotApplied),
            (&[APPLIED, NOT_SUPPORTED], ExitStatus::SomeNotApplied),
            (&[APPLIED, OTHER], ExitStatus::SomeNotApplied),
            (&[UNPROCESSED, UNPROCESSED], ExitStatus::NoneProcessed),
            (&[APPLIED, UNPROCESSED], ExitStatus::SomeUnprocessed),
            (&[FAILED, UNPROCESSED], ExitStatus::SomeUnprocessed),
            (&[APPLIED, UNKNOWN], ExitStatus::SomeUncertain),
            (&[UNKNOWN, UNPROCESSED], ExitStatus::SomeUncertain),
            (&[FAILED, UNREPORTED], ExitStatus::SomeUncertain),
            (&[UNREPORTED, UNREPORTED], ExitStatus::SomeUncertain),
            (&[UNKNOWN, UNKNOWN], ExitStatus::SomeUncertain),
        ];
        for (states, expected) in cases {
            let counts: Counts = states.iter().copied().collect();
            assert_eq!(ExitStatus::of(&counts), expected, "{states:?}");
        }
    }
}
