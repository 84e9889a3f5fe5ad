//! Names of types and of fields: each must give a Rust name, and no two the same.

use std::collections::{BTreeMap, btree_map::Entry};

use super::{Outline, Report, grammar::Kind, inline_types, outline::Spot};
use crate::{
    diagnostic::{listed, quoted},
    rules,
    rust_name::{is_nameable, pascal, snake},
};

/// The names by which the generated code calls what is Rust's own, in the module of types.
const TAKEN: &[&str] = &["Err", "None", "Ok", "Some", "String"];

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
    let mut by_type: BTreeMap<String, Spot<'_>> = BTreeMap::new();
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
        match by_type.entry(type_name) {
            Entry::Occupied(first) => {
                let names = listed([first.get().pointer.name().as_str(), &name]);
                let message = format!("{names} both become the type `{}`", first.key());
                report.at_key(&schema.pointer, rules::NAME_COLLISION.because(message));
            }
            Entry::Vacant(place) => drop(place.insert(schema)),
        }
    }
    inline_types::check(outline, &by_type, report);
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
