//! Schemas: keywords that go together, ranges that are not empty, patterns that compile.

use serde_json::Value;

use super::{Outline, Report, grammar::Kind, instance, outline::Spot};
use crate::{
    diagnostic::{listed, quoted},
    rules,
};

/// The keywords that say something about one type of value.
const OF_TYPE: &[(&str, &[&str])] = &[
    ("object", OBJECT_KEYWORDS),
    ("array", &["items", "minItems", "maxItems", "uniqueItems"]),
    ("string", &["pattern", "minLength", "maxLength"]),
    ("number", NUMBER_KEYWORDS),
    ("integer", NUMBER_KEYWORDS),
];

pub(super) const OBJECT_KEYWORDS: &[&str] =
    &["properties", "required", "additionalProperties", "minProperties", "maxProperties"];

const NUMBER_KEYWORDS: &[&str] =
    &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

/// The longest list of a fixed length: serde reads and writes no longer arrays.
const LONGEST_ARRAY: u64 = 32;

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for schema in outline.of(Kind::Schema) {
        keywords(schema, report);
        ranges(schema, report);
        pattern(schema, report);
        array(schema, report);
        unchecked(schema, report);
        for (key, rule) in [("not", &rules::NOT), ("discriminator", &rules::DISCRIMINATOR)] {
            if schema.has(key) {
                let message = format!("`{key}` is not generated");
                report.at_key(&schema.pointer.child(key), rule.because(message));
            }
        }
    }
}

/// Each keyword must be one of the type that the schema names. Where none is named, only those of objects are read.
fn keywords(schema: &Spot<'_>, report: &mut Report) {
    let Some(object) = schema.object() else {
        return;
    };
    let declared = schema.text("type");
    // A type that is no text is another check's finding.
    let untyped = !schema.has("type");
    for key in object.keys() {
        let types: Vec<_> = OF_TYPE
            .iter()
            .filter(|(_, keywords)| keywords.contains(&key.as_str()))
            .map(|(name, _)| *name)
            .collect();
        let place = schema.pointer.child(key);
        match declared {
            Some(declared) if !types.is_empty() && !types.contains(&declared) => {
                let message =
                    format!("`{key}` says nothing about a value of type {}", quoted(declared));
                report.at_key(&place, rules::MISPLACED_KEYWORD.because(message));
            }
            None if untyped && !types.is_empty() && !types.contains(&"object") => {
                let message = format!("`{key}` is for {}, but no type is named", listed(types));
                report.at_key(&place, rules::MISSING_TYPE.because(message));
            }
            _ => {}
        }
    }
    let place = schema.pointer.child("format");
    match declared {
        Some(kind @ ("object" | "array" | "boolean")) if schema.has("format") => {
            let message = format!("`format` says nothing about a value of type `{kind}`");
            report.at_key(&place, rules::MISPLACED_KEYWORD.because(message));
        }
        None if untyped && schema.has("format") => {
            let message = "`format` is given, but no type is named";
            report.at_key(&place, rules::MISSING_TYPE.because(message));
        }
        _ => {}
    }
}

fn ranges(schema: &Spot<'_>, report: &mut Report) {
    let number = |key: &str| schema.value.get(key).and_then(Value::as_f64);
    for (low, high) in [
        ("minimum", "maximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
    ] {
        let (Some(least), Some(most)) = (number(low), number(high)) else {
            continue;
        };
        let exclusive = low == "minimum"
            && (schema.flag("exclusiveMinimum") || schema.flag("exclusiveMaximum"));
        if least > most || (exclusive && least >= most) {
            let message = format!("nothing is at least `{low}` and at most `{high}`");
            report.at(&schema.pointer.child(high), rules::EMPTY_RANGE.because(message));
        }
    }
    for (flag, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if schema.flag(flag) && !schema.has(limit) {
            let message = format!("`{flag}` says how `{limit}` counts, which is not given");
            report.at_key(
                &schema.pointer.child(flag),
                rules::EXCLUSIVE_WITHOUT_LIMIT.because(message),
            );
        }
    }
    whole_limits(schema, report);
    if number("multipleOf").is_some_and(|step| step <= 0.0) {
        let message = "nothing is a multiple of that";
        report.at(&schema.pointer.child("multipleOf"), rules::EMPTY_RANGE.because(message));
    }
}

/// An integer's limits are integers, and leave something of its format.
fn whole_limits(schema: &Spot<'_>, report: &mut Report) {
    if schema.text("type") != Some("integer") {
        return;
    }
    for key in ["minimum", "maximum", "multipleOf"] {
        if schema.value.get(key).is_some_and(|limit| limit.is_number() && !limit.is_i64()) {
            let message = format!("`{key}` of an integer is no 64-bit integer");
            report.at(&schema.pointer.child(key), rules::WRONG_TYPE.because(message));
        }
    }
    let Some((format, (least, most))) =
        schema.text("format").and_then(|name| Some((name, instance::format_range(name)?)))
    else {
        return;
    };
    let limit = |key: &str| schema.value.get(key).and_then(Value::as_f64);
    let is_below = |limit: f64| limit < least || limit <= least && schema.flag("exclusiveMaximum");
    let is_above = |limit: f64| limit > most || limit >= most && schema.flag("exclusiveMinimum");
    for (key, is_outside) in [
        ("maximum", limit("maximum").is_some_and(is_below)),
        ("minimum", limit("minimum").is_some_and(is_above)),
    ] {
        if is_outside {
            let message = format!("`{key}` leaves nothing of the format {}", quoted(format));
            report.at(&schema.pointer.child(key), rules::EMPTY_RANGE.because(message));
        }
    }
}

/// Keywords that no generated type checks.
fn unchecked(schema: &Spot<'_>, report: &mut Report) {
    for (key, kind) in
        [("multipleOf", "number"), ("minProperties", "object"), ("maxProperties", "object")]
    {
        if schema.has(key) && schema.text("type") == Some(kind) {
            let message = format!("`{key}` is not checked for a value of type `{kind}`");
            report.at_key(&schema.pointer.child(key), rules::UNCHECKED_KEYWORD.because(message));
        }
    }
}

fn pattern(schema: &Spot<'_>, report: &mut Report) {
    let Some(pattern) = schema.text("pattern") else {
        return;
    };
    if let Err(error) = regress::Regex::new(pattern) {
        let message = format!("the pattern does not compile: {error}");
        report.at(&schema.pointer.child("pattern"), rules::INVALID_PATTERN.because(message));
    }
}

fn array(schema: &Spot<'_>, report: &mut Report) {
    let length = |key: &str| schema.value.get(key).and_then(Value::as_u64);
    if let (Some(least), Some(most)) = (length("minItems"), length("maxItems"))
        && least == most
        && most > LONGEST_ARRAY
    {
        let message = format!("a list of always {most} elements is longer than {LONGEST_ARRAY}");
        report.at(&schema.pointer.child("maxItems"), rules::LONG_ARRAY.because(message));
    }
}
