//! The tree that the text is read into: JSON with spans.

use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::{Part, Place, Span};

/// A value of the document. Aliases share what they name, so a node is cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Node(Arc<Inner>);

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
pub(crate) enum Kind {
    Scalar(Value),
    List(Vec<Node>),
    Object(Object),
}

/// The entries of an object, by their keys, in the order of the text, which a [`Value`] does not keep.
pub(crate) type Object = IndexMap<String, Entry>;

/// A value, and where its key is.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(super) key_span: Span,
    pub(crate) value: Node,
}

impl Node {
    pub(super) fn new(kind: Kind, span: Span) -> Self {
        let (size, height) = match &kind {
            Kind::Scalar(_) => (1, 0),
            Kind::List(items) => extent(items.iter()),
            Kind::Object(object) => extent(object.values().map(|entry| &entry.value)),
        };
        Self(Arc::new(Inner { kind, span, size, height }))
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.0.kind
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
                    .iter()
                    .map(|(key, entry)| (key.clone(), entry.value.to_json()))
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
                let entry = object.get(segment)?;
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
