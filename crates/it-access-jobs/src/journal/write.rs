//! Writing a journal: the intent before a request, its end after.

use std::{
    path::{Path, PathBuf},
    time::SystemTime,
};

use it_access::{DeviceReport, DeviceState, UnaskedResult};
use rusqlite::{Connection, TransactionBehavior};

use super::{
    At, JournalError, Record, Safeguards, connect,
    identity::Identity,
    read::{BUSY_TIMEOUT, NO_STATE, tally},
    schema, state,
};
use crate::{tally::Tally, timestamp};

/// The only one who writes a journal: see [`Lock`](super::Lock).
#[derive(Debug)]
pub(crate) struct Writer {
    connection: Connection,
    path: PathBuf,
    identity: Identity,
    next_request: u64,
}

/// A device that may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PendingRow {
    pub(crate) number: u64,
    pub(crate) id: String,
    /// Unprocessed, or unknown.
    pub(crate) state: DeviceState,
}

/// How a request ended.
#[derive(Debug, Clone)]
pub(crate) struct End {
    pub(crate) request: u64,
    pub(crate) at: SystemTime,
    pub(crate) status: Option<u16>,
    pub(crate) reason: Option<String>,
    /// Each device, by its number.
    pub(crate) devices: Vec<(u64, DeviceReport)>,
    pub(crate) unasked: Vec<UnaskedResult>,
}

impl Writer {
    pub(crate) fn open(path: &Path) -> Result<Self, JournalError> {
        if !path.try_exists().at(path)? {
            return Err(JournalError::Missing { path: path.to_owned() });
        }
        let connection = connect(path)?;
        connection.busy_timeout(BUSY_TIMEOUT).at(path)?;
        schema::check(&connection, path)?;
        // `fullfsync` is for macOS, where a sync alone does not reach the disk.
        let settings =
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = TRUE;
             BEGIN IMMEDIATE; COMMIT";
        connection.execute_batch(settings).at(path)?;
        let last: Option<i64> = connection
            .query_row("SELECT max(number) FROM requests", (), |row| row.get(0))
            .at(path)?;
        let identity = Identity::of(path)?;
        let next_request = last.map_or(1, |last| last.unsigned_abs() + 1);
        Ok(Self { connection, path: path.to_owned(), identity, next_request })
    }

    pub(crate) fn record(&self) -> Result<Record, JournalError> {
        Record::read(&self.connection, &self.path)
    }

    pub(crate) fn tally(&self, record: &Record) -> Result<Tally, JournalError> {
        tally(&self.connection, &self.path, record)
    }

    /// The next devices that certainly did not get the action, in the order of the plan; with those that perhaps did, if
    /// that is wanted.
    pub(crate) fn pending(
        &self,
        after: u64,
        most: usize,
        with_unknown: bool,
    ) -> Result<Vec<PendingRow>, JournalError> {
        let (unprocessed, _) = state::to_columns(DeviceState::Unprocessed);
        let (unknown, _) = state::to_columns(DeviceState::Unknown);
        let other = if with_unknown { unknown } else { unprocessed };
        let sql = "SELECT number, id, state, code FROM devices
             WHERE number > ?1 AND state IN (?2, ?3) ORDER BY number LIMIT ?4";
        let mut statement = self.connection.prepare(sql).at(&self.path)?;
        let values = (after as i64, unprocessed, other, most as i64);
        let rows = statement.query_map(values, |row| {
            Ok(state::from_columns(row.get(2)?, row.get(3)?)
                .map(|state| (row.get(0), row.get(1), state)))
        });
        let rows: rusqlite::Result<Vec<_>> = rows.and_then(Iterator::collect);
        let mut pending = Vec::new();
        for row in rows.at(&self.path)? {
            let (number, id, state) =
                row.ok_or_else(|| JournalError::corrupt(&self.path, NO_STATE))?;
            let number = number.at(&self.path)?;
            pending.push(PendingRow {
                number: i64::unsigned_abs(number),
                id: id.at(&self.path)?,
                state,
            });
        }
        Ok(pending)
    }

