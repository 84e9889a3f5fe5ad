//! What queries and forms can hold: pairs of a name and a text, and so nothing within a list or an object but texts,
//! numbers and flags. progenitor writes no more; a request with more fails before it is sent.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Outline, grammar::Kind, outline::Spot};

/// Whether a list or an object holds another, itself or by any of its parts.
pub(super) fn holds_another(outline: &Outline<'_>, schema: &Spot<'_>) -> bool {
    any_part(outline, schema, &mut BTreeSet::new(), &|part| {
        let within = ["items", "additionalProperties"].map(|key| part.child(Kind::Schema, key));
        let properties = part.map(Kind::Schema, "properties");
        let properties = properties.into_iter().map(|(_, property)| property);
        within.into_iter().flatten().chain(properties).any(|it| is_compound(outline, &it))
    })
}

/// Whether an item of a list may be null, which no text says.
pub(super) fn holds_null(outline: &Outline<'_>, schema: &Spot<'_>) -> bool {
    any_part(outline, schema, &mut BTreeSet::new(), &|part| {
        let items = part.child(Kind::Schema, "items");
        items.is_some_and(|items| may_be_null(outline, &items))
    })
}

/// Whether a schema may be null, itself or by any of its parts.
pub(super) fn may_be_null(outline: &Outline<'_>, schema: &Spot<'_>) -> bool {
    any_part(outline, schema, &mut BTreeSet::new(), &|part| part.flag("nullable"))
}

/// Whether a list always has the same number of items. It becomes an array, which is no list to serde.
pub(super) fn has_fixed_length(outline: &Outline<'_>, schema: &Spot<'_>) -> bool {
    outline.resolve(schema).is_some_and(|schema| {
        let length = |key: &str| schema.value.get(key).and_then(Value::as_u64);
        length("minItems").is_some_and(|least| least > 0 && length("maxItems") == Some(least))
            && !schema.flag("uniqueItems")
    })
}

/// Whether a schema may be a list or an object, itself or by any of its parts.
pub(super) fn is_compound(outline: &Outline<'_>, schema: &Spot<'_>) -> bool {
    let is_one = |part: &Spot<'_>| {
        matches!(part.text("type"), Some("array" | "object"))
            || ["items", "properties", "additionalProperties"].iter().any(|key| part.has(key))
    };
    any_part(outline, schema, &mut BTreeSet::new(), &is_one)
}

/// Whether a schema may be a time of a day, itself or by any of its parts.
pub(super) fn is_date_time(outline: &Outline<'_>, schema: &Spot<'_>) -> bool {
    let is_one = |part: &Spot<'_>| {
        part.text("type") == Some("string") && part.text("format") == Some("date-time")
    };
    any_part(outline, schema, &mut BTreeSet::new(), &is_one)
}

/// Whether a schema may be of any type, itself or by any of its parts.
pub(super) fn is_untyped(outline: &Outline<'_>, schema: &Spot<'_>) -> bool {
    let is_one = |part: &Spot<'_>| {
        !["type", "enum", "allOf", "oneOf", "anyOf"].iter().any(|key| part.has(key))
    };
    any_part(outline, schema, &mut BTreeSet::new(), &is_one)
}

/// Whether a schema is one of several of which one is an enumeration or may be null. typify does not write such a type as a text,
/// or only if the name of the one comes before that of the other.
pub(super) fn has_unwritten_alternative(outline: &Outline<'_>, schema: &Spot<'_>) -> bool {
    let is_unwritten = |part: &Spot<'_>| part.has("enum") || part.flag("nullable");
    any_part(outline, schema, &mut BTreeSet::new(), &|part| {
        let alternatives = ["oneOf", "anyOf"].map(|key| part.list(Kind::Schema, key));
        let mut alternatives = alternatives.iter().flatten();
        alternatives.any(|it| any_part(outline, it, &mut BTreeSet::new(), &is_unwritten))
    })
}

/// Whether something holds of a schema or of any that it is made of. One that was looked at before tells no more, and what is
/// wrong with a reference is another check's finding.
fn any_part(
    outline: &Outline<'_>,
    schema: &Spot<'_>,
    seen: &mut BTreeSet<String>,
    holds: &impl Fn(&Spot<'_>) -> bool,
) -> bool {
    let Some(schema) = outline.resolve(schema) else { return false };
    if !seen.insert(schema.pointer.as_str().to_owned()) {
        return false;
    }
    let parts = ["allOf", "oneOf", "anyOf"].map(|key| schema.list(Kind::Schema, key));
    holds(&schema) || parts.iter().flatten().any(|part| any_part(outline, part, seen, holds))
}
