//! Reading a journal: one moment of it, whatever is written meanwhile.

use std::{
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use it_access::{Counts, DeviceState, UnaskedResult};
use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use rusqlite::{Connection, OpenFlags, Row};

use super::{At, JournalError, Record, connect, identity::write_ahead_log, schema, state};
use crate::{StateName, tally::Tally, timestamp};

/// How long to wait for another process that has locked the journal for a moment.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// One moment of a journal.
#[derive(Debug)]
pub(crate) struct Reader {
    connection: Connection,
    path: PathBuf,
}

/// Which devices are asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowQuery<'a> {
    /// Those behind this one.
    pub(crate) after: u64,
    pub(crate) most: usize,
    /// Of these states; of all, if there is none.
    pub(crate) states: &'a [StateName],
}

/// A device, and the last request that it was in.
#[derive(Debug, Clone)]
pub(crate) struct StoredRow {
    pub(crate) number: u64,
    pub(crate) line: u64,
    pub(crate) id: String,
    pub(crate) state: DeviceState,
    pub(crate) request: Option<u64>,
    pub(crate) sent_at: Option<SystemTime>,
    pub(crate) ended_at: Option<SystemTime>,
    pub(crate) status: Option<u16>,
    pub(crate) reason: Option<String>,
}

#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct StoredRequests {
    pub(crate) count: u64,
    pub(crate) first_sent_at: Option<SystemTime>,
    pub(crate) last_ended_at: Option<SystemTime>,
}

impl Reader {
    pub(crate) fn open(path: &Path) -> Result<Self, JournalError> {
        if !path.try_exists().at(path)? {
            return Err(JournalError::Missing { path: path.to_owned() });
        }
        // Not read-only: who reads first after a crash has to read the write-ahead log back.
        let connection = match connect(path).and_then(|connection| begin(connection, path)) {
            Err(JournalError::Unusable { .. } | JournalError::ReadOnly { .. })
                if !write_ahead_log(path).exists() =>
            {
                connect_unchanging(path)
            }
            connected => connected,
        }?;
        Ok(Self { connection, path: path.to_owned() })
    }

    pub(crate) fn record(&self) -> Result<Record, JournalError> {
        Record::read(&self.connection, &self.path)
    }

    /// How many devices are in which state: as many in all as were planned.
    pub(crate) fn counts(&self, record: &Record) -> Result<Counts, JournalError> {
        tally(&self.connection, &self.path, record).map(|tally| tally.counts())
    }

    pub(crate) fn requests(&self) -> Result<StoredRequests, JournalError> {
        let sql = "SELECT count(*), min(sent_at), max(ended_at) FROM requests";
        let read = |row: &Row<'_>| {
            Ok(StoredRequests {
                count: row.get::<_, i64>(0)?.unsigned_abs(),
                first_sent_at: row.get::<_, Option<i64>>(1)?.map(timestamp::from_millis),
                last_ended_at: row.get::<_, Option<i64>>(2)?.map(timestamp::from_millis),
            })
        };
        self.connection.query_row(sql, (), read).at(&self.path)
    }

    /// The next devices, in the order of the plan.
    pub(crate) fn rows(&self, query: RowQuery<'_>) -> Result<Vec<StoredRow>, JournalError> {
        let condition = match query.states {
            [] => "TRUE".to_owned(),
            states => {
                let each: Vec<&str> = states.iter().copied().map(state::condition).collect();
                each.join(" OR ")
            }
        };
        let sql = format!(
            "SELECT devices.number, line, id, state, code, request, sent_at, ended_at, status, reason
             FROM devices LEFT JOIN requests ON requests.number = request
             WHERE devices.number > ?1 AND ({condition}) ORDER BY devices.number LIMIT ?2"
        );
        let mut statement = self.connection.prepare(&sql).at(&self.path)?;
        let rows = statement.query_map((query.after as i64, query.most as i64), stored_row);
        let rows: rusqlite::Result<Vec<_>> = rows.and_then(Iterator::collect);
        rows.at(&self.path)?
            .into_iter()
            .map(|row| row.ok_or_else(|| JournalError::corrupt(&self.path, NO_STATE)))
            .collect()
    }

    /// Results for devices that were not asked for.
    pub(crate) fn unasked(&self) -> Result<Vec<UnaskedResult>, JournalError> {
        let sql = "SELECT key, code FROM unasked ORDER BY rowid";
        let mut statement = self.connection.prepare(sql).at(&self.path)?;
        let results = statement.query_map((), |row| {
            Ok(UnaskedResult { key: row.get(0)?, status: row.get::<_, i64>(1)?.into() })
        });
        let results: rusqlite::Result<Vec<_>> = results.and_then(Iterator::collect);
        results.at(&self.path)
    }
}

pub(super) const NO_STATE: &str = "a device is in no state that there is";

pub(super) fn tally(
    connection: &Connection,
    path: &Path,
    record: &Record,
) -> Result<Tally, JournalError> {
    let sql = "SELECT state, code, count(*) FROM devices GROUP BY state, code";
    let mut statement = connection.prepare(sql).at(path)?;
    let groups = statement.query_map((), |row| {
        Ok((state::from_columns(row.get(0)?, row.get(1)?), row.get::<_, i64>(2)?.unsigned_abs()))
    });
    let groups: rusqlite::Result<Vec<_>> = groups.and_then(Iterator::collect);
    let mut tally = Tally::default();
    for (state, devices) in groups.at(path)? {
        let state = state.ok_or_else(|| JournalError::corrupt(path, NO_STATE))?;
        tally.add(state, devices as usize);
    }
    let (there, planned) = (tally.counts().total(), record.devices);
    if there != planned {
        let problem = format!("it has {there} devices, and {planned} were planned");
        return Err(JournalError::corrupt(path, problem));
    }
    Ok(tally)
}

/// Reads a journal in a folder that cannot be written. Nobody else can change it either.
fn connect_unchanging(path: &Path) -> Result<Connection, JournalError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    // Byte by byte: a path need not be text.
    let escaped = percent_encode(path.as_os_str().as_encoded_bytes(), NON_ALPHANUMERIC);
    let uri = format!("file:{escaped}?immutable=1");
    begin(Connection::open_with_flags(uri, flags).at(path)?, path)
}

fn begin(connection: Connection, path: &Path) -> Result<Connection, JournalError> {
    connection.busy_timeout(BUSY_TIMEOUT).at(path)?;
    schema::check(&connection, path)?;
    connection.execute_batch("PRAGMA query_only = TRUE; BEGIN").at(path)?;
    Ok(connection)
}

fn stored_row(row: &Row<'_>) -> rusqlite::Result<Option<StoredRow>> {
    let Some(state) = state::from_columns(row.get(3)?, row.get(4)?) else { return Ok(None) };
    Ok(Some(StoredRow {
        number: row.get::<_, i64>(0)?.unsigned_abs(),
        line: row.get::<_, i64>(1)?.unsigned_abs(),
        id: row.get(2)?,
        state,
        request: row.get::<_, Option<i64>>(5)?.map(i64::unsigned_abs),
        sent_at: row.get::<_, Option<i64>>(6)?.map(timestamp::from_millis),
        ended_at: row.get::<_, Option<i64>>(7)?.map(timestamp::from_millis),
        status: row.get(8)?,
        reason: row.get(9)?,
    }))
}
