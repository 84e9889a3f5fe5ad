//! Validators of what an OpenAPI document describes.

use jsonschema::Validator;
use serde_json::{Value, json};

/// A validator of one of the schemas below `components.schemas` of an OpenAPI document.
#[must_use]
pub fn schema_of(document: &Value, schema: &str) -> Validator {
    let root = json!({
        "$ref": format!("#/components/schemas/{schema}"),
        "components": document["components"],
    });
    jsonschema::validator_for(&root).unwrap_or_else(|error| panic!("{schema}: {error}"))
}
