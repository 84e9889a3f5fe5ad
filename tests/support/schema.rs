//! Validators of what an OpenAPI document describes.

use jsonschema::Validator;
use serde_json::Value;

/// A validator of one of the schemas below `components.schemas` of an OpenAPI document.
#[must_use]
pub fn schema_of(document: &Value, schema: &str) -> Validator {
    schema_at(document, &format!("/components/schemas/{schema}"))
}

/// A validator of the schema at a pointer into an OpenAPI document.
///
/// # Panics
///
/// If there is no schema.
#[must_use]
pub fn schema_at(document: &Value, pointer: &str) -> Validator {
    assert!(document.pointer(pointer).is_some(), "there is no {pointer}");
    // The references within it lead into the document.
    let mut root = document.clone();
    root["$ref"] = format!("#{pointer}").into();
    jsonschema::validator_for(&root).unwrap_or_else(|error| panic!("{pointer}: {error}"))
}
