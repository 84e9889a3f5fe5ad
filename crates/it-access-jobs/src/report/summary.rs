//! What became of a job as a whole.

use std::time::SystemTime;

use it_access::Counts;
use serde::Serialize;

use crate::{
    JobId, JournalError,
    journal::{Reader, Record},
    timestamp,
};

/// What became of a job as a whole. The counts add up to the devices of its plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// The job.
    pub job: JobId,
    /// What is done, as a person reads it.
    pub action: String,
    /// What the list was called.
    pub list: String,
    /// The host of the service, with the account if that has a name: as [`Job::host`](crate::Job::host).
    pub host: String,
    /// The SHA-256 of the plan.
    pub plan_sha256: String,
    /// When the job was made.
    #[serde(serialize_with = "timestamp::serialize")]
    pub created_at: SystemTime,
    /// How many devices are in which state.
    pub counts: Counts,
    /// How many requests were sent, each repetition included.
    pub requests: u64,
    /// When the first of them was sent.
    #[serde(serialize_with = "timestamp::serialize_option")]
    pub first_sent_at: Option<SystemTime>,
    /// When the last of them ended.
    #[serde(serialize_with = "timestamp::serialize_option")]
    pub last_ended_at: Option<SystemTime>,
    /// Whether a safeguard has stopped the last run: the canary, or more failures than were allowed.
    pub is_halted: bool,
    /// Why the last run ended early. None if it did not, is going on, or was killed.
    pub stopped_by: Option<String>,
}

impl Summary {
    pub(super) fn of(id: &JobId, record: &Record, reader: &Reader) -> Result<Self, JournalError> {
        let counts = reader.counts(record)?;
        let requests = reader.requests()?;
        Ok(Self {
            job: id.clone(),
            action: record.action.to_string(),
            list: record.list.clone(),
            host: record.host.clone(),
            plan_sha256: record.plan_sha256.clone(),
            created_at: record.created_at,
            counts,
            requests: requests.count,
            first_sent_at: requests.first_sent_at,
            last_ended_at: requests.last_ended_at,
            is_halted: record.is_halted,
            stopped_by: record.stopped_by.clone(),
        })
    }

    /// Whether nothing is left to send. Devices may be unknown all the same.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.counts.unprocessed == 0
    }

    /// Says that the counts add up: `3 devices: 2 applied, 1 failed. The states add up to the 3 devices of the plan.`
    #[must_use]
    pub fn balance(&self) -> String {
        let counts = self.counts;
        let (total, devices) = match counts.total() {
            1 => (1, "device"),
            total => (total, "devices"),
        };
        format!("{counts}. The states add up to the {total} {devices} of the plan.")
    }
}
