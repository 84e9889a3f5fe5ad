//! Where the account's quota is kept.

use std::{
    fmt,
    path::{PathBuf, is_separator},
};

use anyhow::bail;

use super::{Setting, Source, folders};
use crate::address::{has_user, without_secrets};

/// Where the account's quota is kept, and so with whom it is shared.
#[derive(Debug, Clone)]
pub(crate) enum QuotaStore {
    /// With nobody.
    Memory,
    /// With the commands of this machine.
    Sqlite(PathBuf),
    /// With other machines.
    Redis(RedisAddress),
}

/// The address of a Redis server, perhaps with a password in it.
#[derive(Clone)]
pub(crate) struct RedisAddress(String);

impl QuotaStore {
    pub(super) fn default() -> anyhow::Result<Self> {
        Ok(Self::Sqlite(folders::state()?.join("quota.sqlite")))
    }

    pub(super) fn read(said: Setting<String>) -> anyhow::Result<Setting<Self>> {
        let text = said.value.as_str();
        if let Some((scheme, _)) = text.split_once("://") {
            if !["redis", "rediss"].iter().any(|it| scheme.eq_ignore_ascii_case(it)) {
                // Not shown: there may be a password in it.
                bail!(
                    "{}: of addresses, only redis://HOST and rediss://HOST are known",
                    said.source
                );
            }
            let address = RedisAddress(text.to_owned());
            if has_user(text) && !matches!(said.source, Source::Variable { .. }) {
                bail!(
                    "{}: a password does not belong there, where others can see it; \
                     put the address into IT_ACCESS_QUOTA_STORE",
                    said.source
                );
            }
            return Ok(said.map(|_| Self::Redis(address)));
        }
        match text {
            "" => bail!("{} is empty; write sqlite, memory, redis://HOST or a file", said.source),
            "memory" => Ok(said.map(|_| Self::Memory)),
            "sqlite" => {
                let store = Self::default()?;
                Ok(said.map(|_| store))
            }
            // A file of that name would be shared with nobody who has meant something else.
            _ if !text.contains('.') && !text.contains(is_separator) => bail!(
                "{}: `{text}` is neither sqlite, memory nor redis://HOST, and no file: write one with its ending or \
                 its folder",
                said.source
            ),
            _ => Ok(said.into_path()?.map(Self::Sqlite)),
        }
    }
}

impl RedisAddress {
    /// With the password: for the connection, and nothing else.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RedisAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&without_secrets(&self.0))
    }
}

impl fmt::Debug for RedisAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for QuotaStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory => f.write_str("memory"),
            Self::Sqlite(path) => path.display().fmt(f),
            Self::Redis(address) => address.fmt(f),
        }
    }
}
