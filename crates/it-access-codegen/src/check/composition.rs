//! `oneOf` and `anyOf`: only references, and nothing beside them.
//!
//! That is the one shape from which every generator, progenitor included, makes an enum with named variants. What
//! typify makes of others ranges from nameless types to panics.

use super::{Outline, Report, grammar::Kind, outline::Spot, schemas::OBJECT_KEYWORDS};
use crate::{
    diagnostic::{listed, quoted},
    rules,
};

/// Keys that describe a schema, without changing what fits it.
const ANNOTATIONS: &[&str] = &[
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "externalDocs",
    "nullable",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
];

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for schema in outline.of(Kind::Schema) {
        for key in ["oneOf", "anyOf"] {
            if schema.value.get(key).is_some_and(serde_json::Value::is_array) {
                alternatives(schema, key, report);
            }
        }
    }
}

fn alternatives(schema: &Spot<'_>, key: &str, report: &mut Report) {
    let place = schema.pointer.child(key);
    let members = schema.list(Kind::Schema, key);
    if members.is_empty() {
        let message = format!("`{key}` has no alternative");
        report.at_key(&place, rules::EMPTY_COMPOSITION.because(message));
        return;
    }

    let beside: Vec<_> = schema
        .object()
        .into_iter()
        .flatten()
        .map(|(name, _)| name.as_str())
        .filter(|name| *name != key && *name != "type" && is_structural(name))
        .collect();
    let only_required = members.iter().all(requires_only);
    if only_required {
        let message = format!("the alternatives of `{key}` say only which keys are required");
        report.at_key(&place, rules::REQUIRED_ONLY_ALTERNATIVES.because(message));
    }
    if !beside.is_empty() && !only_required {
        let message = format!("`{key}` stands beside {}", listed(beside));
        report.at_key(&place, rules::KEYWORDS_BESIDE_ALTERNATIVES.because(message));
    }
    if only_required {
        return;
    }

    let mut seen = Vec::new();
    for member in members {
        match member.reference() {
            None if member.value.is_object() => {
                let message = format!("this alternative of `{key}` has no name");
                report.at(&member.pointer, rules::INLINE_ALTERNATIVE.because(message));
            }
            Some(reference) if seen.contains(&reference) => {
                let message = format!("`{key}` names {} twice", quoted(reference));
                report.at(&member.pointer.child("$ref"), rules::REPEATED_PART.because(message));
            }
            reference => seen.extend(reference),
        }
    }
}

fn requires_only(member: &Spot<'_>) -> bool {
    member.has("required")
        && member.object().is_some_and(|it| {
            it.keys().all(|key| key == "required" || key == "type" || !is_structural(key))
        })
}

/// Whether a key changes what fits the schema.
pub(super) fn is_structural(key: &str) -> bool {
    !key.starts_with("x-") && !ANNOTATIONS.contains(&key)
}

/// Whether a key is about objects.
pub(super) fn is_of_objects(key: &str) -> bool {
    key == "type" || OBJECT_KEYWORDS.contains(&key)
}
