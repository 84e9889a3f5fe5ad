//! A quota in a file, for the processes of one host.

use std::{
    fmt,
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use it_access::{Ask, BoxFuture, Permit, Quota, QuotaError, RateLimit};
use rusqlite::{
    Connection, ErrorCode, OpenFlags, OptionalExtension, Transaction, TransactionBehavior,
};

use super::{
    AccountKey, HostClock, StoreError,
    book::{Book, Rate},
    shared::{SharedQuota, no_permit},
    store::Store,
    timeline::Reading,
};

/// How long others may hold the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Marks a file as ours, so that no other program's is written to: "ITAQ".
const APPLICATION_ID: i32 = 0x4954_4151;

/// A quota in a file, shared by all processes of one host that open it.
///
/// The file is a SQLite database, and may hold the quotas of several accounts. It must lie on a disk of this host: on a
/// network's drive two hosts would not see each other's entries in time. Who removes it while it is in use splits the quota.
///
/// Time is how long the host has been running, so that no process's idea of the time of day matters. After a restart of the
/// host it goes on from where it stood. (On Windows it is the time of day, for want of anything better that all processes
/// share: setting that clock back costs time, and it must not be put forward while requests are sent.)
///
/// A grant is on the disk before the permit is given, and so survives the loss of power. How a request ended is written down
/// by a thread, right away. A quota that is dropped waits for that, up to 2 s; a process that ends without dropping it may
/// lose the end of its last request, whose slot is then free later, not earlier.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use it_access::Client;
/// use it_access_jobs::quota_stores::{AccountKey, SqliteQuota};
/// # let folder = tempfile::tempdir()?;
/// # let file = folder.path().join("quota.sqlite");
///
/// let account = AccountKey::new("https://gears.opswat.com", "production");
/// let quota = SqliteQuota::open(&file, &account, Client::rate_limit())?;
/// let client = Client::builder().tokens("my-token".parse::<it_access::AccessToken>()?).quota(quota).build()?;
/// # drop(client);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct SqliteQuota(Arc<SharedQuota<SqliteStore>>);

impl SqliteQuota {
    /// Opens the quota of an account in a file, which is made if there is none. Its folder must be there.
    ///
    /// The quota of a new file is wholly free. This may block for some seconds, if others hold the file.
    ///
    /// # Errors
    ///
    /// If the file cannot be made or written, is held by somebody for more than 5 s, is something else or damaged, was written
    /// by a newer version, or keeps to another limit for this account.
    pub fn open(
        file: impl AsRef<Path>,
        account: &AccountKey,
        rate_limit: RateLimit,
    ) -> Result<Self, StoreError> {
        let rate = Rate::from(rate_limit);
        let store = SqliteStore::open(file.as_ref(), account, rate)?;
        Ok(Self(Arc::new(SharedQuota::new(store, rate)?)))
    }
}

impl Quota for SqliteQuota {
    fn acquire(&self, ask: Ask) -> BoxFuture<'_, Result<Permit, QuotaError>> {
        Box::pin(self.0.acquire(ask))
    }

    fn estimate(&self, requests: u64) -> BoxFuture<'_, Result<Duration, QuotaError>> {
        Box::pin(async move { self.0.estimate(requests).await.map_err(no_permit) })
    }
}

impl fmt::Debug for SqliteQuota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SqliteQuota").field(&self.0.name()).finish()
    }
}

/// The books of a file, and the account whose book is used.
pub(super) struct SqliteStore {
    connection: Connection,
    name: String,
    account: AccountKey,
    rate: Rate,
    clock: Box<dyn Fn() -> Reading + Send>,
}

impl SqliteStore {
    pub(super) fn open(file: &Path, account: &AccountKey, rate: Rate) -> Result<Self, StoreError> {
        let clock = HostClock::new().map_err(|error| StoreError::Clock { source: error.into() })?;
        Self::open_with_clock(file, account, rate, move || clock.read())
    }

