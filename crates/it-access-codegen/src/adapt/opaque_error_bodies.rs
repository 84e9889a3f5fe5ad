//! Gives each error response without a described body one of any type.
//!
//! An undescribed body is not an absent one: it may be the only trace of what a proxy had to say. progenitor would drop it
//! unread; with this, the error carries it as a stream of bytes.

use serde_json::{Value, json};

use crate::check::METHODS;

pub(super) fn adapt(document: &mut Value) {
    let shared = document.pointer("/components/responses").cloned().unwrap_or_default();
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else { return };
    let paths = paths.values_mut().filter_map(Value::as_object_mut).flatten();
    let operations = paths.filter(|(key, _)| METHODS.contains(&key.as_str()));
    let responses = operations
        .filter_map(|(_, operation)| operation.get_mut("responses")?.as_object_mut())
        .flatten();
    for (status, response) in responses {
        if !status.starts_with(['4', '5']) {
            continue;
        }
        if let Some(described) = resolve(response, &shared)
            && described.get("content").is_none_or(|content| content == &json!({}))
        {
            let mut opaque = described.clone();
            opaque["content"] = json!({ "*/*": {} });
            *response = opaque;
        }
    }
}

/// The response itself, or the shared one that it refers to. The document has been checked: no chain of references is a
/// circle.
fn resolve<'a>(response: &'a Value, shared: &'a Value) -> Option<&'a Value> {
    match response.get("$ref").and_then(Value::as_str) {
        None => Some(response),
        Some(reference) => {
            resolve(shared.get(reference.strip_prefix("#/components/responses/")?)?, shared)
        }
    }
}
