//! Results for programs.

use it_access::{Counts, DeviceReport, Error, StopReason, UnaskedResult};
use serde::Serialize;

use super::Results;

#[derive(Serialize)]
pub(super) struct Report<'a> {
    devices: &'a [DeviceReport],
    counts: Counts,
    unasked: &'a [UnaskedResult],
    error: Option<RequestError>,
}

/// The failure of a request, after which nothing more was sent.
#[derive(Serialize)]
struct RequestError {
    message: String,
    status: Option<u16>,
    may_have_been_applied: bool,
}

impl<'a> From<&'a Results> for Report<'a> {
    fn from(results: &'a Results) -> Self {
        let counts = results.devices.counts();
        Self {
            devices: results.devices.devices(),
            counts,
            unasked: results.devices.unasked(),
            error: results.stopped_by.as_ref().map(|reason| RequestError::of(reason, counts)),
        }
    }
}

impl RequestError {
    fn of(reason: &StopReason, counts: Counts) -> Self {
        let error = match reason {
            StopReason::Failed(error) => Some(error),
            _ => None,
        };
        Self {
            message: reason.to_string(),
            status: error.and_then(Error::status),
            // A request that was broken off is no failure, and has left its devices unknown.
            may_have_been_applied: error.is_some_and(Error::may_have_been_applied)
                || counts.unknown > 0,
        }
    }
}
