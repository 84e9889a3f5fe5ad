//! The books of a server, and the account whose book is used.

use std::time::{Duration, Instant};

use redis::{Connection, ErrorKind, RedisError, RedisResult};

use super::{
    address::Address,
    exchange::{Held, NewBook, exchange},
};
use crate::quota_stores::{
    AccountKey, StoreError,
    book::{Book, Rate},
    store::Store,
};

/// How long the server may take, to be connected to and to answer.
const TIMEOUT: Duration = Duration::from_secs(3);

/// How long others may get in between.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// The books of a server, and the account whose book is used.
pub(in crate::quota_stores) struct RedisStore {
    address: Address,
    connection: Option<Connection>,
    name: String,
    account: AccountKey,
    rate: Rate,
    seen: Option<Seen>,
}

/// A book that the server should still hold.
#[derive(Debug, Clone, Copy)]
struct Seen {
    id: u64,
    /// None if that is later than an instant can be.
    until: Option<Instant>,
}

impl RedisStore {
    /// Reads an address, and connects at the first exchange.
    pub(in crate::quota_stores) fn new(
        address: &str,
        account: &AccountKey,
        rate: Rate,
    ) -> Result<Self, StoreError> {
        let address: Address = address.parse()?;
        let name = format!("the quota in Redis at {address}");
        Ok(Self { address, connection: None, name, account: account.clone(), rate, seen: None })
    }

    /// Opens the book that the server holds, and finds out whether it has lost another, or some of this.
    fn open(&self, held: &Held) -> Result<Book, StoreError> {
        let text = Some(held.book.as_str()).filter(|_| !held.edition.is_empty());
        let mut book = Book::open(text, self.rate, &held.reading)
            .map_err(|misfit| StoreError::misfit(misfit, &self.name, &self.account, self.rate))?;
        let expected =
            self.seen.filter(|seen| seen.until.is_none_or(|until| Instant::now() < until));
        if expected.is_some_and(|seen| seen.id != book.id()) || book.has_changed_clocks() {
            // What was written last may be missing, even if there is a book: the server may have come back with an older one.
            book.has_lost(Duration::ZERO);
        } else if text.is_none() {
            // Or the server has lost one when it was started.
            book.has_lost(held.uptime);
        }
        Ok(book)
    }

    /// Works on a connection, and on a new one if the old one has broken.
    fn exchange(&mut self, new: Option<NewBook<'_>>) -> Result<Held, StoreError> {
        let key = format!("it-access:quota:{}", self.account);
        if let Some(connection) = &mut self.connection {
            match exchange(connection, &key, new) {
                Ok(held) => return Ok(held),
                Err(error) if !error.is_unrecoverable_error() && !error.is_io_error() => {
                    return Err(self.failure(error));
                }
                Err(_) => self.connection = None,
            }
        }
        let mut connection = self.connect().map_err(|error| self.failure(error))?;
        let held = exchange(&mut connection, &key, new).map_err(|error| self.failure(error))?;
        self.connection = Some(connection);
        Ok(held)
    }

    fn connect(&self) -> RedisResult<Connection> {
        let connection = self.address.client().get_connection_with_timeout(TIMEOUT)?;
        connection.set_read_timeout(Some(TIMEOUT))?;
        connection.set_write_timeout(Some(TIMEOUT))?;
        Ok(connection)
    }

    fn failure(&self, error: RedisError) -> StoreError {
        let store = self.name.clone();
        match error.kind() {
            ErrorKind::AuthenticationFailed => StoreError::Denied { store, source: error.into() },
            _ if matches!(error.code(), Some("NOAUTH" | "WRONGPASS")) => {
                StoreError::Denied { store, source: error.into() }
            }
            ErrorKind::Io => StoreError::Unreachable { store, source: error.into() },
            _ => StoreError::Refused { store, source: error.into() },
        }
    }
}

impl Store for RedisStore {
    fn name(&self) -> &str {
        &self.name
    }

    fn change<T>(&mut self, mut change: impl FnMut(&mut Book) -> T) -> Result<T, StoreError> {
        let asked_at = Instant::now();
        let mut held = self.exchange(None)?;
        // To connect anew may have taken as long, and nobody has held the book then.
        let reached_at = Instant::now();
        while reached_at.elapsed() < BUSY_TIMEOUT {
            let mut book = self.open(&held)?;
            let changed = change(&mut book);
            let (replaces, text, vanishes_after) =
                (&held.edition, book.to_text(), book.lapses_after());
            let new = NewBook { replaces, book: &text, vanishes_after };
            held = self.exchange(Some(new))?;
            if held.is_written {
                self.seen =
                    Some(Seen { id: book.id(), until: asked_at.checked_add(vanishes_after) });
                return Ok(changed);
            }
        }
        Err(StoreError::Busy { store: self.name.clone(), waited: BUSY_TIMEOUT })
    }

    fn read<T>(&mut self, read: impl FnOnce(&Book) -> T) -> Result<T, StoreError> {
        let held = self.exchange(None)?;
        self.open(&held).map(|book| read(&book))
    }
}
