//! Requires no property that goes only one way: `readOnly` ones are left out of requests and `writeOnly` ones of answers, and one
//! type stands for both.

use std::collections::BTreeSet;

use serde_json::Value;

use super::schemas::{referred, visit_all};

pub(super) fn adapt(document: &mut Value) {
    let mut is_there = false;
    visit_all(document, &mut |schema| is_there |= says_one_way(schema));
    if !is_there {
        return;
    }
    let original = document.clone();
    visit_all(document, &mut |schema| {
        let mut names = BTreeSet::new();
        collect(schema, &original, &mut BTreeSet::new(), &mut names);
        let names: BTreeSet<String> = names.into_iter().map(str::to_owned).collect();
        loosen(schema, &names);
        let parts = schema.get_mut("allOf").and_then(Value::as_array_mut);
        parts.into_iter().flatten().for_each(|part| loosen(part, &names));
    });
}

fn says_one_way(schema: &Value) -> bool {
    schema["readOnly"] == true || schema["writeOnly"] == true
}

/// Whether a schema says so, or what it refers to: nothing can stand beside a `$ref`.
fn goes_one_way<'a>(schema: &'a Value, document: &'a Value, seen: &mut BTreeSet<&'a str>) -> bool {
    let referred = referred(schema).filter(|pointer| seen.insert(pointer));
    let referred = referred.and_then(|pointer| document.pointer(pointer));
    let parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    says_one_way(schema)
        || referred.into_iter().chain(parts).any(|it| goes_one_way(it, document, seen))
}

/// The properties that go one way, of a schema and of all that it is made of.
fn collect<'a>(
    schema: &'a Value,
    document: &'a Value,
    seen: &mut BTreeSet<&'a str>,
    names: &mut BTreeSet<&'a str>,
) {
    if let Some(pointer) = referred(schema) {
        if let Some(component) = document.pointer(pointer).filter(|_| seen.insert(pointer)) {
            collect(component, document, seen, names);
        }
        return;
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    let one_way = properties
        .into_iter()
        .flatten()
        .filter(|(_, property)| goes_one_way(property, document, &mut BTreeSet::new()));
    names.extend(one_way.map(|(name, _)| name.as_str()));
    for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        collect(part, document, seen, names);
    }
}

/// Requires none of these.
fn loosen(schema: &mut Value, names: &BTreeSet<String>) {
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| !name.as_str().is_some_and(|name| names.contains(name)));
    }
}
