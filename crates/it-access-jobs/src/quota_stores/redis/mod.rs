//! A quota in Redis, for several hosts.

mod address;
mod exchange;
mod store;

use std::{fmt, sync::Arc, time::Duration};

use it_access::{Ask, BoxFuture, Permit, Quota, QuotaError, RateLimit};

pub(super) use store::RedisStore;

use super::{
    AccountKey, StoreError,
    book::Rate,
    shared::{SharedQuota, no_permit},
};

/// A quota in Redis, shared by all programs of any host that use the same server, database and account.
///
/// Time is the server's, so that no host's clock matters. The server's own clock must not be put forward by hand while
/// requests are sent; setting it back only costs time, and what keeps clocks right (NTP) does no harm.
///
/// The server may lose what it holds: it is started anew, or told to forget. Then nothing is granted until every request that
/// may have been sent before has been forgotten by the service, too: for the longest timeout and a window. A program that has
/// used the quota notices any such loss. One that has just been started notices it by how long the server has been running, but
/// not that a key was removed from a server that runs: let it evict nothing (`maxmemory-policy noeviction`).
///
/// Every exchange is two short ones with the server, in a thread of its own. One that fails is an error for who waits, and the
/// next one connects anew. Keys are named `it-access:quota:ACCOUNT`, and vanish when nothing in them holds any more.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use it_access::Client;
/// use it_access_jobs::quota_stores::{AccountKey, RedisQuota};
///
/// let account = AccountKey::new("https://gears.opswat.com", "production");
/// let address = std::env::var("QUOTA_STORE")?; // rediss://user:password@redis.example:6379/0
/// let quota = RedisQuota::connect(&address, &account, Client::rate_limit()).await?;
/// # drop(quota);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RedisQuota(Arc<SharedQuota<RedisStore>>);

impl RedisQuota {
    /// Connects to the server at `redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE]`, or by TLS at `rediss://...`.
    ///
    /// No error and no `Debug` output shows the user or the password.
    ///
    /// # Errors
    ///
    /// If the address is none, the server cannot be reached within 3 s, does not let this program in or is not Redis, or what it
    /// holds was written by a newer version or keeps to another limit for this account.
    pub async fn connect(
        address: &str,
        account: &AccountKey,
        rate_limit: RateLimit,
    ) -> Result<Self, StoreError> {
        let rate = Rate::from(rate_limit);
        let store = RedisStore::new(address, account, rate)?;
        let quota = SharedQuota::new(store, rate)?;
        quota.estimate(0).await?;
        Ok(Self(Arc::new(quota)))
    }
}

impl Quota for RedisQuota {
    fn acquire(&self, ask: Ask) -> BoxFuture<'_, Result<Permit, QuotaError>> {
        Box::pin(self.0.acquire(ask))
    }

    fn estimate(&self, requests: u64) -> BoxFuture<'_, Result<Duration, QuotaError>> {
        Box::pin(async move { self.0.estimate(requests).await.map_err(no_permit) })
    }
}

impl fmt::Debug for RedisQuota {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RedisQuota").field(&self.0.name()).finish()
    }
}
