//! The text of a document, and where in it each value stands.

mod node;
mod pointer;
mod reader;
mod spans;
mod surrogates;

use std::ops::Range;

use serde_json::Value;

use crate::diagnostic::{Diagnostics, Draft};

pub(crate) use node::{Kind, Node};
pub(crate) use pointer::Pointer;
pub(crate) use spans::Position;

/// A document that is well-formed: its text, what JSON it stands for, and where each part of that is.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    name: String,
    text: String,
    root: Node,
}

impl Source {
    /// Reads YAML, of which JSON is a part, or says why it cannot be read.
    pub(crate) fn read(name: &str, text: &str) -> Result<Self, Diagnostics> {
        let text = &*surrogates::join(text);
        match reader::read(text) {
            Ok(root) => Ok(Self { name: name.to_owned(), text: text.to_owned(), root }),
            Err(problems) => Err(Diagnostics::of_text(
                name,
                text,
                problems.into_iter().map(|(span, draft)| (draft, String::new(), span)),
            )),
        }
    }

    /// The JSON that the text stands for, with aliases resolved.
    pub(crate) fn to_json(&self) -> Value {
        self.root.to_json()
    }

    /// The same as it was written, with the keys in their order.
    pub(crate) fn root(&self) -> &Node {
        &self.root
    }

    /// Makes the list that a caller reads, of drafts in any order.
    pub(crate) fn diagnose(&self, drafts: Vec<(Place, Draft)>) -> Diagnostics {
        let placed = drafts.into_iter().map(|(place, draft)| {
            let span = self.root.locate(&place);
            (draft, place.pointer.into(), span)
        });
        Diagnostics::of_text(&self.name, &self.text, placed)
    }
}

/// A place that a diagnostic points to.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) pointer: Pointer,
    pub(crate) part: Part,
}

/// Which part of an entry a diagnostic points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The key of an object's entry.
    Key,
    /// The value: a scalar itself, or the key in front of a list or an object, which may be long.
    Value,
}

/// Bytes of the text.
pub(crate) type Span = Range<usize>;
