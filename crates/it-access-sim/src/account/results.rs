//! The results of an action, as the answer lists them.

use serde::{Serialize, Serializer};

/// One result per identifier, in the order sent.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Results {
    /// Whether the identifiers are MAC addresses.
    pub(crate) by_mac: bool,
    pub(crate) pairs: Vec<(String, i64)>,
}

impl Results {
    pub(crate) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("texts and numbers are JSON")
    }
}

impl Serialize for Results {
    /// As one JSON object, of which a map would sort or shuffle the keys, and lose one that stands
    /// twice.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.pairs.iter().map(|(identifier, code)| (identifier, code)))
    }
}
