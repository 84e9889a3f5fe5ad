//! Drops the extension by which progenitor makes a stream of the pages of a list: its code needs a crate that no client of ours
//! has.

use serde_json::Value;

use crate::check::METHODS;

pub(super) fn adapt(document: &mut Value) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    let items = paths.into_iter().flat_map(|paths| paths.values_mut());
    let operations = items
        .filter_map(Value::as_object_mut)
        .flatten()
        .filter(|(key, _)| METHODS.contains(&key.as_str()));
    for operation in operations.filter_map(|(_, operation)| operation.as_object_mut()) {
        operation.remove("x-dropshot-pagination");
    }
}
