//! What a run came to.

use std::fmt;

use it_access::{Counts, DeviceReport, Error};

use crate::JournalError;

/// What a run came to. It is no error: what stopped it stands beside what became of the devices.
#[derive(Debug)]
#[non_exhaustive]
#[must_use]
pub struct RunReport {
    /// How many devices of the job are in which state. They add up to the plan.
    pub counts: Counts,
    /// How many requests this run has sent, each repetition included.
    pub requests: u64,
    /// Why it ended.
    pub end: RunEnd,
    /// Results that could not be written down: the journal says "unknown" of these devices, and this is what is known.
    pub unrecorded: Vec<DeviceReport>,
    /// What a safeguard has found, if that could not be written down: the next run does not know that it has to be told to
    /// [go on](crate::RunOptions::go_on).
    pub unrecorded_halt: Option<RunEnd>,
}

/// Why a run ended. After all but the first, another run can go on where it ended.
#[derive(Debug)]
#[non_exhaustive]
pub enum RunEnd {
    /// Nothing is left to send.
    Finished,
    /// It was stopped from outside.
    Stopped,
    /// Its time was over.
    TimeOver,
    /// The action was not applied to all of the first devices.
    CanaryFailed {
        /// How many of the first devices were sent.
        devices: usize,
        /// How many of them came out as anything but applied.
        failures: usize,
    },
    /// More devices came out as anything but applied than were allowed.
    TooManyFailures {
        /// How many there were in this run.
        failures: usize,
        /// How many were allowed.
        most: usize,
    },
    /// A request failed as a whole.
    Failed(Error),
    /// The journal could not be written.
    Journal(JournalError),
}

impl RunEnd {
    /// Whether nothing is left to send.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        matches!(self, Self::Finished)
    }

    /// Whether a safeguard has stopped it. Then the next run has to be told to [go on](crate::RunOptions::go_on).
    #[must_use]
    pub fn is_halt(&self) -> bool {
        matches!(self, Self::CanaryFailed { .. } | Self::TooManyFailures { .. })
    }
}

impl fmt::Display for RunEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Finished => f.write_str("nothing is left to send"),
            Self::Stopped => f.write_str("stopped; nothing more was sent"),
            Self::TimeOver => f.write_str("the time is over; nothing more was sent"),
            Self::CanaryFailed { devices, failures } => write!(
                f,
                "the action was not applied to {failures} of the first {devices} devices, \
                 so nothing more was sent; look at them before the job is resumed"
            ),
            Self::TooManyFailures { failures, most } => write!(
                f,
                "the action was not applied to {failures} devices, and {most} at most were allowed, \
                 so nothing more was sent"
            ),
            Self::Failed(error) => error.fmt(f),
            Self::Journal(error) => error.fmt(f),
        }
    }
}
