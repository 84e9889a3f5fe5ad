//! Gives each number and each list that has bounds a name, and so a type of its own.
//!
//! progenitor makes a plain `i32` or `Vec` of them, on which nothing can be checked. With a name they become a type,
//! which `amend::bounds` replaces by one that checks.

use serde_json::{Map, Value, json};

use super::schemas::visit_inline;

/// The keywords that `amend::bounds` checks, for numbers and for lists.
const BOUNDS: [(&str, &[&str]); 3] = [
    ("integer", &["minimum", "maximum", "multipleOf"]),
    ("number", &["minimum", "maximum"]),
    ("array", &["minItems", "maxItems"]),
];

pub(super) fn adapt(document: &mut Value) {
    let mut taken = components(document).clone();
    let mut named = Map::new();
    visit_inline(document, &mut |schema, name| {
        if is_bounded(schema) {
            let name = free_name(name, &taken);
            let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
            let schema = std::mem::replace(schema, reference);
            taken.insert(name.clone(), Value::Null);
            named.insert(name, schema);
        }
    });
    if !named.is_empty() {
        components(document).extend(named);
    }
}

/// Whether a schema has bounds that a type of its own can check. One that also takes `null` cannot be referred to from
/// a property without losing that, and one with an `enum` has values instead of bounds.
pub(crate) fn is_bounded(schema: &Value) -> bool {
    let is_plain =
        schema.get("nullable") != Some(&Value::Bool(true)) && schema.get("enum").is_none();
    is_plain
        && BOUNDS.iter().any(|(kind, keywords)| {
            schema["type"] == **kind && keywords.iter().any(|keyword| schema.get(keyword).is_some())
        })
}

fn free_name(wanted: &str, taken: &Map<String, Value>) -> String {
    let numbered = (2..).map(|number| format!("{wanted}{number}"));
    let mut names = std::iter::once(wanted.to_owned()).chain(numbered);
    names.find(|name| !taken.contains_key(name)).unwrap_or_default()
}

fn components(document: &mut Value) -> &mut Map<String, Value> {
    let place = &mut document["components"]["schemas"];
    if !place.is_object() {
        *place = json!({});
    }
    place.as_object_mut().expect("made an object above")
}
