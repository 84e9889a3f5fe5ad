//! A new journal from a plan.

use std::{io, path::Path};

use rusqlite::Connection;

use super::{At, JournalError, Record, connect, schema, state};
use crate::{Plan, files};

/// Writes the journal of a job that has sent nothing yet: as a whole or not at all. Says whether the name was free.
pub(crate) fn create(path: &Path, record: &Record, plan: &Plan) -> Result<bool, JournalError> {
    let file = files::Pending::beside(path).at(path)?;
    fill(file.path(), record, plan)?;
    match file.keep(path, false) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        kept => kept.at(path).map(|()| true),
    }
}

fn fill(path: &Path, record: &Record, plan: &Plan) -> Result<(), JournalError> {
    let mut connection = connect(path)?;
    // Nobody knows the file yet. It is made safe as a whole, before it gets its name.
    connection.pragma_update(None, "journal_mode", "OFF").at(path)?;
    connection.pragma_update(None, "synchronous", "OFF").at(path)?;
    let transaction = connection.transaction().at(path)?;
    schema::create(&transaction).at(path)?;
    record.insert(&transaction, path)?;
    insert_devices(&transaction, plan).at(path)?;
    transaction.commit().at(path)?;
    // The mode is kept in the file.
    connection.pragma_update(None, "journal_mode", "WAL").at(path)?;
    connection.close().map_err(|(_, error)| error).at(path)
}

fn insert_devices(connection: &Connection, plan: &Plan) -> rusqlite::Result<()> {
    let (unprocessed, _) = state::to_columns(it_access::DeviceState::Unprocessed);
    let sql = "INSERT INTO devices (number, line, id, state) VALUES (?1, ?2, ?3, ?4)";
    let mut insert = connection.prepare(sql)?;
    for (number, target) in (1_i64..).zip(plan.targets()) {
        insert.execute((number, target.line as i64, target.id, unprocessed))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use std::{fs, time::SystemTime};

    use it_access::DeviceAction;

    use super::*;
    use crate::{IdKind, List, journal::Safeguards};

    #[test]
    fn a_name_is_given_once_and_what_else_is_wrong_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let list = List::reading("list", io::Cursor::new("device1\n"));
        let plan = Plan::builder(DeviceAction::Delete, IdKind::Hwids, list).build().unwrap();
        let (host, safeguards) = ("tenant.example".to_owned(), Safeguards::default());
        let record = Record::of(&plan, host, SystemTime::now(), safeguards);

        let path = folder.path().join("job");
        assert!(create(&path, &record, &plan).unwrap());
        let first = fs::read(&path).unwrap();
        assert!(!create(&path, &record, &plan).unwrap());
        assert_eq!(fs::read(&path).unwrap(), first, "it is still the first one's");

        let too_long = folder.path().join("x".repeat(300));
        let error = create(&too_long, &record, &plan).unwrap_err();
        assert!(matches!(error, JournalError::Unusable { .. }), "{error:?}");
    }
}
