//! One process a job.

use std::{
    fs::{File, OpenOptions},
    path::Path,
};

use fs4::FileExt;

use super::{At, JournalError};

/// The right to run a job. The system takes it back when the process ends, however it does.
///
/// It lies on a file of its own: SQLite's own locks come and go with each transaction, and would be lost if the journal
/// were opened once more by the same process. An exclusive SQLite connection would keep out those who read reports.
#[derive(Debug)]
pub(crate) struct Lock {
    file: File,
}

impl Lock {
    /// Waits for the right to change which jobs there are in a folder.
    pub(crate) fn of_folder(folder: &Path) -> Result<Self, JournalError> {
        let path = folder.join("jobs.lock");
        let file = open(&path)?;
        FileExt::lock(&file).at(&path)?;
        Ok(Self { file })
    }

    pub(crate) fn take(journal: &Path) -> Result<Self, JournalError> {
        let path = journal.with_extension("lock");
        let file = open(&path)?;
        match FileExt::try_lock(&file) {
            Ok(()) => Ok(Self { file }),
            Err(fs4::TryLockError::WouldBlock) => {
                Err(JournalError::Locked { path: journal.to_owned() })
            }
            Err(fs4::TryLockError::Error(error)) => Err(error).at(&path),
        }
    }
}

impl Drop for Lock {
    /// Closing the file would not be enough: others may have it open too for a moment, such as a process that another thread
    /// is starting, or one that looks through the open files of all.
    fn drop(&mut self) {
        // What cannot be given back now is given back by closing.
        let _ = FileExt::unlock(&self.file);
    }
}

fn open(path: &Path) -> Result<File, JournalError> {
    let mut options = OpenOptions::new();
    options.create(true).write(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).at(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_free_once_it_is_dropped_whoever_has_its_file_open() {
        let folder = tempfile::tempdir().unwrap();
        let journal = folder.path().join("job.sqlite");
        let lock = Lock::take(&journal).unwrap();
        let _file = lock.file.try_clone().unwrap();
        assert!(matches!(Lock::take(&journal), Err(JournalError::Locked { .. })));
        drop(lock);
        Lock::take(&journal).unwrap();
    }
}
