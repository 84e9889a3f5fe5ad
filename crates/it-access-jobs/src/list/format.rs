//! The formats of lists.

use std::{fmt, path::Path, str::FromStr};

/// The format of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListFormat {
    /// Comma-, semicolon- or tab-separated values.
    Csv,
    /// One device a line. Blank lines, and lines that begin with `#`, are passed over.
    Text,
    /// One array of texts or objects, or a report that has one as its `devices`.
    Json,
    /// One text or object of JSON a line.
    Ndjson,
}

/// A name of no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no format of a list; choose csv, text, json or ndjson")]
pub struct UnknownFormat(String);

impl ListFormat {
    /// The format that the name of a file says, if it says one. A name without an extension says text.
    #[must_use]
    pub fn of(path: &Path) -> Option<Self> {
        let Some(extension) = path.extension() else { return Some(Self::Text) };
        match extension.to_str()?.to_ascii_lowercase().as_str() {
            "csv" | "tsv" => Some(Self::Csv),
            "txt" | "text" | "list" => Some(Self::Text),
            "json" => Some(Self::Json),
            "ndjson" | "jsonl" => Some(Self::Ndjson),
            _ => None,
        }
    }
}

impl FromStr for ListFormat {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        [Self::Csv, Self::Text, Self::Json, Self::Ndjson]
            .into_iter()
            .find(|format| format.to_string() == name)
            .ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

impl fmt::Display for ListFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Csv => "csv",
            Self::Text => "text",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
        })
    }
}
