//! One job.

use std::{path::PathBuf, time::SystemTime};

use it_access::DeviceAction;

use crate::{
    IdKind, JobId, JournalError, Report,
    destination::Destination,
    journal::{Reader, Record},
};

/// One job: a plan that is carried out, whatever happens on the way, and a journal of it.
///
/// Dropping it changes nothing. [`Job::run`] sends what is left to send, the first time as every other time.
#[derive(Debug, Clone)]
pub struct Job {
    id: JobId,
    path: PathBuf,
    record: Record,
    /// For which service and account jobs are from where it was opened.
    destination: Destination,
}

impl Job {
    pub(crate) fn new(id: JobId, path: PathBuf, record: Record, destination: Destination) -> Self {
        Self { id, path, record, destination }
    }

    /// Its name.
    #[must_use]
    pub fn id(&self) -> &JobId {
        &self.id
    }

    /// What is done.
    #[must_use]
    pub fn action(&self) -> &DeviceAction {
        &self.record.action
    }

    /// How the devices are named.
    #[must_use]
    pub fn kind(&self) -> IdKind {
        self.record.kind
    }

    /// The number of devices: at least 1.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    pub fn len(&self) -> usize {
        self.record.devices
    }

    /// The host that it was made for, and is sent to; or what that service is called, after [`Jobs::for_service`]. After
    /// [`Jobs::for_account`] the account stands before it: `branch@gears.opswat.com`.
    ///
    /// [`Jobs::for_service`]: crate::Jobs::for_service
    /// [`Jobs::for_account`]: crate::Jobs::for_account
    #[must_use]
    pub fn host(&self) -> &str {
        &self.record.host
    }

    /// When it was made: later than all that were in its folder then, whatever the clock said.
    #[must_use]
    pub fn created_at(&self) -> SystemTime {
        self.record.created_at
    }

    /// The SHA-256 of its plan.
    #[must_use]
    pub fn plan_sha256(&self) -> &str {
        &self.record.plan_sha256
    }

    /// Its journal.
    #[must_use]
    pub fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// What became of it so far, at this moment: also while it is running, here or in another process.
    ///
    /// # Errors
    ///
    /// If the journal cannot be read.
    pub fn report(&self) -> Result<Report, JournalError> {
        let reader = Reader::open(&self.path)?;
        let record = reader.record()?;
        Ok(Report::new(self.id.clone(), reader, record))
    }

    pub(crate) fn destination(&self) -> &Destination {
        &self.destination
    }

    pub(crate) fn record(&self) -> &Record {
        &self.record
    }
}
