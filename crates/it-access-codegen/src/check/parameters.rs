//! Parameters: where they travel, how they are written, and what they are called in Rust.

use std::collections::BTreeMap;

use super::{Outline, Report, flat, grammar::Kind, outline::Spot, paths};
use crate::{
    diagnostic::{listed, quoted},
    rules,
    rust_name::{is_nameable, snake},
};

/// What the generated function calls in its body by these names.
const TAKEN: &[&str] = &["encode_path", "header_map"];

/// Headers that are no parameters, by the specification.
const OF_HTTP: [&str; 3] = ["Accept", "Content-Type", "Authorization"];

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for parameter in outline.of(Kind::Parameter) {
        one(outline, parameter, report);
    }
    for header in outline.of(Kind::Header) {
        schema_or_content(header, report);
    }
    for operation in outline.operations() {
        together(outline, &operation, report);
    }
}

fn one(outline: &Outline<'_>, parameter: &Spot<'_>, report: &mut Report) {
    schema_or_content(parameter, report);
    let name = parameter.text("name").unwrap_or_default();
    let name_place = parameter.pointer.child("name");
    if parameter.has("name") && !is_nameable(name) {
        let message = format!("{} gives no name for an argument", quoted(name));
        report.at(&name_place, rules::UNNAMEABLE.because(message));
    }
    if parameter.object().is_some_and(|it| it.contains_key("content") && !it.contains_key("schema"))
    {
        let message = format!("the parameter {} is described by `content`", quoted(name));
        report
            .at_key(&parameter.pointer.child("content"), rules::PARAMETER_CONTENT.because(message));
    }
    let location = parameter.text("in").unwrap_or_default();
    match location {
        "cookie" => {
            let message = format!("{} is a cookie", quoted(name));
            report.at(&parameter.pointer.child("in"), rules::COOKIE_PARAMETER.because(message));
        }
        "path" if !parameter.flag("required") => {
            let message = format!("the path parameter {} is not `required: true`", quoted(name));
            report.at_key(&parameter.pointer, rules::OPTIONAL_PATH_PARAMETER.because(message));
        }
        "header" if OF_HTTP.iter().any(|it| it.eq_ignore_ascii_case(name)) => {
            let message = format!("{} is described elsewhere", quoted(name));
            report.at(&name_place, rules::RESERVED_HEADER.because(message));
        }
        "header" if !is_header_name(name) => {
            let message = format!("{} is no name of a header", quoted(name));
            report.at(&name_place, rules::INVALID_HEADER_NAME.because(message));
        }
        _ => {}
    }
    style(outline, parameter, location, report);
    null(outline, parameter, location, report);
}

fn schema_or_content(spot: &Spot<'_>, report: &mut Report) {
    let message = match (spot.has("schema"), spot.has("content")) {
        (false, false) => "neither `schema` nor `content` says what this is",
        (true, true) => "`schema` and `content` both say what this is",
        _ => return,
    };
    report.at_key(&spot.pointer, rules::SCHEMA_OR_CONTENT.because(message));
}

/// progenitor writes each parameter in the one style that its place has by default.
fn style(outline: &Outline<'_>, parameter: &Spot<'_>, location: &str, report: &mut Report) {
    let default = match location {
        "query" => "form",
        "path" | "header" => "simple",
        _ => return,
    };
    if let Some(style) = parameter.text("style").filter(|style| *style != default) {
        let message =
            format!("parameters in `{location}` are written as `{default}`, not as `{style}`");
        report.at(&parameter.pointer.child("style"), rules::PARAMETER_STYLE.because(message));
    }
    let Some(schema) = parameter.child(Kind::Schema, "schema") else { return };
    match location {
        "query" => in_query(outline, parameter, &schema, report),
        _ => as_text(outline, parameter, &schema, location, report),
    }
}

/// In a query, a list or an object is written by the names of its elements.
fn in_query(outline: &Outline<'_>, parameter: &Spot<'_>, schema: &Spot<'_>, report: &mut Report) {
    let explode = parameter.value.get("explode").and_then(serde_json::Value::as_bool);
    if explode == Some(false) && flat::is_compound(outline, schema) {
        let message = "a list in the query is written as one `name=value` for each element";
        report.at(&parameter.pointer.child("explode"), rules::PARAMETER_STYLE.because(message));
    }
    if flat::holds_another(outline, schema) {
        let message = "a list or an object within another does not fit into a query";
        report.at_key(&schema.pointer, rules::PARAMETER_STYLE.because(message));
    } else if flat::has_fixed_length(outline, schema) {
        let message = "a list whose length never differs cannot be written in a query";
        let draft = rules::PARAMETER_STYLE.because(message);
        let help = "leave out `minItems` or `maxItems`, and check the length yourself";
        report.at_key(&schema.pointer, draft.help(help));
    } else if flat::holds_null(outline, schema) {
        let message = "an item of this list may be `null`, which a query cannot say";
        let draft = rules::NULLABLE_PARAMETER.because(message);
        report.at_key(&schema.pointer, draft.help("write items without `nullable: true`"));
    }
}

