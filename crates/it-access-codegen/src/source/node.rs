//! The tree that the text is read into: JSON with spans.

use std::{collections::HashMap, sync::Arc};

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use super::{Part, Place, Span};

/// A value of the document. Aliases share what they name, so a node is cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Node(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    span: Span,
    /// The number of nodes from here down, each one counted as often as an alias repeats it.
    size: usize,
    /// The number of levels of lists and objects from here down.
    height: usize,
}

#[derive(Debug)]
pub(super) enum Kind {
    Scalar(Value),
    List(Vec<Node>),
    Object(Object),
}

/// The entries of an object, and where each key is among them.
#[derive(Debug, Default)]
pub(super) struct Object {
    entries: Vec<Entry>,
    by_key: HashMap<String, usize>,
}

impl Object {
    /// Adds an entry. Says whether its key is new.
    pub(super) fn push(&mut self, entry: Entry) -> bool {
        let is_new = self.by_key.insert(entry.key.clone(), self.entries.len()).is_none();
        self.entries.push(entry);
        is_new
    }
}

/// A key and its value.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) value: Node,
}

/// In the order of the text, which a [`Value`] does not keep.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.kind {
            Kind::Scalar(value) => value.serialize(serializer),
            Kind::List(items) => serializer.collect_seq(items),
            Kind::Object(object) => serializer
                .collect_map(object.entries.iter().map(|entry| (&entry.key, &entry.value))),
        }
    }
}

impl Node {
    pub(super) fn new(kind: Kind, span: Span) -> Self {
        let (size, height) = match &kind {
            Kind::Scalar(_) => (1, 0),
            Kind::List(items) => extent(items.iter()),
            Kind::Object(object) => extent(object.entries.iter().map(|entry| &entry.value)),
        };
        Self(Arc::new(Inner { kind, span, size, height }))
    }

    pub(super) fn size(&self) -> usize {
        self.0.size
    }

    pub(super) fn height(&self) -> usize {
        self.0.height
    }

    pub(super) fn span(&self) -> Span {
        self.0.span.clone()
    }

    pub(super) fn scalar(&self) -> Option<&Value> {
        match &self.0.kind {
            Kind::Scalar(value) => Some(value),
            _ => None,
        }
    }

    pub(super) fn to_json(&self) -> Value {
        match &self.0.kind {
            Kind::Scalar(value) => value.clone(),
            Kind::List(items) => Value::Array(items.iter().map(Self::to_json).collect()),
            Kind::Object(object) => Value::Object(
                object
                    .entries
                    .iter()
                    .map(|entry| (entry.key.clone(), entry.value.to_json()))
                    .collect::<Map<_, _>>(),
            ),
        }
    }

    /// The span of the place, or of the nearest one around it that the text has.
    pub(super) fn locate(&self, place: &Place) -> Span {
        let mut node = self;
        let mut key_span = None;
        for segment in place.pointer.segments() {
            match node.child(&segment) {
                Some((key, child)) => {
                    key_span = key;
                    node = child;
                }
                None => break,
            }
        }
        match (&node.0.kind, key_span) {
            (Kind::Scalar(_), _) if place.part == Part::Value && !node.0.span.is_empty() => {
                node.span()
            }
            (_, Some(key_span)) => key_span,
            _ => node.span(),
        }
    }

    fn child(&self, segment: &str) -> Option<(Option<Span>, &Self)> {
        match &self.0.kind {
            Kind::Scalar(_) => None,
            Kind::List(items) => Some((None, items.get(segment.parse::<usize>().ok()?)?)),
            Kind::Object(object) => {
                let entry = &object.entries[*object.by_key.get(segment)?];
                Some((Some(entry.key_span.clone()), &entry.value))
            }
        }
    }
}

fn extent<'a>(children: impl Iterator<Item = &'a Node>) -> (usize, usize) {
    children.fold((1, 1), |(size, height), child| {
        (size.saturating_add(child.size()), height.max(child.height() + 1))
    })
}
