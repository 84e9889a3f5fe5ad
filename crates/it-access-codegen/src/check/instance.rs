//! Whether a value that the document gives, a default or one of a list, fits the schema that it is given for.

use serde_json::Value;

use super::{Outline, grammar::Kind, outline::Spot};

/// Whether the value fits, as far as the generated code depends on it.
pub(super) fn fits(outline: &Outline<'_>, schema: &Spot<'_>, value: &Value) -> bool {
    Fit { outline, steps: 0, depth: 0 }.value(schema, value)
}

/// Whether a value is of a type, as `type` names it.
pub(super) fn is_of_type(value: &Value, kind: &str) -> bool {
    match kind {
        "array" => value.is_array(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "object" => value.is_object(),
        "string" => value.is_string(),
        // A type that does not exist is another check's finding.
        _ => true,
    }
}

/// Whether a number or a text is within what the keywords and the format allow.
pub(super) fn is_in_bounds(schema: &Spot<'_>, value: &Value) -> bool {
    let limit = |key: &str| schema.value.get(key).and_then(Value::as_f64);
    if let Some(number) = value.as_f64() {
        let low = limit("minimum").is_none_or(|least| match schema.flag("exclusiveMinimum") {
            true => number > least,
            false => number >= least,
        });
        let high = limit("maximum").is_none_or(|most| match schema.flag("exclusiveMaximum") {
            true => number < most,
            false => number <= most,
        });
        let format = schema.text("format").and_then(format_range);
        return low && high && format.is_none_or(|(least, most)| (least..=most).contains(&number));
    }
    if let Some(text) = value.as_str() {
        // A length is far below the numbers that a float cannot hold.
        let length = text.chars().count() as f64;
        // No pattern is tried: one may take for ever to tell.
        return limit("minLength").is_none_or(|least| length >= least)
            && limit("maxLength").is_none_or(|most| length <= most);
    }
    true
}

/// The range of a format for integers. typify compares as floats, so nothing is gained by being more exact.
pub(super) fn format_range(format: &str) -> Option<(f64, f64)> {
    Some(match format {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "uint8" => (u8::MIN.into(), u8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "uint16" => (u16::MIN.into(), u16::MAX.into()),
        "int" | "int32" => (i32::MIN.into(), i32::MAX.into()),
        "uint" | "uint32" => (u32::MIN.into(), u32::MAX.into()),
        "uint64" => (0.0, f64::MAX),
        _ => return None,
    })
}

struct Fit<'o, 'a> {
    outline: &'o Outline<'a>,
    /// Alternatives within alternatives may take exponential time; a default that takes so long is refused.
    steps: usize,
    /// The number of values and schemas around the present one. In a circle of schemas it would have no end.
    depth: usize,
}

const STEPS: usize = 10_000;
const DEPTH: usize = 100;

impl<'a> Fit<'_, 'a> {
    fn value(&mut self, schema: &Spot<'a>, value: &Value) -> bool {
        self.steps += 1;
        self.depth += 1;
        let fits = self.steps <= STEPS && (self.depth > DEPTH || self.within(schema, value));
        self.depth -= 1;
        fits
    }

    fn within(&mut self, schema: &Spot<'a>, value: &Value) -> bool {
        let Some(schema) = self.outline.resolve(schema) else {
            // What is wrong with the reference is another check's finding.
            return true;
        };
        if value.is_null() && schema.flag("nullable") {
            return true;
        }
        let of_type = schema.text("type").is_none_or(|kind| is_of_type(value, kind));
        let listed = schema
            .value
            .get("enum")
            .and_then(Value::as_array)
            .is_none_or(|values| values.contains(value));
        of_type
            && listed
            && is_in_bounds(&schema, value)
            && self.items(&schema, value)
            && self.properties(&schema, value)
            && self.composition(&schema, value)
    }

    fn items(&mut self, schema: &Spot<'a>, value: &Value) -> bool {
        let Some(items) = value.as_array() else {
            return true;
        };
        let count = |key: &str| schema.value.get(key).and_then(Value::as_u64);
        let length = items.len() as u64;
        let unique = !schema.flag("uniqueItems")
            || items.iter().enumerate().all(|(index, item)| !items[index + 1..].contains(item));
        let item_schema = schema.child(Kind::Schema, "items");
        unique
            && count("minItems").is_none_or(|least| length >= least)
            && count("maxItems").is_none_or(|most| length <= most)
            && item_schema.is_none_or(|it| items.iter().all(|item| self.value(&it, item)))
    }

    fn properties(&mut self, schema: &Spot<'a>, value: &Value) -> bool {
        let Some(object) = value.as_object() else {
            return true;
        };
        let required = schema.value.get("required").and_then(Value::as_array);
        let complete = required
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .all(|key| object.contains_key(key));
        let properties = schema.map(Kind::Schema, "properties");
        let rest = schema.child(Kind::Schema, "additionalProperties");
        complete
            && object.iter().all(|(key, value)| {
                let property = properties.iter().find(|(name, _)| name == key);
                match (property, &rest) {
                    (Some((_, property)), _) => self.value(property, value),
                    (None, Some(rest)) if rest.value.is_object() => self.value(rest, value),
                    (None, Some(rest)) => rest.value == &Value::Bool(true),
                    // Without properties it is a map; with some, typify has no field for others.
                    (None, None) => properties.is_empty(),
                }
            })
    }

    fn composition(&mut self, schema: &Spot<'a>, value: &Value) -> bool {
        let all = schema.list(Kind::Schema, "allOf");
        // Each part sees the properties of the others, which it does not know.
        let all_fit = all.len() != 1 || all.iter().all(|part| self.value(part, value));
        all_fit
            && ["oneOf", "anyOf"].into_iter().all(|key| {
                let parts = schema.list(Kind::Schema, key);
                parts.is_empty() || parts.iter().any(|part| self.value(part, value))
            })
    }
}
