//! What the tests share: a place that holds a quota, of either kind.

use std::{fmt, path::PathBuf, time::Duration};

use it_access::{Ask, Observation, Quota, RateLimit};
use it_access_jobs::quota_stores::{AccountKey, SqliteQuota, StoreError};
use tempfile::TempDir;

/// Where a quota is kept, in a form that another process can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    File(PathBuf),
    #[cfg(feature = "redis")]
    Redis(String),
}

impl Place {
    pub(crate) async fn open(&self, rate_limit: RateLimit) -> Result<Box<dyn Quota>, StoreError> {
        let account = AccountKey::new("https://tenant.example", "a");
        Ok(match self {
            Self::File(file) => Box::new(SqliteQuota::open(file, &account, rate_limit)?),
            #[cfg(feature = "redis")]
            Self::Redis(url) => {
                use it_access_jobs::quota_stores::RedisQuota;
                Box::new(RedisQuota::connect(url, &account, rate_limit).await?)
            }
        })
    }

    pub(crate) fn parse(text: &str) -> Self {
        match text.split_once(' ').unwrap() {
            ("file", path) => Self::File(path.into()),
            #[cfg(feature = "redis")]
            ("redis", url) => Self::Redis(url.to_owned()),
            _ => panic!("no place: {text}"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(file) => write!(f, "file {}", file.display()),
            #[cfg(feature = "redis")]
            Self::Redis(url) => write!(f, "redis {url}"),
        }
    }
}

/// A store for one test, and what keeps it there.
pub(crate) struct Store {
    pub(crate) place: Place,
    _folder: Option<TempDir>,
    #[cfg(feature = "redis")]
    pub(crate) server: Option<crate::redis_server::RedisServer>,
}

impl Store {
    pub(crate) fn file() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::File(folder.path().join("quota.sqlite"));
        Self {
            place,
            _folder: Some(folder),
            #[cfg(feature = "redis")]
            server: None,
        }
    }

    /// None, where no Redis is installed.
    #[cfg(feature = "redis")]
    pub(crate) fn redis() -> Option<Self> {
        let server = crate::redis_server::RedisServer::start()?;
        Some(Self { place: Place::Redis(server.url()), _folder: None, server: Some(server) })
    }

    /// One of each kind that there is.
    pub(crate) fn each() -> Vec<Self> {
        #[cfg(feature = "redis")]
        let redis = Self::redis();
        #[cfg(not(feature = "redis"))]
        let redis = None;
        [Self::file()].into_iter().chain(redis).collect()
    }

    /// Opens the quota, and waits until all of it is free: a server that has just been started may have lost something.
    pub(crate) async fn open(&self, limit: u32, window: Duration) -> Box<dyn Quota> {
        let quota = self.place.open(rate_limit(limit, window)).await.unwrap();
        quota.acquire(ask()).await.unwrap().not_sent();
        // What is asked next is answered when that is written down.
        quota.estimate(0).await.unwrap();
        quota
    }
}

pub(crate) fn rate_limit(limit: u32, window: Duration) -> RateLimit {
    RateLimit { limit, window, scope: "account" }
}

pub(crate) const TIMEOUT: Duration = Duration::from_millis(200);

pub(crate) fn ask() -> Ask {
    Ask::new(TIMEOUT)
}

/// An answer that says nothing of the quota.
pub(crate) fn answer(status: u16) -> Observation {
    Observation::new(status.try_into().unwrap())
}
