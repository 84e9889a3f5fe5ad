//! The tables of a journal, and how one is known for what it is.

use std::path::Path;

use rusqlite::Connection;

use super::{At, JournalError};

/// What marks an SQLite file as a journal: "itja".
const APPLICATION_ID: i64 = 0x6974_6a61;

/// The version of the tables that is written, and the latest that is read.
const VERSION: i64 = 1;

const TABLES: &str = include_str!("schema.sql");

pub(super) fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(TABLES)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", VERSION)
}

/// Checks that the file is a journal that this program can read.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<(), JournalError> {
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    if number("application_id").at(path)? != APPLICATION_ID {
        return Err(JournalError::Foreign { path: path.to_owned() });
    }
    match number("user_version").at(path)? {
        VERSION => Ok(()),
        version if version > VERSION => {
            Err(JournalError::Newer { path: path.to_owned(), version, known: VERSION })
        }
        version => Err(JournalError::corrupt(path, format!("it has format {version}"))),
    }
}
