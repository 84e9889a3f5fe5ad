//! Gives each number and each list that has bounds, and each enumeration of integers that has names, a name of its own,
//! and so a type of its own.
//!
//! progenitor makes a plain `i32` or `Vec` of them, on which nothing can be checked or named. With a name they become a
//! type, which `amend::bounds` and `amend::integer_enums` replace by one that checks, and by one that has names.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::schemas::visit_inline;
use crate::rust_name::pascal;

/// The keywords that `amend::bounds` checks, for numbers and for lists.
const BOUNDS: [(&str, &[&str]); 3] = [
    ("integer", &["minimum", "maximum", "multipleOf"]),
    ("number", &["minimum", "maximum"]),
    ("array", &["minItems", "maxItems", "uniqueItems"]),
];

pub(super) fn adapt(document: &mut Value) {
    let mut named = Named::new(components(document));
    // typify gives these names to other types, and takes a type that has one already for the same.
    visit_inline(document, &mut |schema, name| {
        if !is_special(schema) && has_type(schema) {
            named.taken.insert(pascal(name));
        }
        if let Some(title) = schema["title"].as_str() {
            named.taken.insert(pascal(title));
        }
    });
    visit_inline(document, &mut |schema, name| {
        if is_special(schema) {
            named.extract(schema, name);
        }
    });
    // A component has a name, but one that also takes `null` is not the type that is replaced, or the enum: that is within it.
    for (name, schema) in components(document) {
        if (is_special(schema) || schema.get("oneOf").is_some()) && is_nullable(schema) {
            named.extract(schema, &format!("{}Value", pascal(name)));
        }
    }
    if !named.schemas.is_empty() {
        components(document).extend(named.schemas);
    }
}

/// Whether a schema has bounds that a type of its own checks. One with an `enum` has values instead of bounds.
pub(crate) fn is_bounded(schema: &Value) -> bool {
    schema.get("enum").is_none()
        && BOUNDS.iter().any(|(kind, keywords)| {
            let says = |keyword: &&str| schema.get(keyword).is_some_and(|it| *it != false);
            schema["type"] == **kind && keywords.iter().any(says)
        })
}

fn is_special(schema: &Value) -> bool {
    let has_names = schema["type"] == "integer" && schema.get("x-enum-varnames").is_some();
    has_names || is_bounded(schema)
}

/// Whether a schema may be given a type of its own by typify, and not one of Rust's.
fn has_type(schema: &Value) -> bool {
    let keys = ["enum", "properties", "pattern", "minLength", "maxLength", "allOf"];
    keys.iter().any(|key| schema.get(key).is_some())
}

fn is_nullable(schema: &Value) -> bool {
    schema["nullable"] == true
}

/// What got a name, and the names that are no longer free, as they are in Rust.
struct Named {
    taken: BTreeSet<String>,
    schemas: Map<String, Value>,
}

impl Named {
    fn new(components: &Map<String, Value>) -> Self {
        let taken = components.keys().map(|name| pascal(name)).collect();
        Self { taken, schemas: Map::new() }
    }

    /// Takes a schema out of its place, where a reference to it remains.
    fn extract(&mut self, place: &mut Value, wanted_name: &str) {
        let name = self.free_name(wanted_name);
        let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
        let reference = if is_nullable(place) {
            json!({ "nullable": true, "allOf": [reference] })
        } else {
            reference
        };
        let mut schema = std::mem::replace(place, reference);
        if let Some(schema) = schema.as_object_mut() {
            schema.remove("nullable");
        }
        if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) {
            values.retain(|value| !value.is_null());
        }
        self.schemas.insert(name, schema);
    }

    fn free_name(&mut self, wanted: &str) -> String {
        let numbered = (2..).map(|number| format!("{wanted}{number}"));
        let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
        names.find(|name| self.taken.insert(pascal(name))).unwrap_or_default()
    }
}

fn components(document: &mut Value) -> &mut Map<String, Value> {
    let place = &mut document["components"]["schemas"];
    if !place.is_object() {
        *place = json!({});
    }
    place.as_object_mut().expect("made an object above")
}
