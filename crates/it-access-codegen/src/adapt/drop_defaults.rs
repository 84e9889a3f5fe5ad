//! Drops the defaults of schemas, so that nothing is sent that the caller has not said.
//!
//! A `default` tells what the service does without the value. progenitor takes it for what the client should send, and
//! sends it always.

use serde_json::Value;

use super::schemas::visit_all;

pub(super) fn adapt(document: &mut Value) {
    visit_all(document, &mut |schema| {
        if let Some(schema) = schema.as_object_mut() {
            schema.remove("default");
        }
    });
}
