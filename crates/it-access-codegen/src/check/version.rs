//! The version of OpenAPI: 3.0, and no other.

use serde_json::Value;

use super::Report;
use crate::{diagnostic::quoted, rules, source::Pointer};

/// Checks the version. Says whether it makes sense to look at anything else.
pub(super) fn check(root: &Value, report: &mut Report) -> bool {
    let Some(object) = root.as_object() else {
        let message = "an OpenAPI document is an object";
        report.at(&Pointer::default(), rules::WRONG_TYPE.because(message));
        return false;
    };
    if let Some(version) = object.get("swagger") {
        let message = format!("this is Swagger {}", shown(version));
        report.at(
            &Pointer::from("/swagger"),
            rules::UNSUPPORTED_VERSION.because(message).help("convert it to OpenAPI 3.0 first"),
        );
        return false;
    }
    match object.get("openapi") {
        Some(Value::String(version)) if version.trim().starts_with("3.0.") => true,
        Some(version) => {
            let message = format!("this is OpenAPI {}", shown(version));
            report.at(&Pointer::from("/openapi"), rules::UNSUPPORTED_VERSION.because(message));
            false
        }
        // The check of the shape says that it is missing.
        None => true,
    }
}

fn shown(version: &Value) -> String {
    match version {
        Value::String(text) => quoted(text),
        other => quoted(&other.to_string()),
    }
}
