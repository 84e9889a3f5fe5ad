//! One device of a report.

use std::time::SystemTime;

use it_access::DeviceState;
use serde::Serialize;

use crate::{journal::StoredRow, timestamp};

/// What became of one device. Serde writes `state` by its name, and `code` beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Row {
    /// Its place in the plan, from 1.
    pub number: u64,
    /// The number of its line in the list, from 1.
    pub line: u64,
    /// Its HWID, or its MAC address in lower case with colons.
    pub id: String,
    /// Its state.
    #[serde(flatten)]
    pub state: DeviceState,
    /// The status of the answer to the last request that it was in.
    pub http_status: Option<u16>,
    /// The number of that request in the job.
    pub request: Option<u64>,
    /// When that request ended; or was sent, if it did not end.
    #[serde(serialize_with = "timestamp::serialize_option")]
    pub time: Option<SystemTime>,
    /// Why the state is what it is, where the service did not say.
    pub reason: Option<String>,
}

impl From<StoredRow> for Row {
    fn from(row: StoredRow) -> Self {
        let reason = reason(&row).map(str::to_owned);
        let StoredRow { number, line, id, state, request, sent_at, ended_at, status, .. } = row;
        let (http_status, time) = (status, ended_at.or(sent_at));
        Self { number, line, id, state, http_status, request, time, reason }
    }
}

fn reason(row: &StoredRow) -> Option<&str> {
    match row.state {
        DeviceState::Reported(_) => None,
        DeviceState::Unreported => Some("the answer leaves the device out"),
        DeviceState::Unprocessed if row.request.is_none() => Some("not sent"),
        DeviceState::Unknown if row.ended_at.is_none() => {
            Some("no answer is written down: the program waits for it, or was ended before it came")
        }
        DeviceState::Unknown if row.reason.is_none() => Some("the answer contradicts itself"),
        DeviceState::Unknown | DeviceState::Unprocessed => row.reason.as_deref(),
    }
}
