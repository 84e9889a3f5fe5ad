//! Reports: what became of a job, and of each of its devices.

mod row;
mod summary;
mod write;

pub use self::{
    row::Row,
    summary::Summary,
    write::{ReportError, ReportFormat, UnknownReportFormat},
};

use it_access::{DeviceAction, UnaskedResult};

use crate::{
    IdKind, JobId, JournalError, StateName,
    journal::{Reader, Record, RowQuery, StoredRow},
};

/// What became of a job, at one moment.
#[derive(Debug)]
pub struct Report {
    id: JobId,
    reader: Reader,
    record: Record,
}

impl Report {
    pub(crate) fn new(id: JobId, reader: Reader, record: Record) -> Self {
        Self { id, reader, record }
    }

    /// What became of the job as a whole.
    ///
    /// # Errors
    ///
    /// If the journal cannot be read, or its devices are not as many as were planned.
    pub fn summary(&self) -> Result<Summary, JournalError> {
        Summary::of(&self.id, &self.record, &self.reader)
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

    /// What became of each device, in the order of the plan: of those in these states, or of all, if there is none. They are
    /// read little by little.
    pub fn rows<'a>(&'a self, states: &'a [StateName]) -> Rows<'a> {
        Rows {
            reader: &self.reader,
            states,
            after: 0,
            read: Vec::new().into_iter(),
            is_done: false,
        }
    }

    /// Results that the service sent for devices that were not asked for.
    ///
    /// # Errors
    ///
    /// If the journal cannot be read.
    pub fn unasked(&self) -> Result<Vec<UnaskedResult>, JournalError> {
        self.reader.unasked()
    }
}

/// The devices of a report.
#[derive(Debug)]
#[must_use = "nothing is read until the rows are asked for"]
pub struct Rows<'a> {
    reader: &'a Reader,
    states: &'a [StateName],
    after: u64,
    read: std::vec::IntoIter<StoredRow>,
    is_done: bool,
}

/// As many rows are read at once.
const CHUNK: usize = 1000;

impl Rows<'_> {
    fn read_on(&mut self) -> Result<(), JournalError> {
        let query = RowQuery { after: self.after, most: CHUNK, states: self.states };
        let rows = self.reader.rows(query)?;
        self.is_done = rows.len() < CHUNK;
        self.after = rows.last().map_or(self.after, |row| row.number);
        self.read = rows.into_iter();
        Ok(())
    }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, JournalError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.read.as_slice().is_empty()
            && !self.is_done
            && let Err(error) = self.read_on()
        {
            self.is_done = true;
            return Some(Err(error));
        }
        self.read.next().map(|row| Ok(row.into()))
    }
}
