//! The objects of a document by kind, and how one finds another.

use serde_json::{Map, Value};

use super::grammar::{Kind, section};
use crate::source::Pointer;

/// The HTTP methods that a path can have, as keys.
pub(crate) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// An object of the document, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Spot<'a> {
    pub(crate) kind: Kind,
    pub(crate) pointer: Pointer,
    pub(crate) value: &'a Value,
}

/// An operation, and the path that it is on.
#[derive(Debug)]
pub(crate) struct Operation<'a> {
    pub(crate) path: &'a str,
    pub(crate) method: &'static str,
    pub(crate) item: Spot<'a>,
    pub(crate) spot: Spot<'a>,
}

/// All objects of a document, whether or not they are as they should be.
#[derive(Debug)]
pub(crate) struct Outline<'a> {
    pub(crate) root: &'a Value,
    /// Objects that stand where they are used.
    pub(crate) spots: Vec<Spot<'a>>,
    /// References, with the kind of what they should lead to.
    pub(crate) references: Vec<Spot<'a>>,
}

impl<'a> Outline<'a> {
    /// The objects of a kind, in the order of the text.
    pub(crate) fn of(&self, kind: Kind) -> impl Iterator<Item = &Spot<'a>> {
        self.spots.iter().filter(move |spot| spot.kind == kind)
    }

    /// The entries of a section of `components`.
    pub(crate) fn components(&self, kind: Kind) -> impl Iterator<Item = Spot<'a>> + use<'a> {
        let section = section(kind).0;
        let pointer = Pointer::default().descend(&["components", section]);
        let entries = self.root.get("components").and_then(|it| it.get(section));
        entries.and_then(Value::as_object).into_iter().flatten().map(move |(name, value)| Spot {
            kind,
            pointer: pointer.child(name),
            value,
        })
    }

    /// All operations.
    pub(crate) fn operations(&self) -> Vec<Operation<'a>> {
        let paths = self.root.get("paths").and_then(Value::as_object);
        let pointer = Pointer::from("/paths");
        let mut operations = Vec::new();
        for (path, item) in paths.into_iter().flatten() {
            let item = Spot { kind: Kind::PathItem, pointer: pointer.child(path), value: item };
            for method in METHODS {
                if let Some(spot) = item.child(Kind::Operation, method) {
                    operations.push(Operation { path, method, item: item.clone(), spot });
                }
            }
        }
        operations
    }

    /// What a spot is, or what its reference leads to; `None` if that leads nowhere, or in a circle.
    pub(crate) fn resolve(&self, spot: &Spot<'a>) -> Option<Spot<'a>> {
        let mut spot = spot.clone();
        let mut steps = 0;
        while let Some(reference) = spot.reference() {
            spot = self.target(spot.kind, reference)?;
            steps += 1;
            if steps > 100 {
                return None;
            }
        }
        Some(spot)
    }

    /// The component that a reference names, if there is one of that kind.
    pub(crate) fn target(&self, kind: Kind, reference: &str) -> Option<Spot<'a>> {
        let name = component_name(kind, reference)?;
        let section = section(kind).0;
        let value = self.root.get("components")?.get(section)?.get(name)?;
        let pointer = Pointer::default().descend(&["components", section, name]);
        Some(Spot { kind, pointer, value })
    }
}

/// The name of the component that a reference names, if it names one of that kind.
pub(crate) fn component_name(kind: Kind, reference: &str) -> Option<&str> {
    let name = reference
        .strip_prefix("#/components/")?
        .strip_prefix(section(kind).0)?
        .strip_prefix('/')?;
    (!name.contains('/')).then_some(name)
}

impl<'a> Spot<'a> {
    /// The object under a key of this one.
    pub(crate) fn child(&self, kind: Kind, key: &str) -> Option<Self> {
        let value = self.value.get(key)?;
        Some(Self { kind, pointer: self.pointer.child(key), value })
    }

    /// The elements of the list under a key.
    pub(crate) fn list(&self, kind: Kind, key: &str) -> Vec<Self> {
        let pointer = self.pointer.child(key);
        let items = self.value.get(key).and_then(Value::as_array);
        let items = items.into_iter().flatten().enumerate();
        items.map(|(index, value)| Self { kind, pointer: pointer.child(index), value }).collect()
    }

    /// The entries of the map under a key.
    pub(crate) fn map(&self, kind: Kind, key: &str) -> Vec<(&'a str, Self)> {
        let pointer = self.pointer.child(key);
        let entries = self.value.get(key).and_then(Value::as_object);
        entries
            .into_iter()
            .flatten()
            .map(|(name, value)| {
                (name.as_str(), Self { kind, pointer: pointer.child(name), value })
            })
            .collect()
    }

    /// The object, if it is one.
    pub(crate) fn object(&self) -> Option<&'a Map<String, Value>> {
        self.value.as_object()
    }

    /// The text under a key.
    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        self.value.get(key)?.as_str()
    }

    /// Whether the flag under a key is set.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.value.get(key).and_then(Value::as_bool) == Some(true)
    }

    /// Whether this is a component, and not within one.
    pub(crate) fn is_component(&self) -> bool {
        let segments: Vec<_> = self.pointer.segments().collect();
        matches!(segments.as_slice(), [first, second, _] if first == "components" && second == section(self.kind).0)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.value.get(key).is_some()
    }

    /// Where the reference leads, if this is one.
    pub(crate) fn reference(&self) -> Option<&'a str> {
        self.text("$ref")
    }
}
