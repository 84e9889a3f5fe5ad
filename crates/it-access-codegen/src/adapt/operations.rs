//! Where the operations of a document are.

use serde_json::Value;

use crate::check::METHODS;

/// Calls `visit` with the method and the content of each operation.
pub(super) fn each(document: &mut Value, mut visit: impl FnMut(&str, &mut Value)) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let items = paths.into_iter().flat_map(|paths| paths.values_mut());
    for (method, operation) in items.filter_map(Value::as_object_mut).flatten() {
        if METHODS.contains(&method.as_str()) {
            visit(method, operation);
        }
    }
}
