//! Enumerations: values of the right type, each one once, with names that Rust can have.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::{Outline, Report, grammar::Kind, instance, outline::Spot};
use crate::{
    diagnostic::{listed, quoted},
    rules,
    rust_name::{is_identifier, pascal},
    source::Pointer,
};

const NAMES: &str = "x-enum-varnames";
const DESCRIPTIONS: &str = "x-enum-descriptions";

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for schema in outline.of(Kind::Schema) {
        let values = schema.value.get("enum").and_then(Value::as_array);
        if let Some(values) = values {
            self::values(schema, values, report);
        }
        let is_integers = schema.text("type") == Some("integer") && values.is_some();
        if is_integers {
            let values = values.into_iter().flatten().filter(|value| !value.is_null());
            integers(schema, values.count(), report);
        } else {
            for key in [NAMES, DESCRIPTIONS].into_iter().filter(|key| schema.has(key)) {
                let message = format!("`{key}` is read only beside an `enum` of integers");
                report
                    .at_key(&schema.pointer.child(key), rules::UNUSED_ENUM_NAMES.because(message));
            }
        }
    }
}

fn values(schema: &Spot<'_>, values: &[Value], report: &mut Report) {
    let place = schema.pointer.child("enum");
    let kind = schema.text("type");
    if values.is_empty() {
        report.at_key(&place, rules::EMPTY_ENUM.because("no value is in the list"));
    }
    if matches!(kind, Some("object" | "array")) {
        let message = "only texts, numbers and flags can be listed";
        report.at_key(&place, rules::UNSUPPORTED_ENUM.because(message));
        return;
    }
    if kind.is_none() && !values.iter().all(Value::is_string) {
        let message = "`enum` is for values of a type, but none is named";
        report.at_key(&place, rules::MISSING_TYPE.because(message));
        return;
    }
    let mut seen = HashSet::new();
    for (index, value) in values.iter().enumerate() {
        let place = place.child(index);
        let text = value.to_string();
        if !fits(schema, kind.unwrap_or("string"), value) {
            let message = format!("{} does not fit the schema around it", quoted(&text));
            report.at(&place, rules::ENUM_VALUE_MISMATCH.because(message));
        } else if seen.contains(&text) {
            let message = format!("{} is in the list twice", quoted(&text));
            report.at(&place, rules::REPEATED_ENUM_VALUE.because(message));
        }
        seen.insert(text);
    }
    if kind.is_none_or(|kind| kind == "string") {
        variants(values, &place, report);
    }
}

fn fits(schema: &Spot<'_>, kind: &str, value: &Value) -> bool {
    if value.is_null() {
        return schema.flag("nullable");
    }
    instance::is_of_type(value, kind) && instance::is_in_bounds(schema, value)
}

/// Texts become variants, so their Rust names must differ. typify tries twice: with words joined, and with an `X`
/// for each character that Rust does not take.
fn variants(values: &[Value], place: &Pointer, report: &mut Report) {
    let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    if collisions(&texts, pascal).is_empty() {
        return;
    }
    let spelt_out =
        |text: &str| pascal(&text.replace(|c| c == '_' || !unicode_ident::is_xid_continue(c), "X"));
    for (name, texts) in collisions(&texts, spelt_out) {
        let message = format!("{} all become the variant `{name}`", listed(texts));
        report.at_key(place, rules::NAME_COLLISION.because(message));
    }
}

fn collisions<'a>(
    texts: &[&'a str],
    name_of: impl Fn(&str) -> String,
) -> BTreeMap<String, Vec<&'a str>> {
    let mut by_name: BTreeMap<_, Vec<&str>> = BTreeMap::new();
    for text in texts {
        let same = by_name.entry(name_of(text)).or_default();
        if !same.contains(text) {
            same.push(*text);
        }
    }
    by_name.retain(|_, texts| texts.len() > 1);
    by_name
}

/// Integers have no names of their own, so the extension must give one to each.
fn integers(schema: &Spot<'_>, count: usize, report: &mut Report) {
    let Some(names) = schema.value.get(NAMES) else {
        let message = "these integers have no names";
        report.at_key(&schema.pointer.child("enum"), rules::NAMELESS_INTEGERS.because(message));
        if schema.has(DESCRIPTIONS) {
            let message = format!("`{DESCRIPTIONS}` is read only beside `{NAMES}`");
            let place = schema.pointer.child(DESCRIPTIONS);
            report.at_key(&place, rules::UNUSED_ENUM_NAMES.because(message));
        }
        return;
    };
    if let Some(descriptions) = schema.value.get(DESCRIPTIONS) {
        texts(schema, DESCRIPTIONS, descriptions, count, report);
    }
    let place = schema.pointer.child(NAMES);
    let mut seen = Vec::new();
    for (index, name) in texts(schema, NAMES, names, count, report).into_iter().enumerate() {
        let place = place.child(index);
        if !is_identifier(name) {
            let message = format!("{} is not a Rust identifier", quoted(name));
            report.at(&place, rules::INVALID_ENUM_NAMES.because(message));
        } else if seen.contains(&name) {
            let message = format!("{} is the name of two values", quoted(name));
            report.at(&place, rules::INVALID_ENUM_NAMES.because(message));
        } else if name == "Other" {
            let message = "`Other` is the variant for values that are not in the list";
            report.at(&place, rules::RESERVED_NAME.because(message));
        }
        seen.push(name);
    }
}

/// The texts of an extension, of which there must be one for each value.
fn texts<'a>(
    schema: &Spot<'_>,
    key: &str,
    value: &'a Value,
    count: usize,
    report: &mut Report,
) -> Vec<&'a str> {
    let place = schema.pointer.child(key);
    let texts: Option<Vec<&str>> =
        value.as_array().and_then(|items| items.iter().map(Value::as_str).collect());
    let Some(texts) = texts else {
        let message = format!("`{key}` is not a list of texts");
        report.at_key(&place, rules::INVALID_ENUM_NAMES.because(message));
        return Vec::new();
    };
    if texts.len() != count {
        let message = format!("`enum` has {count} values, `{key}` has {}", texts.len());
        report.at_key(&place, rules::INVALID_ENUM_NAMES.because(message));
    }
    texts
}
