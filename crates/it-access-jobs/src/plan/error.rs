//! Why there is no plan.

use std::{io, path::PathBuf};

use crate::ListError;

/// Why a plan could not be made, written or read. Nothing was sent.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// A list is not used.
    #[error(transparent)]
    List(#[from] ListError),

    /// A list of devices to protect holds MAC addresses, but those of the plan are named by HWID.
    #[error(
        "{list}, line {line}: {id:?} is a MAC address, which protects nothing in a list of HWIDs; \
         name the devices to protect by HWID"
    )]
    ProtectsNothing {
        /// What the list is called.
        list: String,
        /// The number of the line, from 1.
        line: u64,
        /// What stands there.
        id: String,
    },

    /// Nothing is left to act on.
    #[error("all devices of {list} are protected, so that none is left to act on")]
    AllProtected {
        /// What the list is called.
        list: String,
    },

    /// There are more devices than were allowed.
    #[error(
        "there are {devices} devices, and {most} at most were allowed; \
         shorten the list, or allow more"
    )]
    TooMany {
        /// How many there are.
        devices: usize,
        /// How many were allowed.
        most: usize,
    },

    /// A file is there already.
    #[error("{} is there already; choose another name, or say that it is to be replaced", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },

    /// A file cannot be written.
    #[error("{} cannot be written; check the folder and its space", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },

    /// A file cannot be read.
    #[error("{} cannot be read", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },

    /// A file is something else.
    #[error("{} is no plan of this program", path.display())]
    NotAPlan {
        /// The file.
        path: PathBuf,
    },

    /// A file was made by a later version.
    #[error(
        "{} is a plan of format {version}, and this program knows format {known} at most; \
         use the version that made it, or plan anew", path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of its format.
        version: u64,
        /// The latest that is known.
        known: u64,
    },

    /// A file is no longer what was planned.
    #[error(
        "{}, line {line}: changed after the plan was made; plan anew, from the list", path.display()
    )]
    Changed {
        /// The file.
        path: PathBuf,
        /// The first line that is not as it was, from 1.
        line: u64,
    },

    /// A file is only the first part of what was planned.
    #[error("{} is cut off after line {line}; plan anew, from the list", path.display())]
    CutOff {
        /// The file.
        path: PathBuf,
        /// The last whole line. 0 if there is none.
        line: u64,
    },
}
