//! Where the account's quota is kept.

use std::{fmt, path::PathBuf};

use anyhow::bail;

use super::{Setting, Source, folders};

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
            if address.has_user() && !matches!(said.source, Source::Variable { .. }) {
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
            _ => Ok(said.into_path().map(Self::Sqlite)),
        }
    }
}

impl RedisAddress {
    /// With the password: for the connection, and nothing else.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    fn has_user(&self) -> bool {
        self.parts().1.is_some()
    }

    /// The scheme, the user and password if there are any, and the rest.
    fn parts(&self) -> (&str, Option<&str>, &str) {
        let (scheme, rest) = self.0.split_once("://").unwrap_or(("redis", &self.0));
        match rest.rsplit_once('@') {
            Some((user, rest)) => (scheme, Some(user), rest),
            None => (scheme, None, rest),
        }
    }
}

impl fmt::Display for RedisAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts() {
            (scheme, Some(_), rest) => write!(f, "{scheme}://[hidden]@{rest}"),
            (scheme, None, rest) => write!(f, "{scheme}://{rest}"),
        }
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
