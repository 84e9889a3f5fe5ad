//! Results for programs.

use it_access::{
    ActionStatus, Counts, DeviceReport, DeviceState, Error, StopReason, UnaskedResult,
};
use it_access_jobs::JobReport;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Report<'a> {
    devices: Vec<Device>,
    counts: DeviceCounts,
    unasked: Vec<Unasked<'a>>,
    error: Option<RequestError>,
}

#[derive(Serialize)]
struct Device {
    id: String,
    state: &'static str,
    /// The service's code, if it reported one.
    code: Option<i64>,
}

#[derive(Serialize)]
struct DeviceCounts {
    total: usize,
    applied: usize,
    failed: usize,
    not_supported: usize,
    other: usize,
    unreported: usize,
    unknown: usize,
    unprocessed: usize,
}

/// A result for a device that was not asked for.
#[derive(Serialize)]
struct Unasked<'a> {
    key: &'a str,
    code: i64,
}

/// The failure of a request, after which nothing more was sent.
#[derive(Serialize)]
struct RequestError {
    message: String,
    status: Option<u16>,
    may_have_been_applied: bool,
}

impl<'a> From<&'a JobReport> for Report<'a> {
    fn from(report: &'a JobReport) -> Self {
        Self {
            devices: report.devices.devices().iter().map(Device::from).collect(),
            counts: report.devices.counts().into(),
            unasked: report.devices.unasked().iter().map(Unasked::from).collect(),
            error: report.stopped_by.as_ref().map(RequestError::from),
        }
    }
}

impl From<&DeviceReport> for Device {
    fn from(device: &DeviceReport) -> Self {
        let (state, code) = match device.state {
            DeviceState::Reported(status) => {
                let state = match status {
                    ActionStatus::Applied => "applied",
                    ActionStatus::Failed => "failed",
                    ActionStatus::NotSupported => "not_supported",
                    ActionStatus::Other(_) => "other",
                };
                (state, Some(status.code()))
            }
            DeviceState::Unreported => ("unreported", None),
            DeviceState::Unknown => ("unknown", None),
            DeviceState::Unprocessed => ("unprocessed", None),
        };
        Self { id: device.id.to_string(), state, code }
    }
}

impl From<Counts> for DeviceCounts {
    fn from(counts: Counts) -> Self {
        Self {
            total: counts.total(),
            applied: counts.applied,
            failed: counts.failed,
            not_supported: counts.not_supported,
            other: counts.other,
            unreported: counts.unreported,
            unknown: counts.unknown,
            unprocessed: counts.unprocessed,
        }
    }
}

impl<'a> From<&'a UnaskedResult> for Unasked<'a> {
    fn from(result: &'a UnaskedResult) -> Self {
        Self { key: &result.key, code: result.status.code() }
    }
}

impl From<&StopReason> for RequestError {
    fn from(reason: &StopReason) -> Self {
        let error = match reason {
            StopReason::Failed(error) => Some(error),
            _ => None,
        };
        Self {
            message: reason.to_string(),
            status: error.and_then(Error::status),
            may_have_been_applied: error.is_some_and(Error::may_have_been_applied),
        }
    }
}
