//! What queries and forms can hold: pairs of a name and a text, and so nothing within a list or an object but texts,
//! numbers and flags. progenitor writes no more; a request with more fails before it is sent.

use serde_json::Value;

use super::{Outline, grammar::Kind, outline::Spot};

/// Whether a list or an object holds another.
pub(super) fn holds_another(outline: &Outline<'_>, schema: &Spot<'_>) -> bool {
    let Some(schema) = outline.resolve(schema) else {
        // What is wrong with the reference is another check's finding.
        return false;
    };
    let within = ["items", "additionalProperties"].map(|key| schema.child(Kind::Schema, key));
    let properties = schema.map(Kind::Schema, "properties");
    let properties = properties.into_iter().map(|(_, property)| property);
    within.into_iter().flatten().chain(properties).any(|it| is_compound(outline, &it))
}

/// Whether a list always has the same number of items. It becomes an array, which is no list to serde.
pub(super) fn has_fixed_length(outline: &Outline<'_>, schema: &Spot<'_>) -> bool {
    outline.resolve(schema).is_some_and(|schema| {
        let length = |key: &str| schema.value.get(key).and_then(Value::as_u64);
        length("minItems").is_some_and(|least| least > 0 && length("maxItems") == Some(least))
            && !schema.flag("uniqueItems")
    })
}

fn is_compound(outline: &Outline<'_>, schema: &Spot<'_>) -> bool {
    let schema = outline.resolve(schema);
    schema.is_some_and(|it| matches!(it.text("type"), Some("array" | "object")))
}
