//! `allOf`: one schema with a new description, or several plain objects whose properties do not overlap.
//!
//! typify merges anything with anything, and panics, recurses without end or takes exponential time where it cannot.
//! Objects without overlap are what it merges well, and what documents use it for.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use super::{
    Outline, Report,
    composition::{is_of_objects, is_structural},
    grammar::{Kind, TYPES},
    outline::Spot,
};
use crate::{
    diagnostic::{listed, quoted},
    rules,
    rust_name::snake,
    source::Pointer,
};

/// How many objects may come together in one, counted as often as they are named.
pub(super) const PARTS: usize = 64;

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    let mut sizes = HashMap::new();
    for schema in outline.of(Kind::Schema) {
        if schema.value.get("allOf").is_some_and(Value::is_array) {
            one(outline, schema, &mut sizes, report);
        }
    }
}

fn one(
    outline: &Outline<'_>,
    schema: &Spot<'_>,
    sizes: &mut HashMap<Pointer, usize>,
    report: &mut Report,
) {
    let place = schema.pointer.child("allOf");
    let members = schema.list(Kind::Schema, "allOf");
    let beside =
        schema.object().into_iter().flatten().any(|(key, _)| key != "allOf" && is_structural(key));
    match members.as_slice() {
        [] => {
            let message = "`allOf` has no part";
            report.at_key(&place, rules::EMPTY_COMPOSITION.because(message));
            return;
        }
        [_] if !beside => return,
        _ => {}
    }
    if parts(outline, schema, sizes, 0) > PARTS {
        let message = format!("more than {PARTS} objects come together here");
        report.at_key(&place, rules::TOO_LARGE.because(message));
        return;
    }
    let (properties, fields) = (BTreeMap::new(), BTreeMap::new());
    Merge { outline, properties, fields, parts: 0, report }.add(schema, &place);
}

/// The number of objects that a schema is composed of. Remembered, because it can be exponential.
fn parts(
    outline: &Outline<'_>,
    schema: &Spot<'_>,
    sizes: &mut HashMap<Pointer, usize>,
    depth: usize,
) -> usize {
    let Some(schema) = outline.resolve(schema) else {
        return 1;
    };
    if let Some(known) = sizes.get(&schema.pointer) {
        return *known;
    }
    // Too long a chain is another check's finding; here it must only come to an end.
    if depth > PARTS {
        return 1;
    }
    sizes.insert(schema.pointer.clone(), 1);
    let size = schema
        .list(Kind::Schema, "allOf")
        .iter()
        .fold(1_usize, |sum, part| sum.saturating_add(parts(outline, part, sizes, depth + 1)));
    sizes.insert(schema.pointer.clone(), size);
    size
}

/// The properties that have come together so far.
struct Merge<'o, 'a, 'r> {
    outline: &'o Outline<'a>,
    properties: BTreeMap<&'a str, &'a Value>,
    /// Their Rust names, and how the document names them.
    fields: BTreeMap<String, &'a str>,
    /// The number of parts so far. In a circle, which is another check's finding, it would have no end.
    parts: usize,
    report: &'r mut Report,
}

impl<'a> Merge<'_, 'a, '_> {
    /// Adds a schema and its parts. `place` is where findings point, for a part may be far away.
    fn add(&mut self, schema: &Spot<'a>, place: &Pointer) {
        self.parts += 1;
        if self.parts > PARTS {
            return;
        }
        let Some(schema) = self.outline.resolve(schema) else {
            return;
        };
        let name = || match schema.is_component() {
            true => quoted(&schema.pointer.name()),
            false => "this".to_owned(),
        };
        if let Some(key) = unmergeable(&schema) {
            let message = format!("{} cannot be part of `allOf`: it has `{key}`", name());
            self.report.at(place, rules::UNSUPPORTED_ALL_OF.because(message));
            return;
        }
        for (property, spot) in schema.map(Kind::Schema, "properties") {
            match self.fields.insert(snake(property), property) {
                Some(other) if other != property => {
                    let names = listed([other, property]);
                    let message = format!("{names} both become the field `{}`", snake(property));
                    self.report.at(place, rules::NAME_COLLISION.because(message));
                }
                _ => {}
            }
            match self.properties.insert(property, spot.value) {
                Some(other) if !is_same(other, spot.value) => {
                    let message = format!("two parts of `allOf` describe {}", quoted(property));
                    self.report.at(place, rules::UNSUPPORTED_ALL_OF.because(message));
                }
                _ => {}
            }
        }
        for part in schema.list(Kind::Schema, "allOf") {
            let own = part.pointer.as_str().starts_with(place.as_str());
            let place = if own { part.pointer.clone() } else { place.clone() };
            self.add(&part, &place);
        }
    }
}

/// The key for which a schema cannot be merged with others.
fn unmergeable<'a>(schema: &Spot<'a>) -> Option<&'a str> {
    let (key, _) = schema.object()?.iter().find(|(key, value)| match key.as_str() {
        "type" => value.as_str().is_some_and(|it| it != "object" && TYPES.contains(&it)),
        "additionalProperties" => **value != Value::Bool(true),
        "nullable" => **value == Value::Bool(true),
        "default" | "minProperties" | "maxProperties" => true,
        "allOf" => false,
        key => is_structural(key) && !is_of_objects(key),
    })?;
    Some(key)
}

/// Whether two descriptions of a property are the same, and simple enough to be merged.
fn is_same(one: &Value, other: &Value) -> bool {
    let is_simple = |value: &Value| {
        value.as_object().is_some_and(|it| {
            !["properties", "items", "additionalProperties", "enum", "allOf", "oneOf", "anyOf"]
                .iter()
                .any(|key| it.contains_key(*key))
        })
    };
    one == other && is_simple(one)
}
