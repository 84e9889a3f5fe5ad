//! The quota of an account, shared by several programs: those of one host by a file, those of several hosts by Redis.
//!
//! | store | shared by | its time |
//! | --- | --- | --- |
//! | [`SqliteQuota`] | the processes of one host | the host's, since it was started; no clock that can be set |
//! | [`RedisQuota`] | hosts (feature `redis`) | the server's |
//!
//! Both keep the rules of [`Ledger`](it_access::pacing::Ledger), as a [`Pacer`](it_access::Pacer) does in memory, and serve
//! in the order of arrival. A process that is killed while it holds a permit leaves its slot taken until the request's
//! timeout and a window have passed; one that is killed while it waits loses its place. Neither needs any repair.
//!
//! A store that does not work grants nothing, and says why in a [`StoreError`]. It is tried again at the next request.

mod account_key;
#[cfg(test)]
mod agreement;
mod book;
#[cfg(unix)]
mod boot_clock;
mod error;
mod keeper;
mod line;
#[cfg(feature = "redis")]
mod redis;
mod shared;
mod sqlite;
mod store;
mod timeline;
#[cfg(not(unix))]
mod wall_clock;

pub use account_key::AccountKey;
pub use error::StoreError;
#[cfg(feature = "redis")]
pub use redis::RedisQuota;
pub use sqlite::SqliteQuota;

#[cfg(unix)]
use boot_clock::BootClock as HostClock;
#[cfg(not(unix))]
use wall_clock::WallClock as HostClock;
