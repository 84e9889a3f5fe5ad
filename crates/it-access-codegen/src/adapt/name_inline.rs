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
    named.take_inline(document);
    name_nullable(document, &mut named);
    // What is in those has another name now.
    named.take_inline(document);
    visit_inline(document, &mut |schema, name| {
        if is_special(schema) {
            named.extract(schema, name);
        }
    });
    components(document).append(&mut named.schemas);
}

/// A component has a name, but one that also takes `null` is no more than an option. typify names the type within it by its
/// title, which may be the name of another type, or of this component.
fn name_nullable(document: &mut Value, named: &mut Named) {
    for (name, schema) in components(document) {
        if let Some(suffix) = inner_suffix(schema) {
            let description = schema.get("description").cloned();
            named.extract(schema, &format!("{}{suffix}", pascal(name)));
            if let Some(description) = description {
                schema["description"] = description;
            }
        } else if is_nullable(schema)
            && let Some(schema) = schema.as_object_mut()
        {
            schema.remove("title");
        }
    }
    components(document).append(&mut named.schemas);
}

/// What follows the name of a component in that of the type within it, if it takes `null` and is given such a type.
pub(crate) fn inner_suffix(schema: &Value) -> Option<&'static str> {
    if !is_nullable(schema) || is_other_name(schema) || is_only_null(schema) {
        None
    } else if is_special(schema) || schema.get("oneOf").is_some() {
        Some("Value")
    } else {
        (has_type(schema) || schema.get("anyOf").is_some()).then_some("Inner")
    }
}

fn is_only_null(schema: &Value) -> bool {
    let values = schema.get("enum").and_then(Value::as_array);
    values.is_some_and(|values| values.iter().all(Value::is_null))
}

/// Whether a schema is one reference, so that there is a name for what is within it.
fn is_other_name(schema: &Value) -> bool {
    match schema.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([part]) => part.get("$ref").is_some() && schema.get("properties").is_none(),
        _ => false,
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
    let is_closed = schema.get("required").is_some() || schema["additionalProperties"] == false;
    schema["type"] == "object" && is_closed || keys.iter().any(|key| schema.get(key).is_some())
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

    /// Takes the names that typify gives to other types: it takes a type that has one already for the same.
    fn take_inline(&mut self, document: &mut Value) {
        visit_inline(document, &mut |schema, name| {
            if !is_special(schema) && has_type(schema) {
                self.taken.insert(pascal(name));
            }
            if let Some(title) = schema["title"].as_str() {
                self.taken.insert(pascal(title));
            }
        });
    }

    /// Takes a schema out of its place, where a reference to it remains.
    fn extract(&mut self, place: &mut Value, wanted_name: &str) {
        let mut schema = place.take();
        let is_nullable = is_nullable(&schema);
        if let Some(schema) = schema.as_object_mut() {
            schema.remove("nullable");
        }
        if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) {
            values.retain(|value| !value.is_null());
        }
        let name = self.name(&schema, wanted_name);
        let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
        *place = match is_nullable {
            true => json!({ "nullable": true, "allOf": [reference] }),
            false => reference,
        };
        self.schemas.insert(name, schema);
    }

    /// A name that is free, or that of the same schema: two answers of an operation have one type only if they refer to one.
    fn name(&mut self, schema: &Value, wanted: &str) -> String {
        let numbered = (2..).map(|number| format!("{wanted}{number}"));
        let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
        let fits = |name: &String| {
            self.schemas.get(name) == Some(schema) || self.taken.insert(pascal(name))
        };
        names.find(fits).unwrap_or_default()
    }
}

fn components(document: &mut Value) -> &mut Map<String, Value> {
    let place = &mut document["components"]["schemas"];
    if !place.is_object() {
        *place = json!({});
    }
    place.as_object_mut().expect("made an object above")
}
