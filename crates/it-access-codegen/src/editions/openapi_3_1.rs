//! From OpenAPI 3.0 to 3.1, whose schemas are JSON Schemas of 2020-12.

use serde_json::Value;

use super::{
    places::Place,
    tree::{self, Object, Tree},
    visit_all,
};

/// Says the same in OpenAPI 3.1.
pub(super) fn upgrade(mut document: Tree) -> Tree {
    if let Some(root) = document.as_object_mut() {
        root.insert("openapi".to_owned(), "3.1.0".into());
    }
    if let Some(license) = document.object_at_mut("info").and_then(|info| info.get_mut("license")) {
        name_license(license);
    }
    visit_all(&mut document, |place, _, object| {
        if place.takes_references() && object.contains_key("$ref") {
            // 3.0 ignores what stands beside a reference; 3.1 would obey it.
            object.retain(|key, _| key == "$ref");
        } else if place == Place::Schema {
            upgrade_schema(object);
        }
    });
    document
}

/// A name that is an SPDX expression is machine-readable in 3.1, but not beside a URL.
fn name_license(license: &mut Tree) {
    let Some(license) = license.as_object_mut() else {
        return;
    };
    let Some(name) = license.get("name").and_then(Tree::as_str).map(str::to_owned) else {
        return;
    };
    if spdx::Expression::parse(&name).is_ok() {
        license.shift_remove("url");
        license.insert("identifier".to_owned(), name.into());
    }
}

fn upgrade_schema(schema: &mut Object) {
    null(schema);
    exclusive_bound(schema, "minimum", "exclusiveMinimum");
    exclusive_bound(schema, "maximum", "exclusiveMaximum");
    bytes(schema);
    tree::rename(schema, "example", "examples", |example| Tree::Array(vec![example]));
}

/// `nullable` adds null to a `type` beside it, and says nothing where there is none.
fn null(schema: &mut Object) {
    let nullable = schema.shift_remove("nullable") == Some(Value::Bool(true).into());
    if nullable && let Some(kind @ Tree::Scalar(_)) = schema.get_mut("type") {
        *kind = Tree::Array(vec![kind.clone(), "null".into()]);
    }
}

/// A flag beside the bound becomes the bound.
fn exclusive_bound(schema: &mut Object, bound: &str, exclusive: &str) {
    if !matches!(schema.get(exclusive), Some(Tree::Scalar(Value::Bool(_)))) {
        return;
    }
    if schema.shift_remove(exclusive) == Some(Value::Bool(true).into()) {
        tree::rename(schema, bound, exclusive, |value| value);
    }
}

/// Bytes are told from text by their encoding or their media type, no longer by `format`. Raw bytes are no string.
fn bytes(schema: &mut Object) {
    match schema.get("format").and_then(Tree::as_str) {
        Some("byte") => tree::rename(schema, "format", "contentEncoding", |_| "base64".into()),
        Some("binary") => {
            tree::rename(schema, "format", "contentMediaType", |_| {
                "application/octet-stream".into()
            });
            schema.shift_remove("type");
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Upgrades each first part where `template` has its `HERE`, and expects the second.
    fn check(template: &str, cases: &[(&str, &str)]) {
        for (part, expected) in cases {
            let document = serde_json::from_str(&template.replace("HERE", part)).unwrap();
            let upgraded = serde_json::to_string(&upgrade(document)).unwrap();
            let expected = template.replace("HERE", expected).replace("3.0.3", "3.1.0");
            assert_eq!(upgraded, expected, "{part}");
        }
    }

    #[test]
    fn schemas() {
        check(
            r#"{"openapi":"3.0.3","components":{"schemas":{"S":HERE}}}"#,
            &[
                (
                    r#"{"type":"string","nullable":true,"enum":["a",null]}"#,
                    r#"{"type":["string","null"],"enum":["a",null]}"#,
                ),
                (r#"{"type":"string","nullable":false}"#, r#"{"type":"string"}"#),
                (r#"{"nullable":true,"title":"any"}"#, r#"{"title":"any"}"#),
                (
                    r#"{"minimum":1,"exclusiveMinimum":true,"maximum":2}"#,
                    r#"{"exclusiveMinimum":1,"maximum":2}"#,
                ),
                (
                    r#"{"exclusiveMaximum":true,"maximum":2.5,"minimum":1}"#,
                    r#"{"exclusiveMaximum":2.5,"minimum":1}"#,
                ),
                (r#"{"minimum":1,"exclusiveMinimum":false}"#, r#"{"minimum":1}"#),
                (r#"{"exclusiveMinimum":true}"#, "{}"),
                (r#"{"example":3,"x-a":1}"#, r#"{"examples":[3],"x-a":1}"#),
                (
                    r#"{"type":"string","format":"byte"}"#,
                    r#"{"type":"string","contentEncoding":"base64"}"#,
                ),
                (
                    r#"{"type":"string","format":"binary"}"#,
                    r#"{"contentMediaType":"application/octet-stream"}"#,
                ),
                (r#"{"type":"string","format":"date"}"#, r#"{"type":"string","format":"date"}"#),
            ],
        );
    }

    #[test]
    fn names_of_properties_and_data_are_left_alone() {
        check(
            r#"{"openapi":"3.0.3","components":{"schemas":{"S":{"properties":HERE}}}}"#,
            &[
                (
                    r#"{"example":{"example":{"example":1,"nullable":true}}}"#,
                    r#"{"example":{"examples":[{"example":1,"nullable":true}]}}"#,
                ),
                (
                    r#"{"nullable":{"type":"string","nullable":true}}"#,
                    r#"{"nullable":{"type":["string","null"]}}"#,
                ),
            ],
        );
    }

    #[test]
    fn a_reference_stands_alone() {
        check(
            r#"{"openapi":"3.0.3","paths":{"/":{"get":{"responses":{"200":HERE}}}}}"#,
            &[
                (
                    r##"{"$ref":"#/components/responses/R","description":"was ignored"}"##,
                    r##"{"$ref":"#/components/responses/R"}"##,
                ),
                (
                    r##"{"content":{"m":{"schema":{"nullable":true,"$ref":"#/components/schemas/S"}}}}"##,
                    r##"{"content":{"m":{"schema":{"$ref":"#/components/schemas/S"}}}}"##,
                ),
            ],
        );
    }

    #[test]
    fn licenses() {
        check(
            r#"{"openapi":"3.0.3","info":{"license":HERE}}"#,
            &[
                (
                    r#"{"name":"MIT OR Apache-2.0","url":"https://example.com"}"#,
                    r#"{"name":"MIT OR Apache-2.0","identifier":"MIT OR Apache-2.0"}"#,
                ),
                (r#"{"name":"Apache-2.0"}"#, r#"{"name":"Apache-2.0","identifier":"Apache-2.0"}"#),
                (
                    r#"{"name":"Apache 2.0","url":"https://example.com"}"#,
                    r#"{"name":"Apache 2.0","url":"https://example.com"}"#,
                ),
            ],
        );
    }
}