    pub(super) fn open_with_clock(
        file: &Path,
        account: &AccountKey,
        rate: Rate,
        clock: impl Fn() -> Reading + Send + 'static,
    ) -> Result<Self, StoreError> {
        let name = format!("the quota in {}", file.display());
        let failed = |error| failure(&name, error);
        let connection = connect(file).map_err(failed)?;
        if !prepare(&connection).map_err(failed)? {
            return Err(StoreError::Foreign { store: name });
        }
        use_log(&connection).map_err(failed)?;
        let (account, clock) = (account.clone(), Box::new(clock));
        let mut store = Self { connection, name, account, rate, clock };
        store.read(|_| ())?;
        Ok(store)
    }

    fn book(&self, transaction: &Transaction<'_>) -> Result<Book, StoreError> {
        let select = "SELECT book FROM quotas WHERE account = ?1";
        let text: Option<String> = transaction
            .query_row(select, [self.account.as_str()], |row| row.get(0))
            .optional()
            .map_err(|error| failure(&self.name, error))?;
        // The clock is read after the lock was waited for.
        Book::open(text.as_deref(), self.rate, &(self.clock)())
            .map_err(|misfit| StoreError::misfit(misfit, &self.name, &self.account, self.rate))
    }

    fn begin(&self, behavior: TransactionBehavior) -> Result<Transaction<'_>, StoreError> {
        Transaction::new_unchecked(&self.connection, behavior)
            .map_err(|error| failure(&self.name, error))
    }
}

impl Store for SqliteStore {
    fn name(&self) -> &str {
        &self.name
    }

    fn change<T>(&mut self, mut change: impl FnMut(&mut Book) -> T) -> Result<T, StoreError> {
        let transaction = self.begin(TransactionBehavior::Immediate)?;
        let mut book = self.book(&transaction)?;
        let changed = change(&mut book);
        let insert = "INSERT INTO quotas (account, book) VALUES (?1, ?2)
            ON CONFLICT (account) DO UPDATE SET book = excluded.book";
        transaction
            .execute(insert, [self.account.as_str(), &book.to_text()])
            .and_then(|_| transaction.commit())
            .map_err(|error| failure(&self.name, error))?;
        Ok(changed)
    }

    fn read<T>(&mut self, read: impl FnOnce(&Book) -> T) -> Result<T, StoreError> {
        let transaction = self.begin(TransactionBehavior::Deferred)?;
        self.book(&transaction).map(|book| read(&book))
    }
}

fn connect(file: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    Ok(connection)
}

/// Makes the table in a new file. Says whether the file is one of ours.
fn prepare(connection: &Connection) -> rusqlite::Result<bool> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let number = |sql| transaction.query_row(sql, [], |row| row.get::<_, i32>(0));
    let is_empty = number("SELECT count(*) FROM sqlite_schema")? == 0;
    match number("PRAGMA application_id")? {
        APPLICATION_ID => return Ok(true),
        0 if is_empty => {}
        _ => return Ok(false),
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.execute_batch(
        "CREATE TABLE quotas (account TEXT PRIMARY KEY, book TEXT NOT NULL) STRICT",
    )?;
    transaction.commit()?;
    Ok(true)
}

/// Has a commit add to a log that is on the disk when it returns, instead of rewriting the file.
fn use_log(connection: &Connection) -> rusqlite::Result<()> {
    let asked_at = Instant::now();
    // `fullfsync` is for macOS, where a sync alone does not reach the disk.
    let pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = TRUE";
    // The change to a log does not wait for others by itself.
    while let Err(error) = connection.execute_batch(pragmas) {
        let is_busy = error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy);
        if !is_busy || asked_at.elapsed() >= BUSY_TIMEOUT {
            return Err(error);
        }
        thread::sleep(Duration::from_millis(fastrand::u64(5..20)));
    }
    Ok(())
}

fn failure(store: &str, error: rusqlite::Error) -> StoreError {
    let store = store.to_owned();
    match error.sqlite_error_code() {
        Some(
            ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::FileLockingProtocolFailed,
        ) => StoreError::Busy { store, waited: BUSY_TIMEOUT },
        Some(
            ErrorCode::CannotOpen
            | ErrorCode::ReadOnly
            | ErrorCode::PermissionDenied
            | ErrorCode::DiskFull
            | ErrorCode::SystemIoFailure,
        ) => StoreError::NotWritable { store, source: error.into() },
        _ => StoreError::Damaged { store, source: error.into() },
    }
}
