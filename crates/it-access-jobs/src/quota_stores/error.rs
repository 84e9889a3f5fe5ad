//! Why a store of a quota does not work.

use std::{error::Error, time::Duration};

use super::{
    AccountKey,
    book::{Misfit, Rate},
};

type Source = Box<dyn Error + Send + Sync>;

/// Why a store of a quota does not work. As long as it does not, nothing is sent.
///
/// No password stands in it, nor in what caused it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file cannot be made, opened or written.
    #[error(
        "{store} cannot be opened for writing; check that its folder exists, that this user may write there, and that the disk is not full"
    )]
    NotWritable {
        /// Which store it is.
        store: String,
        /// What the system says.
        source: Source,
    },

    /// Others have held the store for too long.
    #[error("{store} is held by another program for longer than {} s; see which program has it open, and try again", .waited.as_secs())]
    Busy {
        /// Which store it is.
        store: String,
        /// How long was waited.
        waited: Duration,
    },

    /// It is so slow that a slot may be gone before it can be used.
    #[error("{store} takes longer than {} s for each change; put it on a faster disk, or nearer", .limit.as_secs())]
    TooSlow {
        /// Which store it is.
        store: String,
        /// How long a change may take.
        limit: Duration,
    },

    /// The file is another program's.
    #[error("{store} is in a file of another program, which is left as it is; choose another file")]
    Foreign {
        /// Which store it is.
        store: String,
    },

    /// What is there is not a quota, or no longer.
    #[error(
        "{store} is damaged, or was made by something else; use another, or remove it when no requests have been sent for a few minutes: a new one is made"
    )]
    Damaged {
        /// Which store it is.
        store: String,
        /// What is wrong with it.
        source: Source,
    },

    /// A newer version of this program has written it.
    #[error(
        "{store} was written by a newer version of this program, in form {version}; use that version everywhere, or another store"
    )]
    Newer {
        /// Which store it is.
        store: String,
        /// The version of its form.
        version: u32,
    },

    /// Another program keeps to another limit for the same account.
    #[error("{store} holds a quota of {} requests in {:?} for `{account}`, and not of {} in {:?}; give every program of the account the same limit", .found.0, .found.1, .asked.0, .asked.1)]
    OtherLimit {
        /// Which store it is.
        store: String,
        /// The account.
        account: AccountKey,
        /// The limit and the window that are kept to.
        found: (u32, Duration),
        /// The limit and the window that were asked for.
        asked: (u32, Duration),
    },

    /// The server cannot be reached, or the connection broke.
    #[error("{store} cannot be reached; check that it runs, its address, and the network")]
    Unreachable {
        /// Which store it is.
        store: String,
        /// What the system says.
        source: Source,
    },

    /// The server does not take the user name or the password.
    #[error(
        "{store} does not let this program in; check the user name and the password in the address"
    )]
    Denied {
        /// Which store it is.
        store: String,
        /// What the server says.
        source: Source,
    },

    /// The server answered, but not as is needed.
    #[error(
        "{store} does not do what is asked of it; check that it is Redis 5 or newer, and that scripts, TIME and INFO are allowed"
    )]
    Refused {
        /// Which store it is.
        store: String,
        /// What the server says.
        source: Source,
    },

    /// The address is not one of Redis.
    #[error(
        "this is not the address of a Redis server; write redis://HOST:PORT/DATABASE, or rediss:// for TLS, with USER:PASSWORD@ before the host if needed"
    )]
    Address {
        /// What is wrong with it.
        source: Source,
    },

    /// The clock that all processes of this host share cannot be read.
    #[error("the clock that counts from the start of this machine cannot be read")]
    Clock {
        /// What the system says.
        source: Source,
    },

    /// The thread that works with the store has ended, or could not be started.
    #[error(
        "{store} is no longer worked with, because of an earlier failure in this program; start it again"
    )]
    Stopped {
        /// Which store it is.
        store: String,
    },
}

impl StoreError {
    pub(super) fn misfit(misfit: Misfit, store: &str, account: &AccountKey, asked: Rate) -> Self {
        let store = store.to_owned();
        match misfit {
            Misfit::Garbled(error) => Self::Damaged { store, source: error.into() },
            Misfit::Newer { version } => Self::Newer { store, version },
            Misfit::OtherRate { found } => Self::OtherLimit {
                store,
                account: account.clone(),
                found: (found.limit, found.window),
                asked: (asked.limit, asked.window),
            },
        }
    }
}
