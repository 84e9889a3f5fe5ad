//! The devices of a plan, in little memory: a million of them in some tens of MiB.

use std::hash::{BuildHasher, RandomState};

use hashbrown::{HashTable, hash_table::Entry};

use super::Target;

/// Devices and their lines, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    /// All ids, one behind the other.
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
    lines: Vec<u64>,
}

impl Selection {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn push(&mut self, line: u64, id: &str) {
        self.text.push_str(id);
        self.ends.push(self.text.len());
        self.lines.push(line);
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Target<'_>> {
        (0..self.len()).map(|index| Target { line: self.lines[index], id: self.id(index) })
    }

    fn id(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[index]]
    }
}

/// A selection that knows what it holds.
#[derive(Debug, Default)]
pub(crate) struct Unique {
    selection: Selection,
    places: HashTable<usize>,
    hasher: RandomState,
}

impl Unique {
    /// Adds a device, unless it is there already. Says whether it was added.
    pub(crate) fn add(&mut self, line: u64, id: &str) -> bool {
        let Self { selection, places, hasher } = self;
        let is_it = |place: &usize| selection.id(*place) == id;
        let hash_of = |place: &usize| hasher.hash_one(selection.id(*place));
        let Entry::Vacant(vacant) = places.entry(hasher.hash_one(id), is_it, hash_of) else {
            return false;
        };
        vacant.insert(selection.len());
        selection.push(line, id);
        true
    }

    pub(crate) fn contains(&self, id: &str) -> bool {
        let Self { selection, places, hasher } = self;
        places.find(hasher.hash_one(id), |place| selection.id(*place) == id).is_some()
    }

    pub(crate) fn into_selection(self) -> Selection {
        self.selection
    }
}
