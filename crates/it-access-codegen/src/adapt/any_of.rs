//! Makes `oneOf` of an `anyOf` of anything but objects: a text or a number that fits one alternative or another is one value.
//!
//! typify makes of `anyOf` a structure that holds all alternatives at once, which only objects can be.

use std::collections::BTreeSet;

use serde_json::Value;

use super::schemas::{referred, visit_all};

pub(super) fn adapt(document: &mut Value) {
    let mut is_there = false;
    visit_all(document, &mut |schema| is_there |= schema.get("anyOf").is_some());
    if !is_there {
        return;
    }
    let original = document.clone();
    visit_all(document, &mut |schema| {
        let Some(schema) = schema.as_object_mut() else { return };
        let alternatives = schema.get("anyOf").and_then(Value::as_array);
        let has_others = alternatives.is_some_and(|them| {
            !them.iter().all(|it| is_object(it, &original, &mut BTreeSet::new()))
        });
        if has_others && let Some(alternatives) = schema.remove("anyOf") {
            schema.insert("oneOf".to_owned(), alternatives);
        }
    });
}

/// Whether only objects fit a schema. A component that is looked at already is one as far as that depends on itself.
fn is_object<'a>(schema: &'a Value, document: &'a Value, seen: &mut BTreeSet<&'a str>) -> bool {
    if let Some(pointer) = referred(schema) {
        return !seen.insert(pointer)
            || document.pointer(pointer).is_some_and(|it| is_object(it, document, seen));
    }
    let parts = |key: &str| schema.get(key).and_then(Value::as_array).filter(|it| !it.is_empty());
    schema["type"] == "object"
        || schema.get("properties").is_some()
        || parts("allOf").is_some_and(|all| all.iter().any(|it| is_object(it, document, seen)))
        || ["oneOf", "anyOf"]
            .into_iter()
            .filter_map(parts)
            .any(|alternatives| alternatives.iter().all(|it| is_object(it, document, seen)))
}
