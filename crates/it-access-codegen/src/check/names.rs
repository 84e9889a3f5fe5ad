//! Names of types and of fields: each must give a Rust name, and no two the same.

use std::collections::BTreeMap;

use super::{Outline, Report, grammar::Kind, outline::Spot};
use crate::{
    diagnostic::{listed, quoted},
    rules,
    rust_name::{is_nameable, pascal, snake},
    source::Pointer,
};

/// The names that the generator, and Rust's prelude as the generated code uses it, take in the module of types.
const TAKEN: &[&str] = &[
    "Clone", "Debug", "Default", "Err", "Error", "From", "Into", "None", "Ok", "Option", "Pairs",
    "Result", "Self", "Some", "String", "ToString", "TryFrom", "Vec",
];

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    components(outline, report);
    types(outline, report);
    for schema in outline.of(Kind::Schema) {
        fields(schema, report);
    }
}

/// The specification allows letters, digits and `.-_`; a reference to any other name is read in different ways.
fn components(outline: &Outline<'_>, report: &mut Report) {
    for components in outline.of(Kind::Components) {
        for (section, entries) in components.object().into_iter().flatten() {
            let place = components.pointer.child(section);
            for name in entries.as_object().into_iter().flatten().map(|(name, _)| name) {
                let is_plain = |c: char| c.is_ascii_alphanumeric() || ".-_".contains(c);
                if !section.starts_with("x-") && (name.is_empty() || !name.chars().all(is_plain)) {
                    let message = format!("{} is no name of a component", quoted(name));
                    report.at_key(&place.child(name), rules::COMPONENT_NAME.because(message));
                }
            }
        }
    }
}

fn types(outline: &Outline<'_>, report: &mut Report) {
    let mut by_type: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for schema in outline.components(Kind::Schema) {
        let name = schema.pointer.name();
        let type_name = pascal(&name);
        if !is_nameable(&name) {
            let message = format!("{} gives no name for a type", quoted(&name));
            report.at_key(&schema.pointer, rules::UNNAMEABLE.because(message));
            continue;
        }
        if TAKEN.contains(&type_name.as_str()) || type_name.ends_with('_') {
            let message = format!("the generated code has a `{type_name}` already");
            report.at_key(&schema.pointer, rules::RESERVED_NAME.because(message));
        }
        let same = by_type.entry(type_name.clone()).or_default();
        if let Some(first) = same.first() {
            let message = format!(
                "{} both become the type `{type_name}`",
                listed([first, &name].map(String::as_str))
            );
            report.at_key(&schema.pointer, rules::NAME_COLLISION.because(message));
        }
        same.push(name);
    }
    inline_types(outline, &by_type, report);
}

/// A type without a name of its own is named after where it stands, or by its title. typify takes a type that is
/// there already for the same, without comparing the two.
fn inline_types(
    outline: &Outline<'_>,
    components: &BTreeMap<String, Vec<String>>,
    report: &mut Report,
) {
    let mut inline = BTreeMap::new();
    for operation in outline.operations() {
        let Some(id) = operation.spot.text("operationId") else {
            continue;
        };
        let body = operation.spot.child(Kind::RequestBody, "requestBody");
        let body = body.and_then(|it| outline.resolve(&it));
        for schema in body.iter().flat_map(content) {
            inner_types(&schema, format!("{id}-body"), &mut inline);
        }
        let responses = operation.spot.map(Kind::Response, "responses");
        for (_, response) in responses {
            for schema in outline.resolve(&response).iter().flat_map(content) {
                inner_types(&schema, format!("{id}-response"), &mut inline);
            }
        }
        for parameter in super::paths::parameters(outline, &operation) {
            let name = parameter.text("name").unwrap_or_default();
            if let Some(schema) = parameter.child(Kind::Schema, "schema") {
                inner_types(&schema, format!("{id}-{name}"), &mut inline);
            }
        }
    }
    for schema in outline.components(Kind::Schema) {
        below(&schema, &schema.pointer.name(), &mut inline);
    }
    for (place, (name, _)) in &inline {
        if let Some(others) = components.get(name) {
            let message = format!(
                "the type of this becomes `{name}`, and so does the schema {}",
                listed(others.iter().map(String::as_str))
            );
            report.at_key(place, rules::NAME_COLLISION.because(message));
        }
    }
    let mut first: BTreeMap<&String, (&Pointer, &serde_json::Value)> = BTreeMap::new();
    for (place, (name, value)) in &inline {
        match first.get(name) {
            Some((other, before)) if before != value => {
                let message = format!(
                    "the type of this becomes `{name}`, and so does that of {other}",
                    other = quoted(other.as_str())
                );
                report.at_key(place, rules::NAME_COLLISION.because(message));
            }
            Some(_) => {}
            None => {
                first.insert(name, (place, value));
            }
        }
    }
}

type Inline<'a> = BTreeMap<Pointer, (String, &'a serde_json::Value)>;

fn content<'a>(spot: &Spot<'a>) -> Vec<Spot<'a>> {
    let content = spot.map(Kind::MediaType, "content");
    content.iter().filter_map(|(_, media)| media.child(Kind::Schema, "schema")).collect()
}

/// Notes the type that an inline schema gives, and those within it.
fn inner_types<'a>(schema: &Spot<'a>, suggested: String, inline: &mut Inline<'a>) {
    if schema.reference().is_some() || !schema.value.is_object() {
        return;
    }
    let name = schema.text("title").map_or(suggested, ToOwned::to_owned);
    if has_type(schema) {
        inline.insert(schema.pointer.clone(), (pascal(&name), schema.value));
    }
    below(schema, &name, inline);
}

fn below<'a>(schema: &Spot<'a>, name: &str, inline: &mut Inline<'a>) {
    for (key, property) in schema.map(Kind::Schema, "properties") {
        inner_types(&property, format!("{name}_{}", snake(key)), inline);
    }
    if let Some(items) = schema.child(Kind::Schema, "items") {
        inner_types(&items, format!("{name}Item"), inline);
    }
    if let Some(values) = schema.child(Kind::Schema, "additionalProperties") {
        inner_types(&values, format!("{name}Value"), inline);
    }
}

/// Whether a schema is given a type of its own, and not one of Rust's.
fn has_type(schema: &Spot<'_>) -> bool {
    ["enum", "properties", "oneOf", "anyOf", "allOf", "pattern", "minLength", "maxLength"]
        .iter()
        .any(|key| schema.has(key))
}

fn fields(schema: &Spot<'_>, report: &mut Report) {
    let mut by_field: BTreeMap<String, &str> = BTreeMap::new();
    let has_rest =
        schema.value.get("additionalProperties").is_some_and(serde_json::Value::is_object);
    for (name, property) in schema.map(Kind::Schema, "properties") {
        let field = snake(name);
        if has_rest && field == "extra" {
            let message =
                format!("{} takes the name of the field for all other keys", quoted(name));
            report.at_key(&property.pointer, rules::RESERVED_NAME.because(message));
        }
        if let Some(other) = by_field.insert(field.clone(), name) {
            let message = format!("{} both become the field `{field}`", listed([other, name]));
            report.at_key(&property.pointer, rules::NAME_COLLISION.because(message));
        }
    }
}
