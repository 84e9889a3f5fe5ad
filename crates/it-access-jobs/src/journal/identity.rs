//! Whether a file is still the one that was opened: SQLite goes on writing to one that was deleted, and all would be lost.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
};

use super::JournalError;

/// The journal and its write-ahead log, as they were found.
#[derive(Debug)]
pub(super) struct Identity {
    journal: PathBuf,
    files: [(PathBuf, FileId); 2],
}

impl Identity {
    /// Takes down what is there, once SQLite has opened both.
    pub(super) fn of(journal: &Path) -> Result<Self, JournalError> {
        let found = |path: PathBuf| {
            let id = file_id(&path).map_err(|_| JournalError::Gone { path: journal.to_owned() })?;
            Ok((path, id))
        };
        let files = [found(journal.to_owned())?, found(write_ahead_log(journal))?];
        Ok(Self { journal: journal.to_owned(), files })
    }

    /// Checks that both are there still.
    pub(super) fn check(&self) -> Result<(), JournalError> {
        let is_same = |(path, id): &(PathBuf, FileId)| file_id(path).is_ok_and(|it| it == *id);
        match self.files.iter().all(is_same) {
            true => Ok(()),
            false => Err(JournalError::Gone { path: self.journal.clone() }),
        }
    }
}

/// Where SQLite keeps what is not yet in the journal itself.
pub(super) fn write_ahead_log(journal: &Path) -> PathBuf {
    let mut name = OsString::from(journal);
    name.push("-wal");
    name.into()
}

/// Device and inode.
#[cfg(unix)]
type FileId = (u64, u64);

#[cfg(unix)]
fn file_id(path: &Path) -> io::Result<FileId> {
    use std::os::unix::fs::MetadataExt;

    fs::metadata(path).map(|file| (file.dev(), file.ino()))
}

/// Elsewhere an open file cannot be deleted.
#[cfg(not(unix))]
type FileId = ();

#[cfg(not(unix))]
fn file_id(path: &Path) -> io::Result<FileId> {
    fs::metadata(path).map(drop)
}
