//! Where the checks put what they find.

use crate::{
    diagnostic::Draft,
    source::{Part, Place, Pointer},
};

/// What the checks have found.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) drafts: Vec<(Place, Draft)>,
}

impl Report {
    /// Adds a finding about a value.
    pub(crate) fn at(&mut self, pointer: &Pointer, draft: Draft) {
        self.add(pointer, Part::Value, draft);
    }

    /// Adds a finding about a key.
    pub(crate) fn at_key(&mut self, pointer: &Pointer, draft: Draft) {
        self.add(pointer, Part::Key, draft);
    }

    fn add(&mut self, pointer: &Pointer, part: Part, draft: Draft) {
        self.drafts.push((Place { pointer: pointer.clone(), part }, draft));
    }
}
