//! Takes the pattern from texts that are listed: the list says all that they may be.
//!
//! typify tries each of them by the pattern, and some patterns take for ever to tell.

use serde_json::Value;

use super::schemas::visit_all;

pub(super) fn adapt(document: &mut Value) {
    visit_all(document, &mut |schema| {
        if let Some(schema) = schema.as_object_mut()
            && schema.contains_key("enum")
        {
            schema.remove("pattern");
        }
    });
}