    /// Writes down that a request is about to be sent. From now on its devices are unknown. Gives back its number.
    pub(crate) fn sending(
        &mut self,
        devices: &[u64],
        attempt: u32,
        at: SystemTime,
    ) -> Result<u64, JournalError> {
        self.identity.check()?;
        let request = self.next_request;
        let (unknown, _) = state::to_columns(DeviceState::Unknown);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .at(&self.path)?;
        let sql =
            "INSERT INTO requests (number, attempt, devices, sent_at) VALUES (?1, ?2, ?3, ?4)";
        let values = (request as i64, attempt, devices.len() as i64, timestamp::to_millis(at));
        transaction.execute(sql, values).at(&self.path)?;
        let sql = "UPDATE devices SET state = ?1, code = NULL, request = ?2 WHERE number = ?3";
        {
            let mut update = transaction.prepare(sql).at(&self.path)?;
            for device in devices {
                update.execute((unknown, request as i64, *device as i64)).at(&self.path)?;
            }
        }
        transaction.commit().at(&self.path)?;
        self.take_over_log();
        // Only a journal that is still there has it.
        self.identity.check()?;
        self.next_request += 1;
        Ok(request)
    }

    /// Has the file itself say what SQLite's log says: who copies it without the log, after a crash, has what was sent in it. If
    /// that does not succeed, as while somebody reads a report, the log still has it.
    fn take_over_log(&self) {
        let _ = self.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", (), |_| Ok(()));
    }

    /// Writes down how a request ended.
    pub(crate) fn ended(&mut self, end: &End) -> Result<(), JournalError> {
        self.identity.check()?;
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .at(&self.path)?;
        let request = end.request as i64;
        let sql = "UPDATE requests SET ended_at = ?1, status = ?2, reason = ?3 WHERE number = ?4";
        let values = (timestamp::to_millis(end.at), end.status, &end.reason, request);
        transaction.execute(sql, values).at(&self.path)?;
        {
            let sql = "UPDATE devices SET state = ?1, code = ?2 WHERE number = ?3";
            let mut update = transaction.prepare(sql).at(&self.path)?;
            for (number, device) in &end.devices {
                let (state, code) = state::to_columns(device.state);
                update.execute((state, code, *number as i64)).at(&self.path)?;
            }
            let sql = "INSERT INTO unasked (request, key, code) VALUES (?1, ?2, ?3)";
            let mut insert = transaction.prepare(sql).at(&self.path)?;
            for result in &end.unasked {
                insert.execute((request, &result.key, result.status.code())).at(&self.path)?;
            }
        }
        transaction.commit().at(&self.path)
    }

    /// Writes down that a run begins, and what is to stop it: this run, and the next, should this one be broken off.
    pub(crate) fn begun(&mut self, safeguards: &Safeguards) -> Result<(), JournalError> {
        self.identity.check()?;
        let values = safeguards.to_columns();
        let sql = "UPDATE job SET canary = ?1, max_failures = ?2, is_halted = 0, stopped_by = NULL";
        self.connection.execute(sql, values).at(&self.path).map(drop)
    }

    /// Writes down that the action was applied to each of the first devices.
    pub(crate) fn canary_passed(&mut self) -> Result<(), JournalError> {
        self.identity.check()?;
        self.connection.execute("UPDATE job SET canary = NULL", ()).at(&self.path).map(drop)
    }

    /// Writes down why a run ended, and whether a safeguard has stopped it.
    pub(crate) fn stopped(
        &mut self,
        by: Option<&str>,
        is_halted: bool,
    ) -> Result<(), JournalError> {
        self.identity.check()?;
        let sql = "UPDATE job SET stopped_by = ?1, is_halted = ?2";
        self.connection.execute(sql, (by, is_halted)).at(&self.path).map(drop)
    }
}

#[cfg(test)]
impl Writer {
    /// From now on, the file grows no more.
    pub(crate) fn fill_disk(&self) {
        self.limit_pages(1);
    }

    pub(crate) fn empty_disk(&self) {
        self.limit_pages(1_000_000);
    }

    fn limit_pages(&self, most: u32) {
        // No less than there are is possible.
        let set = self.connection.pragma_update_and_check(None, "max_page_count", most, |_| Ok(()));
        assert!(set.is_ok(), "{set:?}");
    }
}
