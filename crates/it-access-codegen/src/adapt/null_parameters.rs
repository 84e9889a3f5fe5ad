//! Takes `null` from what a parameter in a path or in a header may be: nothing is written there for it.
//!
//! A header that may be `null` can be left out instead, as progenitor has it in a query. progenitor's code for a value
//! that may be nothing does not compile elsewhere.

use serde_json::Value;

use super::operations;

pub(super) fn adapt(document: &mut Value) {
    let shared = document.pointer_mut("/components/parameters").and_then(Value::as_object_mut);
    shared.into_iter().flat_map(|shared| shared.values_mut()).for_each(take_null);
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for item in paths.into_iter().flat_map(|paths| paths.values_mut()) {
        take_nulls(item);
    }
    operations::each(document, |_, operation| take_nulls(operation));
}

fn take_nulls(holder: &mut Value) {
    let parameters = holder.get_mut("parameters").and_then(Value::as_array_mut);
    parameters.into_iter().flatten().for_each(take_null);
}

fn take_null(parameter: &mut Value) {
    let is_header = parameter["in"] == "header";
    if !is_header && parameter["in"] != "path" {
        return;
    }
    let schema = parameter.get_mut("schema").and_then(Value::as_object_mut);
    let Some(schema) = schema.filter(|schema| schema.get("nullable") == Some(&true.into())) else {
        return;
    };
    schema.remove("nullable");
    if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) {
        values.retain(|value| !value.is_null());
    }
    if is_header {
        parameter["required"] = false.into();
    }
}
