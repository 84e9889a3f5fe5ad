//! Where the answers of a document are.

use serde_json::Value;

use super::operations;

/// Puts what `other` makes of each answer into its place, if it makes anything of it. It is given the method and the status,
/// both as the document writes them, and the answer itself, also where a reference to a shared one stands.
pub(super) fn replace(
    document: &mut Value,
    mut other: impl FnMut(&str, &str, &Value) -> Option<Value>,
) {
    let shared = document.pointer("/components/responses").cloned().unwrap_or_default();
    operations::each(document, |method, operation| {
        let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
        for (status, response) in responses.into_iter().flatten() {
            let described = resolve(response, &shared);
            if let Some(other) = described.and_then(|it| other(method, status, it)) {
                *response = other;
            }
        }
    });
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
