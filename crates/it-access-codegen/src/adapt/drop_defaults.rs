//! Drops the defaults of schemas, so that nothing is sent that the caller has not said.
//!
//! A `default` tells what the service does without the value. progenitor takes it for what the client should send, and
//! sends it always.

use serde_json::Value;

use super::schemas::visit_inline;

pub(super) fn adapt(document: &mut Value) {
    visit_inline(document, &mut |schema, _| drop_default(schema));
    let components = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut);
    components.into_iter().flat_map(|schemas| schemas.values_mut()).for_each(drop_default);
}

fn drop_default(schema: &mut Value) {
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("default");
    }
}
