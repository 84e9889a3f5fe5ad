//! What goes wrong with journals.

use std::{
    error, io,
    path::{Path, PathBuf},
};

use rusqlite::{ErrorCode, ffi};

type Source = Box<dyn error::Error + Send + Sync>;

/// What is wrong with the journal of a job. What it held before, it holds still.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// There is no such job.
    #[error("there is no journal {}; look which jobs there are, and where they are kept", path.display())]
    Missing {
        /// Where the journal should be.
        path: PathBuf,
    },

    /// The file is no journal.
    #[error("{} is not the journal of a job; if it should be, take it from a backup, which knows nothing of what was sent since", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },

    /// The file was made by a later version.
    #[error(
        "{} is a journal of format {version}, and this program knows format {known} at most; \
         use the version that made it", path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of its format.
        version: i64,
        /// The latest that is known.
        known: i64,
    },

    /// The file is damaged.
    #[error(
        "{} is damaged; nothing more is sent for this job. Keep the file, and look at the devices \
         before acting on them again", path.display()
    )]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: Source,
    },

    /// Another process is running the job.
    #[error(
        "another process is running the job of {}; wait for its end, or stop it", path.display()
    )]
    Locked {
        /// The journal.
        path: PathBuf,
    },

    /// The file that was open is no longer where it was.
    #[error(
        "{} was moved, deleted or replaced while its job was running; \
         put it back before the job is resumed", path.display()
    )]
    Gone {
        /// Where the journal was.
        path: PathBuf,
    },

    /// The disk is full.
    #[error(
        "there is no space to write to {}; make some, then resume the job, or ask for its report again",
        path.display()
    )]
    Full {
        /// The file.
        path: PathBuf,
        /// What was said.
        source: Source,
    },

    /// The file or its folder cannot be written.
    #[error(
        "{} cannot be written; check the rights to it and its folder, then resume the job", path.display()
    )]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// What was said.
        source: Source,
    },

    /// The folder cannot be looked into.
    #[error(
        "{} cannot be read as a folder of jobs; name the folder in which they are kept, \
         and check the rights to it", path.display()
    )]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What was said.
        source: Source,
    },

    /// A new job could not be written down, so that there is none.
    #[error(
        "no job was made, and nothing was sent: {} cannot be used. See that jobs are kept in a folder, \
         with space and the right to read and write there, then do the same again", path.display()
    )]
    NotMade {
        /// The folder, or the journal of another job in it.
        path: PathBuf,
        /// What was said.
        source: Source,
    },

    /// Nobody knows whether the journal of another job is one of the same plan, so that no new one was made.
    #[error(
        "no job was made, and nothing was sent: {} may be a job of this plan, and cannot be read. \
         Move it out of the folder if it is not, or have the plan carried out again whatever it is", path.display()
    )]
    Unclear {
        /// The journal of the other job.
        path: PathBuf,
        /// What is wrong with it.
        source: Source,
    },

    /// Something else failed.
    #[error("{} cannot be used; see what is wrong with it, then resume the job", path.display())]
    Unusable {
        /// The file or folder.
        path: PathBuf,
        /// What was said.
        source: Source,
    },
}

impl JournalError {
    pub(crate) fn corrupt(path: &Path, problem: impl Into<Source>) -> Self {
        Self::Corrupt { path: path.to_owned(), source: problem.into() }
    }

    /// Says of what stood in the way of a new job that there is none: who is told to resume it would resume another one.
    pub(crate) fn not_made(self, path: &Path) -> Self {
        match self {
            Self::Full { source, .. }
            | Self::ReadOnly { source, .. }
            | Self::Folder { source, .. }
            | Self::Unusable { source, .. } => Self::NotMade { path: path.to_owned(), source },
            other @ (Self::Corrupt { .. } | Self::Foreign { .. } | Self::Newer { .. }) => {
                Self::Unclear { path: path.to_owned(), source: other.into() }
            }
            other => other,
        }
    }
}

/// Names the file in an error.
pub(crate) trait At<T> {
    /// Says which file an error is about.
    fn at(self, path: &Path) -> Result<T, JournalError>;
}

impl<T> At<T> for rusqlite::Result<T> {
    fn at(self, path: &Path) -> Result<T, JournalError> {
        self.map_err(|error| {
            let (path, code) = (path.to_owned(), error.sqlite_error_code());
            let extended = error.sqlite_error().map(|error| error.extended_code);
            let source: Source = error.into();
            match code {
                // Who reads when nobody else does makes an index of the log, beside the journal.
                _ if extended == Some(ffi::SQLITE_IOERR_SHMSIZE) => {
                    JournalError::Full { path, source }
                }
                Some(ErrorCode::NotADatabase) => JournalError::Foreign { path },
                Some(ErrorCode::DatabaseCorrupt) => JournalError::Corrupt { path, source },
                Some(ErrorCode::DiskFull) => JournalError::Full { path, source },
                Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
                    JournalError::ReadOnly { path, source }
                }
                _ => JournalError::Unusable { path, source },
            }
        })
    }
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, JournalError> {
        self.map_err(|error| {
            let (path, kind) = (path.to_owned(), error.kind());
            let source = error.into();
            match kind {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    JournalError::Full { path, source }
                }
                io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
                    JournalError::ReadOnly { path, source }
                }
                _ => JournalError::Unusable { path, source },
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_can_mend_is_told_apart() {
        type Kind = fn(&JournalError) -> bool;
        let cases: [(i32, Kind); 7] = [
            (ffi::SQLITE_NOTADB, |error| matches!(error, JournalError::Foreign { .. })),
            (ffi::SQLITE_CORRUPT, |error| matches!(error, JournalError::Corrupt { .. })),
            (ffi::SQLITE_FULL, |error| matches!(error, JournalError::Full { .. })),
            (ffi::SQLITE_IOERR_SHMSIZE, |error| matches!(error, JournalError::Full { .. })),
            (ffi::SQLITE_READONLY, |error| matches!(error, JournalError::ReadOnly { .. })),
            (ffi::SQLITE_PERM, |error| matches!(error, JournalError::ReadOnly { .. })),
            (ffi::SQLITE_IOERR, |error| matches!(error, JournalError::Unusable { .. })),
        ];
        for (code, is_expected) in cases {
            let failure = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
            let told = Err::<(), _>(failure).at(Path::new("jobs/one"));
            assert!(told.is_err_and(|error| is_expected(&error)), "{code}");
        }
        let cases: [(io::ErrorKind, Kind); 5] = [
            (io::ErrorKind::StorageFull, |error| matches!(error, JournalError::Full { .. })),
            (io::ErrorKind::QuotaExceeded, |error| matches!(error, JournalError::Full { .. })),
            (io::ErrorKind::ReadOnlyFilesystem, |error| {
                matches!(error, JournalError::ReadOnly { .. })
            }),
            (io::ErrorKind::PermissionDenied, |error| {
                matches!(error, JournalError::ReadOnly { .. })
            }),
            (io::ErrorKind::Other, |error| matches!(error, JournalError::Unusable { .. })),
        ];
        for (kind, is_expected) in cases {
            let told = Err::<(), _>(io::Error::from(kind)).at(Path::new("jobs/one"));
            assert!(told.is_err_and(|error| is_expected(&error)), "{kind}");
        }
    }
}
