//! What is read letter by letter: JSON in colours, and commands.

use maud::{Markup, html};
use serde_json::Value;

use super::{
    api::{Api, Operation, address},
    json::Json,
};

/// A block of JSON, indented by two spaces.
pub(super) fn json(value: &Json) -> Markup {
    html! { pre { code { (node(value, 0)) } } }
}

fn node(value: &Json, depth: usize) -> Markup {
    match value {
        Json::Object(entries) => brackets(
            ["{", "}"],
            entries.iter().map(|(key, value)| {
                html! { span.key { (Value::from(key.as_str())) } ": " (node(value, depth + 1)) }
            }),
            depth,
        ),
        Json::Array(items) => {
            brackets(["[", "]"], items.iter().map(|item| node(item, depth + 1)), depth)
        }
        Json::Scalar(text @ Value::String(_)) => html! { span.string { (text) } },
        Json::Scalar(scalar) => html! { span.number { (scalar) } },
    }
}

fn brackets(
    [open, close]: [&str; 2],
    mut items: impl ExactSizeIterator<Item = Markup>,
    depth: usize,
) -> Markup {
    let last = items.len().saturating_sub(1);
    let inner = "  ".repeat(depth + 1);
    html! {
        (open)
        @if items.len() > 0 {
            @for (index, item) in items.by_ref().enumerate() {
                "\n" (inner) (item) @if index < last { "," }
            }
            "\n" ("  ".repeat(depth))
        }
        (close)
    }
}

/// A command that sends `body`, for a shell with curl. The credentials come from environment variables, and go through a
/// pipe: an argument would show them to everyone on the machine.
pub(super) fn curl(api: &Api, operation: &Operation<'_>, body: &Json) -> Markup {
    let mut query = Vec::new();
    let mut headers = Vec::new();
    for (name, scheme) in api.security(operation.node) {
        let parameter = scheme.text("name").unwrap_or(name);
        match scheme.text("in").or(scheme.text("scheme")) {
            Some("query") => query.push((format!("{parameter}=%s"), variable(parameter))),
            Some("header") => headers.push((format!("{parameter}: %s"), variable(parameter))),
            Some("bearer") => {
                headers.push(("Authorization: Bearer %s".into(), variable(parameter)))
            }
            _ => {}
        }
    }
    let base = api.servers().first().map(address).unwrap_or_default();
    let url = format!("{base}{}", operation.path).replace('%', "%%");
    let body = body.shown().replace('\'', r"'\''");
    html! {
        pre { code {
            "printf '"
            "url = \"" (url)
            @for (index, (pair, _)) in query.iter().enumerate() {
                (if index == 0 { "?" } else { "&" }) (pair)
            }
            "\"\\n"
            @for (header, _) in &headers { "header = \"" (header) "\"\\n" }
            "'"
            @for (_, variable) in query.iter().chain(&headers) { " \"$" (variable) "\"" }
            " |\n"
            "  curl --config - --include --request " (operation.method.to_uppercase()) " \\\n"
            "    --header 'Content-Type: application/json' \\\n"
            "    --data '" (body) "'"
        } }
    }
}

/// The environment variable for a parameter: `access_token` is `ACCESS_TOKEN`.
fn variable(parameter: &str) -> String {
    let name = parameter.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
    name.collect::<String>().to_ascii_uppercase()
}
