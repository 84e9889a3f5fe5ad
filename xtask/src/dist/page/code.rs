//! What is read letter by letter: JSON in colours, and commands.

use std::fmt::Write;

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
    let base = api.servers().first().map(address).unwrap_or_default();
    let mut settings = format!("url = \"{base}{}", operation.path);
    let mut headers = String::new();
    let mut variables = String::new();
    for (_, scheme) in api.security(operation.node) {
        let Some(name) = scheme.text("name") else { continue };
        match scheme.text("in") {
            Some("query") => {
                let separator = if settings.contains('?') { '&' } else { '?' };
                let _ = write!(settings, "{separator}{name}=%s");
                let _ = write!(variables, " \"${}\"", variable(name));
            }
            Some("header") => {
                let _ = write!(headers, "header = \"{name}: %s\"\\n");
                let _ = write!(variables, " \"${}\"", variable(name));
            }
            _ => {}
        }
    }
    let method = operation.method.to_uppercase();
    let body = body.shown().replace('\'', r"'\''");
    html! {
        pre { code {
            "printf '" (settings) "\"\\n" (headers) "'" (variables) " |\n"
            "  curl --config - --include --request " (method) " \\\n"
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
