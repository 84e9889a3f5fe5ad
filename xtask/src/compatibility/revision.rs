//! Revisions of the document, as `info.version` gives them.

use std::{fmt, str::FromStr};

use anyhow::Context;
use serde_json::Value;

/// The vendor's version, which every revision begins with.
const VENDOR: &str = "3.0.";

/// How many revisions share a promise: what works with one works with every later one of the same hundred.
const PROMISE: u32 = 100;

/// A revision of the document: ours, after the vendor's version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision(u32);

impl Revision {
    /// The revision of a document.
    ///
    /// # Errors
    ///
    /// If it has no `info.version`, or one of another form.
    pub fn of(document: &Value) -> anyhow::Result<Self> {
        let version = document["info"]["version"].as_str();
        version.context("the document has no info.version")?.parse()
    }

    /// Whether it promises what `earlier` promised.
    #[must_use]
    pub fn promises_the_same_as(self, earlier: Self) -> bool {
        self.0 / PROMISE == earlier.0 / PROMISE
    }

    /// The next revision that may break something.
    #[must_use]
    pub fn next_to_break(self) -> Self {
        Self((self.0 / PROMISE + 1) * PROMISE)
    }
}

impl FromStr for Revision {
    type Err = anyhow::Error;

    fn from_str(version: &str) -> anyhow::Result<Self> {
        let number = version.strip_prefix(VENDOR).and_then(|number| number.parse().ok());
        number.map(Self).with_context(|| format!("{version:?} is not of the form {VENDOR}N"))
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VENDOR}{}", self.0)
    }
}
