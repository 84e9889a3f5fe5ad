//! Types without a name of their own: they are named after where they stand, or by their title.
//!
//! typify takes a type that is there already for the same, without comparing the two.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    Outline, Report,
    all_of::PARTS,
    grammar::Kind,
    outline::{Operation, Spot},
    paths,
};
use crate::{
    adapt::inner_suffix,
    diagnostic::quoted,
    rules,
    rust_name::{pascal, snake},
    source::Pointer,
};

/// Compares the inline types with the components, which are given by the names of their types, and with each other.
pub(super) fn check(
    outline: &Outline<'_>,
    components: &BTreeMap<String, Spot<'_>>,
    report: &mut Report,
) {
    let mut types = Types { outline, found: Vec::new(), parts: 0 };
    for schema in outline.components(Kind::Schema) {
        types.parts = 0;
        // One that takes `null` is an option of another type, after which all that is in it is named.
        let suffix = match schema.flag("nullable") {
            true => inner_suffix(schema.value).unwrap_or("Inner"),
            false => "",
        };
        types.below(&schema, &format!("{}{suffix}", schema.pointer.name()));
    }
    for operation in outline.operations() {
        types.parts = 0;
        types.of_operation(&operation);
    }

    let mut first: BTreeMap<&str, &InlineType<'_>> = BTreeMap::new();
    for inline in &types.found {
        let InlineType { name, place, schema } = inline;
        let other = match (components.get(name), first.get(name.as_str())) {
            (Some(component), _) if component.value != *schema => {
                format!("the schema {}", quoted(&component.pointer.name()))
            }
            (_, Some(other)) if other.schema != *schema => {
                format!("that of {}", quoted(other.place.as_str()))
            }
            _ => {
                first.entry(name).or_insert(inline);
                continue;
            }
        };
        let message = format!("the type of this becomes `{name}`, and so does {other}");
        report.at_key(place, rules::NAME_COLLISION.because(message));
    }
}

struct InlineType<'a> {
    name: String,
    place: Pointer,
    schema: &'a Value,
}

struct Types<'o, 'a> {
    outline: &'o Outline<'a>,
    found: Vec<InlineType<'a>>,
    /// How many parts of one component or operation have come together. In a circle, which is another check's finding, they would
    /// have no end.
    parts: usize,
}

impl<'a> Types<'_, 'a> {
    fn of_operation(&mut self, operation: &Operation<'a>) {
        let outline = self.outline;
        let Some(id) = operation.spot.text("operationId") else {
            return;
        };
        let body = operation.spot.child(Kind::RequestBody, "requestBody");
        for schema in body.and_then(|it| outline.resolve(&it)).iter().flat_map(content) {
            self.add(&schema, format!("{id}-body"));
        }
        for (_, response) in operation.spot.map(Kind::Response, "responses") {
            for schema in outline.resolve(&response).iter().flat_map(content) {
                self.add(&schema, format!("{id}-response"));
            }
        }
        for parameter in paths::parameters(outline, operation) {
            let name = parameter.text("name").unwrap_or_default();
            if let Some(schema) = parameter.child(Kind::Schema, "schema") {
                self.add(&schema, format!("{id}-{name}"));
            }
        }
    }

    /// Adds the type of an inline schema, and those within it.
    fn add(&mut self, schema: &Spot<'a>, suggested: String) {
        if schema.reference().is_some() || !schema.value.is_object() {
            return;
        }
        let name = schema.text("title").map_or(suggested, ToOwned::to_owned);
        if has_type(schema) {
            let place = schema.pointer.clone();
            self.found.push(InlineType { name: pascal(&name), place, schema: schema.value });
        }
        self.below(schema, &name);
    }

    fn below(&mut self, schema: &Spot<'a>, name: &str) {
        for (key, property) in schema.map(Kind::Schema, "properties") {
            self.add(&property, format!("{name}_{}", snake(key)));
        }
        if let Some(items) = schema.child(Kind::Schema, "items") {
            self.add(&items, format!("{name}Item"));
        }
        if let Some(values) = schema.child(Kind::Schema, "additionalProperties") {
            // Beside properties it is the type of the field in which the others are.
            let field = if schema.has("properties") { "Extra" } else { "" };
            self.add(&values, format!("{name}{field}Value"));
        }
        let parts = schema.list(Kind::Schema, "allOf");
        // One that stands alone is another name for what it refers to.
        let are_merged = parts.len() > 1 || schema.has("properties");
        for part in &parts {
            if part.reference().is_none() {
                self.below(part, name);
            } else if are_merged {
                self.inherited(part, name);
            }
        }
    }

    /// What comes together in one object is named after it, wherever it was described.
    fn inherited(&mut self, part: &Spot<'a>, name: &str) {
        self.parts += 1;
        if self.parts > PARTS {
            return;
        }
        if let Some(part) = self.outline.resolve(part) {
            self.below(&part, name);
        }
    }
}

fn content<'a>(spot: &Spot<'a>) -> Vec<Spot<'a>> {
    let content = spot.map(Kind::MediaType, "content");
    content.iter().filter_map(|(_, media)| media.child(Kind::Schema, "schema")).collect()
}

/// Whether a schema is given a type of its own, and not one of Rust's, or that of the only part it consists of.
fn has_type(schema: &Spot<'_>) -> bool {
    let is_composed = ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|key| schema.value.get(key).and_then(Value::as_array).is_some_and(|it| it.len() > 1));
    let is_closed = schema.has("required") || schema.value["additionalProperties"] == false;
    is_composed
        || schema.text("type") == Some("object") && is_closed
        || ["enum", "properties", "pattern", "minLength", "maxLength"]
            .iter()
            .any(|key| schema.has(key))
}
