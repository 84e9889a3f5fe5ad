//! Entries of a list that are not in the plan.

use serde::{Deserialize, Serialize};

use super::Target;

/// As many are kept; all are counted.
const MOST_KEPT: usize = 20;

/// Entries of a list that are left out of the plan: all counted, the first ones kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Omitted {
    count: usize,
    first: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    line: u64,
    id: String,
}

impl Omitted {
    pub(super) fn add(&mut self, line: u64, id: &str) {
        self.count += 1;
        if self.first.len() < MOST_KEPT {
            self.first.push(Entry { line, id: id.to_owned() });
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The first of them: at most 20.
    pub fn first(&self) -> impl Iterator<Item = Target<'_>> {
        self.first.iter().map(|Entry { line, id }| Target { line: *line, id })
    }
}
