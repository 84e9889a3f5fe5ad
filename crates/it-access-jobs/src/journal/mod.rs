//! The journal of a job: an SQLite file in which every request is written down before it is sent, and its answer after.
//!
//! What is committed survives the process and the machine: WAL, and a sync at every commit. From the moment that a request
//! is written down, its devices are unknown; nothing has to be repaired after a crash.

mod create;
mod error;
mod identity;
mod lock;
mod read;
mod record;
mod safeguards;
mod schema;
mod state;
mod write;

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

pub(crate) use self::{
    create::create,
    error::At,
    lock::Lock,
    read::{Reader, RowQuery, StoredRow},
    record::Record,
    safeguards::Safeguards,
    write::{End, PendingRow, Writer},
};

pub use self::error::JournalError;

/// Opens a journal that is there. A connection stays with its thread, and needs no mutex.
fn connect(path: &Path) -> Result<Connection, JournalError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).at(path)
}
