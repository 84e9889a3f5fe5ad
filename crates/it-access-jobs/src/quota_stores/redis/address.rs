//! Where a server is, and how it is entered.

use std::{fmt, str::FromStr};

use redis::{Client, IntoConnectionInfo};

use crate::quota_stores::StoreError;

/// The address of a server. User and password are never shown.
pub(super) struct Address {
    client: Client,
    shown: String,
}

impl Address {
    pub(super) fn client(&self) -> &Client {
        &self.client
    }
}

impl FromStr for Address {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let not_one = |error: redis::RedisError| StoreError::Address { source: error.into() };
        let info = text.into_connection_info().map_err(not_one)?;
        let shown = format!("{}, database {}", info.addr(), info.redis_settings().db());
        let client = Client::open(info).map_err(not_one)?;
        Ok(Self { client, shown })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Address").field(&self.shown).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_where_and_not_who() {
        for (text, expected) in [
            ("redis://redis.example", "redis.example:6379, database 0"),
            ("redis://:secret@127.0.0.1:7000/3", "127.0.0.1:7000, database 3"),
            ("rediss://who:secret@redis.example/1", "redis.example:6379, database 1"),
        ] {
            let address: Address = text.parse().unwrap();
            assert_eq!(address.to_string(), expected, "{text}");
            assert_eq!(format!("{address:?}"), format!("Address({expected:?})"));
        }
    }

    #[test]
    fn an_error_does_not_repeat_the_address() {
        for text in [
            "",
            "secret",
            "https://:secret@redis.example",
            "redis://:secret@",
            "redis://:secret@redis.example:secret",
            "redis://:secret@redis.example/secret",
            "rediss://:secret@redis.example/#secret",
        ] {
            let error = text.parse::<Address>().unwrap_err();
            assert!(matches!(error, StoreError::Address { .. }), "{text}");
            assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
        }
    }
}
