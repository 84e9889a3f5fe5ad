//! What became of all the devices of a run, and what stopped it.

use std::{error, fmt};

use serde::Serialize;

use crate::{ActionReport, Counts, DeviceReport, Error, UnaskedResult};

/// What became of each device of a run, in the order of the input: every device that went in stands here once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
pub struct BulkReport {
    #[serde(flatten)]
    pub(super) report: ActionReport,
    pub(super) requests: u64,
}

impl BulkReport {
    /// Each device and its state, in the order of the input.
    #[must_use]
    pub fn devices(&self) -> &[DeviceReport] {
        self.report.devices()
    }

    /// Results that the service sent for devices that were not asked for.
    #[must_use]
    pub fn unasked(&self) -> &[UnaskedResult] {
        self.report.unasked()
    }

    /// How many devices are in which state. They add up to the input.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.report.counts()
    }

    /// How many requests were begun. One that was repeated counts once.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.requests
    }
}

/// A run that stopped early. It holds the report: nothing is lost, and what was not sent is unprocessed.
pub struct BulkError {
    reason: StopReason,
    report: BulkReport,
}

/// Why a run stopped early.
#[derive(Debug)]
#[non_exhaustive]
pub enum StopReason {
    /// A request failed as a whole, or the quota has no room for it before the total timeout.
    Failed(Error),
    /// As many devices came out as anything but applied as were allowed.
    TooManyFailures {
        /// How many there were.
        failures: usize,
    },
    /// It was stopped from outside, or its outcomes were asked for no longer.
    Stopped,
    /// Its [total timeout](super::Bulk::total_timeout) was over. That the quota has no room in time is known sooner: then it is
    /// [`Failed`](Self::Failed).
    TimeOver,
}

impl BulkError {
    pub(super) fn new(reason: StopReason, report: BulkReport) -> Self {
        Self { reason, report }
    }

    /// Why the run stopped.
    #[must_use]
    pub fn reason(&self) -> &StopReason {
        &self.reason
    }

    /// What became of each device all the same.
    #[must_use]
    pub fn report(&self) -> &BulkReport {
        &self.report
    }

    /// The failure of a request that stopped the run, if that is what did.
    #[must_use]
    pub fn error(&self) -> Option<&Error> {
        match &self.reason {
            StopReason::Failed(error) => Some(error),
            _ => None,
        }
    }

    /// Takes it apart.
    #[must_use]
    pub fn into_parts(self) -> (BulkReport, StopReason) {
        (self.report, self.reason)
    }
}

impl fmt::Display for StopReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(error) => write!(f, "a request failed: {error}"),
            Self::TooManyFailures { failures } => {
                write!(
                    f,
                    "the action was not applied to {failures} devices, so nothing more was sent"
                )
            }
            Self::Stopped => f.write_str("stopped; nothing more was sent"),
            Self::TimeOver => f.write_str("the time is over; nothing more was sent"),
        }
    }
}

impl fmt::Display for BulkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.reason, self.report.counts())
    }
}

/// With the counts and without the devices, of which there may be thousands: this is what a `main` prints that returns it.
impl fmt::Debug for BulkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BulkError")
            .field("reason", &self.reason)
            .field("counts", &self.report.counts())
            .finish_non_exhaustive()
    }
}

impl error::Error for BulkError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.error().and_then(error::Error::source)
    }
}
