//! Where the schemas of a document are.

use serde_json::{Map, Value};

use crate::{check::METHODS, rust_name::pascal};

/// Calls `visit` with each schema of the document, those within first, and with a name for it that says where it is. The
/// components themselves, which have names, are not among them; what is in them is.
pub(crate) fn visit_inline(document: &mut Value, visit: &mut impl FnMut(&mut Value, &str)) {
    if let Some(components) = document.pointer_mut("/components/schemas").and_then(object) {
        for (name, schema) in components {
            // One that takes `null` is an option of another type: see the module `name_inline`.
            let suffix = if schema["nullable"] == true { "Inner" } else { "" };
            visit_children(schema, &format!("{}{suffix}", pascal(name)), visit);
        }
    }
    visit_shared(document, visit);
    let Some(paths) = document.get_mut("paths").and_then(object) else { return };
    for (path, item) in paths {
        visit_parameters(item, &pascal(path), visit);
        for (method, operation) in object(item).into_iter().flatten() {
            if !METHODS.contains(&method.as_str()) {
                continue;
            }
            let id = operation.get("operationId").and_then(Value::as_str).unwrap_or(method);
            let id = pascal(id);
            visit_operation(operation, &id, visit);
        }
    }
}

/// Calls `visit` with each schema of the document, the components among them.
pub(super) fn visit_all(document: &mut Value, visit: &mut impl FnMut(&mut Value)) {
    visit_inline(document, &mut |schema, _| visit(schema));
    let components = document.pointer_mut("/components/schemas").and_then(object);
    components.into_iter().flat_map(|schemas| schemas.values_mut()).for_each(visit);
}

/// Where in the document the schema is that this one refers to.
pub(super) fn referred(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix('#')
}

/// Visits the components that operations refer to, other than schemas.
fn visit_shared(document: &mut Value, visit: &mut impl FnMut(&mut Value, &str)) {
    let Some(components) = document.get_mut("components").and_then(object) else { return };
    for kind in ["parameters", "requestBodies", "responses"] {
        for (name, shared) in components.get_mut(kind).and_then(object).into_iter().flatten() {
            let name = pascal(name);
            if let Some(schema) = shared.get_mut("schema") {
                visit_one(schema, &name, visit);
            }
            visit_content(shared, &name, visit);
        }
    }
}

fn visit_operation(operation: &mut Value, id: &str, visit: &mut impl FnMut(&mut Value, &str)) {
    visit_parameters(operation, id, visit);
    if let Some(body) = operation.get_mut("requestBody") {
        visit_content(body, &format!("{id}Body"), visit);
    }
    if let Some(responses) = operation.get_mut("responses").and_then(object) {
        for response in responses.values_mut() {
            visit_content(response, &format!("{id}Response"), visit);
        }
    }
}

fn visit_parameters(holder: &mut Value, prefix: &str, visit: &mut impl FnMut(&mut Value, &str)) {
    let parameters = holder.get_mut("parameters").and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten() {
        let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
        let name = format!("{prefix}{}", pascal(name));
        if let Some(schema) = parameter.get_mut("schema") {
            visit_one(schema, &name, visit);
        }
    }
}

fn visit_content(holder: &mut Value, name: &str, visit: &mut impl FnMut(&mut Value, &str)) {
    let Some(content) = holder.get_mut("content").and_then(object) else { return };
    for media_type in content.values_mut() {
        if let Some(schema) = media_type.get_mut("schema") {
            visit_one(schema, name, visit);
        }
    }
}

fn visit_one(schema: &mut Value, name: &str, visit: &mut impl FnMut(&mut Value, &str)) {
    visit_children(schema, name, visit);
    visit(schema, name);
}

fn visit_children(schema: &mut Value, name: &str, visit: &mut impl FnMut(&mut Value, &str)) {
    let Some(schema) = object(schema) else { return };
    if let Some(properties) = schema.get_mut("properties").and_then(object) {
        for (key, property) in properties {
            visit_one(property, &format!("{name}{}", pascal(key)), visit);
        }
    }
    // Beside properties they are those of the field in which the others are.
    let values = if schema.contains_key("properties") { "ExtraValue" } else { "Value" };
    for (key, suffix) in [("items", "Item"), ("additionalProperties", values), ("not", "Not")] {
        if let Some(child) = schema.get_mut(key).filter(|child| child.is_object()) {
            visit_one(child, &format!("{name}{suffix}"), visit);
        }
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        let children = schema.get_mut(key).and_then(Value::as_array_mut);
        for (index, child) in children.into_iter().flatten().enumerate() {
            visit_one(child, &format!("{name}Variant{index}"), visit);
        }
    }
}

fn object(value: &mut Value) -> Option<&mut Map<String, Value>> {
    value.as_object_mut()
}
