//! The schemas of an OpenAPI document and the examples of them, wherever they stand.

use serde_json::Value;

use crate::example;

/// The keys below which a schema has other schemas: one, a list, or one for each name.
const ONE: [&str; 3] = ["items", "additionalProperties", "not"];
const LIST: [&str; 3] = ["oneOf", "anyOf", "allOf"];
const BY_NAME: &str = "properties";

/// An example, and the schema that it is of.
#[derive(Debug)]
pub struct SchemaExample {
    /// Where it stands, as a pointer.
    pub place: String,
    /// Where its schema stands.
    pub schema: String,
    /// The example itself, also if it is a file.
    pub value: Value,
}

/// Every schema, with the pointer to it.
#[must_use]
pub fn schemas(document: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    let named = document["components"]["schemas"].as_object().into_iter().flatten();
    for (name, schema) in named {
        add_schemas(schema, below("/components/schemas", name), &mut found);
    }
    for (pointer, holder) in holders(document) {
        add_schemas(&holder["schema"], pointer + "/schema", &mut found);
    }
    found
}

/// Every example, in a schema or beside one.
#[must_use]
pub fn schema_examples(document: &Value) -> Vec<SchemaExample> {
    let in_schemas =
        schemas(document).into_iter().map(|(place, schema)| (place.clone(), place, schema));
    let beside = holders(document).into_iter();
    let beside = beside.map(|(place, holder)| (place.clone() + "/schema", place, holder));
    let mut found = Vec::new();
    for (schema, place, owner) in in_schemas.chain(beside) {
        if let Some(value) = owner.get("example") {
            let (place, schema) = (place.clone() + "/example", schema.clone());
            found.push(SchemaExample { place, schema, value: value.clone() });
        }
        let named = owner.get("examples").and_then(Value::as_object).into_iter().flatten();
        for (name, named) in named {
            let place = below(&(place.clone() + "/examples"), name);
            found.push(SchemaExample { place, schema: schema.clone(), value: value_of(named) });
        }
    }
    found
}

/// What has a schema: parameters, headers, bodies. Each with the pointer to it.
fn holders(document: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    add_holders(document, String::new(), &mut found);
    found
}

fn add_holders<'a>(value: &'a Value, pointer: String, found: &mut Vec<(String, &'a Value)>) {
    for (key, inner) in value.as_object().into_iter().flatten() {
        if !["schema", "schemas", "example", "examples"].contains(&key.as_str()) {
            add_holders(inner, below(&pointer, key), found);
        }
    }
    for (index, inner) in value.as_array().into_iter().flatten().enumerate() {
        add_holders(inner, below(&pointer, &index.to_string()), found);
    }
    if value.get("schema").is_some() {
        found.push((pointer, value));
    }
}

fn add_schemas<'a>(schema: &'a Value, pointer: String, found: &mut Vec<(String, &'a Value)>) {
    for (key, inner) in schema.as_object().into_iter().flatten() {
        let pointer = below(&pointer, key);
        if key == BY_NAME {
            for (name, property) in inner.as_object().into_iter().flatten() {
                add_schemas(property, below(&pointer, name), found);
            }
        } else if LIST.contains(&key.as_str()) {
            for (index, alternative) in inner.as_array().into_iter().flatten().enumerate() {
                add_schemas(alternative, below(&pointer, &index.to_string()), found);
            }
        } else if ONE.contains(&key.as_str()) {
            add_schemas(inner, pointer, found);
        }
    }
    found.push((pointer, schema));
}

/// A named example holds its value, or names the file that does.
fn value_of(named: &Value) -> Value {
    match named["externalValue"].as_str() {
        Some(file) => example(file.trim_start_matches("examples/")),
        None => named["value"].clone(),
    }
}

fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}
