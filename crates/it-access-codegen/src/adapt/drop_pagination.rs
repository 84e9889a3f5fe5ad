//! Drops the extension by which progenitor makes a stream of the pages of a list: its code needs a crate that no client of ours
//! has.

use serde_json::Value;

use super::operations;

pub(super) fn adapt(document: &mut Value) {
    operations::each(document, |_, operation| {
        if let Some(operation) = operation.as_object_mut() {
            operation.remove("x-dropshot-pagination");
        }
    });
}