/// In a path or a header, a value is written as one text, by its type's `Display`.
fn as_text(
    outline: &Outline<'_>,
    parameter: &Spot<'_>,
    schema: &Spot<'_>,
    location: &str,
    report: &mut Report,
) {
    if flat::is_compound(outline, schema) {
        let message = format!("a list or an object does not fit into `{location}`");
        report.at_key(&parameter.pointer, rules::PARAMETER_STYLE.because(message));
    } else if flat::is_untyped(outline, schema) {
        let message =
            format!("what has no type would be written into `{location}` as JSON, in quotes");
        let draft = rules::PARAMETER_STYLE.because(message);
        report.at_key(&parameter.pointer, draft.help("name the type, or write `type: string`"));
    }
    if flat::is_date_time(outline, schema) {
        let message =
            format!("progenitor writes no time of a day into `{location}` as RFC 3339 does");
        let draft = rules::PARAMETER_STYLE.because(message);
        let help = "leave out `format`, and give the text yourself";
        report.at_key(&parameter.pointer, draft.help(help));
    }
    if flat::has_unwritten_alternative(outline, schema) {
        let message = format!(
            "one of several schemas, where one lists values or may be `null`, is not written into `{location}`"
        );
        let draft = rules::PARAMETER_STYLE.because(message);
        let help = "write `type: string`, and give the text yourself";
        report.at_key(&parameter.pointer, draft.help(help));
    }
}

/// A type that may be `null` is not written as a text; one of the parameter's own loses its `null`: see the module `adapt`.
fn null(outline: &Outline<'_>, parameter: &Spot<'_>, location: &str, report: &mut Report) {
    let Some(schema) = parameter.child(Kind::Schema, "schema") else { return };
    if is_null_elsewhere(outline, &schema, 0) {
        let message = format!("what is referred to may be `null`, which `{location}` cannot say");
        report.at_key(&schema.pointer, rules::NULLABLE_PARAMETER.because(message));
    }
}

/// Whether what a schema refers to, or is the only part of it, may be `null`. A circle, which is another check's finding,
/// comes to an end.
fn is_null_elsewhere(outline: &Outline<'_>, schema: &Spot<'_>, depth: usize) -> bool {
    let named = outline.resolve(schema).filter(|_| schema.reference().is_some());
    let parts = named.as_ref().unwrap_or(schema).list(Kind::Schema, "allOf");
    named.is_some_and(|it| it.flag("nullable"))
        || depth < 100
            && matches!(&parts[..], [part] if is_null_elsewhere(outline, part, depth + 1))
}

/// Arguments of one function: each name once, whatever its place.
fn together<'a>(
    outline: &Outline<'a>,
    operation: &super::outline::Operation<'a>,
    report: &mut Report,
) {
    let has_body = operation.spot.has("requestBody");
    let mut by_rust_name: BTreeMap<String, &str> = BTreeMap::new();
    for parameter in paths::parameters(outline, operation) {
        let Some(name) = parameter.text("name") else {
            continue;
        };
        let rust_name = snake(name);
        let place = parameter.pointer.child("name");
        if has_body && rust_name == "body" {
            let message = format!("{} takes the name of the argument for the body", quoted(name));
            report.at(&place, rules::RESERVED_NAME.because(message));
        }
        if TAKEN.contains(&rust_name.as_str()) {
            let message = format!("the generated function has its own `{rust_name}`");
            report.at(&place, rules::RESERVED_NAME.because(message));
        }
        match by_rust_name.insert(rust_name.clone(), name) {
            Some(other) if other == name => {
                let message = format!("the operation has two parameters {}", quoted(name));
                report.at(&place, rules::DUPLICATE_PARAMETER.because(message));
            }
            Some(other) => {
                let message =
                    format!("{} both become the argument `{rust_name}`", listed([other, name]));
                report.at(&place, rules::NAME_COLLISION.because(message));
            }
            None => {}
        }
    }
}

/// Whether a name can stand in front of a header's colon.
pub(super) fn is_header_name(name: &str) -> bool {
    http::HeaderName::from_bytes(name.as_bytes()).is_ok()
}
