//! Which column names the device.

use std::{fmt, num::NonZeroUsize, str::FromStr};

/// The column of a list that names the device: `hwid`, or `2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Column {
    /// By its name in the header, or by its key in JSON.
    Name(String),
    /// By its number, from 1.
    Number(NonZeroUsize),
}

/// A text that names no column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a column has a name, or a number from 1")]
pub struct InvalidColumn;

impl Column {
    /// A column by its name, also where that is made of digits.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self::Name(name.into())
    }
}

impl FromStr for Column {
    type Err = InvalidColumn;

    /// Reads digits as a number, anything else as a name.
    fn from_str(text: &str) -> Result<Self, InvalidColumn> {
        if text.is_empty() {
            return Err(InvalidColumn);
        }
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return text.parse().map(Self::Number).map_err(|_| InvalidColumn);
        }
        Ok(Self::named(text))
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => write!(f, "{name:?}"),
            Self::Number(number) => write!(f, "{number}"),
        }
    }
}

/// A name without what people write differently: `MAC Address` is `mac_address` is `macaddress`. Any other sign may be that of a
/// device.
pub(super) fn plain(name: &str) -> String {
    let is_separator = |it: char| it.is_whitespace() || matches!(it, '_' | '-' | '.' | ':');
    name.chars().filter(|it| !is_separator(*it)).flat_map(char::to_lowercase).collect()
}
