//! Schemas: what they hold, and within which bounds.

use maud::{Markup, html};

use super::{
    api::Api,
    json::Json,
    prose::{first_paragraph, prose},
};

/// Everything about a schema but its name.
pub(super) fn body(api: &Api, schema: &Json) -> Markup {
    html! {
        @if let Some(description) = schema.text("description") { (prose(description)) }
        @if let Some(alternatives) = alternatives(schema) {
            // Each stands in a section of its own.
            ul.kind { @for alternative in alternatives { li { (kind(api, alternative)) } } }
        } @else {
            (shape(api, schema))
        }
        @if let Some(example) = schema.get("example") {
            p.example { "Example: " code { (example.shown()) } }
        }
    }
}

/// What a schema holds, without its description: alternatives, properties or values.
pub(super) fn shape(api: &Api, schema: &Json) -> Markup {
    html! {
        @if let Some(alternatives) = alternatives(schema) {
            @for (index, alternative) in alternatives.iter().enumerate() {
                @let (name, alternative) = api.resolve(alternative);
                details.alternative open[index == 0] {
                    summary {
                        span.label { "Alternative " (index + 1) } " "
                        strong { (name.unwrap_or_default()) }
                        @if let Some(description) = alternative.text("description") {
                            div.hint { (first_paragraph(description)) }
                        }
                    }
                    (shape(api, alternative))
                }
            }
        } @else if schema.entries("properties").next().is_some() {
            (properties(api, schema))
        } @else if !schema.items("enum").is_empty() {
            (values(schema))
        } @else {
            p.kind { (kind(api, schema)) }
        }
    }
}

/// The schemas of which a value matches one.
fn alternatives(schema: &Json) -> Option<&[Json]> {
    ["oneOf", "anyOf"].map(|key| schema.items(key)).into_iter().find(|list| !list.is_empty())
}

fn properties(api: &Api, schema: &Json) -> Markup {
    html! {
        div.object {
            dl.properties {
                @for (name, property) in schema.entries("properties") {
                    @let required = schema.items("required").iter().any(|item| item.shown() == name);
                    (self::property(api, name, property, required))
                }
            }
            @if closed(schema) { p.hint { "No other properties." } }
        }
    }
}

fn closed(schema: &Json) -> bool {
    schema.get("additionalProperties").is_some_and(|others| others.shown() == "false")
}

fn property(api: &Api, name: &str, schema: &Json, required: bool) -> Markup {
    let (component, resolved) = api.resolve(schema);
    html! {
        dt {
            code.name { (name) } " "
            span.kind { (kind(api, schema)) } " "
            @if required { span.badge.required { "required" } } @else { span.badge { "optional" } }
        }
        dd {
            @if let Some(description) = resolved.text("description") {
                // The whole of it stands with the component.
                @if component.is_some() { (first_paragraph(description)) }
                @else { (prose(description)) }
            }
            @if resolved.entries("properties").next().is_some() {
                (properties(api, resolved))
            } @else if !resolved.items("enum").is_empty() {
                (chips(resolved))
            }
            @if let Some(example) = resolved.get("example") {
                p.example { "Example: " code { (example.shown()) } }
            }
        }
    }
}

fn chips(schema: &Json) -> Markup {
    html! {
        p.chips { "One of " @for value in schema.items("enum") { code { (value.shown()) } " " } }
    }
}

/// The values of an enumeration: in a table if they have names or meanings.
pub(super) fn values(schema: &Json) -> Markup {
    let names = schema.items("x-enum-varnames");
    let meanings = schema.items("x-enum-descriptions");
    if names.is_empty() && meanings.is_empty() {
        return chips(schema);
    }
    html! {
        div.scroll tabindex="0" {
            table {
                thead { tr { th { "Value" } th { "Name" } th { "Meaning" } } }
                tbody {
                    @for (index, value) in schema.items("enum").iter().enumerate() {
                        tr {
                            td { code { (value.shown()) } }
                            td { (names.get(index).map(Json::shown).unwrap_or_default()) }
                            td { (meanings.get(index).map(Json::shown).unwrap_or_default()) }
                        }
                    }
                }
            }
        }
    }
}

/// The kind of a value, in a few words, with its bounds.
pub(super) fn kind(api: &Api, schema: &Json) -> Markup {
    if let (Some(name), _) = api.resolve(schema) {
        return html! { a href=(format!("#{}", anchor(name))) { (name) } };
    }
    let others = schema.get("additionalProperties").filter(|others| others.get("$ref").is_some());
    html! {
        @if let Some(items) = schema.get("items") {
            "list of " (kind(api, items))
        } @else if let Some(others) = others {
            "map of strings to " (kind(api, others))
        } @else {
            (schema.text("type").unwrap_or("any value"))
            @if let Some(format) = schema.text("format") { " (" (format) ")" }
        }
        @for bound in bounds(schema) { ", " (bound) }
    }
}

fn bounds(schema: &Json) -> impl Iterator<Item = String> {
    const WORDS: [(&str, &str); 7] = [
        ("minimum", "at least "),
        ("maximum", "at most "),
        ("minItems", "items: at least "),
        ("maxItems", "items: at most "),
        ("minLength", "length: at least "),
        ("maxLength", "length: at most "),
        ("pattern", "like "),
    ];
    WORDS
        .iter()
        .filter_map(|(key, words)| schema.get(key).map(|bound| format!("{words}{}", bound.shown())))
}

/// By what a schema can be linked to.
pub(super) fn anchor(component: &str) -> String {
    format!("schema-{component}")
}
