//! An operation: where it is, what goes in and what comes out.

use maud::{Markup, html};

use super::{
    api::{Api, Operation, address},
    code,
    json::Json,
    prose::{line, prose},
    schema,
};

/// The blocks of an operation, each of which a search finds by itself.
pub(super) fn operation(api: &Api, operation: &Operation<'_>) -> Markup {
    let id = anchor(operation);
    html! {
        section.operation id=(id) data-block {
            h3 { (title(operation)) }
            (endpoint(api, operation))
            @if let Some(description) = operation.node.text("description") { (prose(description)) }
        }
        (quota(api, operation, &id))
        (parameters(api, operation, &id))
        (request(api, operation, &id))
        (responses(api, operation, &id))
    }
}

/// What the operation is called.
pub(super) fn title<'a>(operation: &Operation<'a>) -> &'a str {
    let node = operation.node;
    node.text("summary").or_else(|| node.text("operationId")).unwrap_or(operation.path)
}

/// By what an operation can be linked to.
pub(super) fn anchor(operation: &Operation<'_>) -> String {
    let id = operation.node.text("operationId").map(str::to_owned);
    id.unwrap_or_else(|| format!("{}-{}", operation.method, operation.path.replace('/', "-")))
}

/// The parts of an operation that the table of contents names: what follows its anchor, and a title.
pub(super) fn parts(
    operation: &Operation<'_>,
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let parts = [
        ("quota", "Quota", operation.node.get("x-rate-limit").is_some()),
        ("parameters", "Parameters", true),
        ("request", "Request", operation.node.get("requestBody").is_some()),
        ("responses", "Responses", true),
    ];
    parts.into_iter().filter(|(_, _, there)| *there).map(|(part, title, _)| (part, title))
}

fn endpoint(api: &Api, operation: &Operation<'_>) -> Markup {
    let base = api.servers().first().map(address).unwrap_or_default();
    html! {
        p.endpoint data-copy=(format!("{base}{}", operation.path)) {
            span.method { (operation.method.to_uppercase()) } " "
            // A narrow screen breaks the path at its slashes.
            code { @for part in operation.path.split_inclusive('/') { (part) wbr; } }
        }
    }
}

/// What `x-rate-limit` says, and the headers in which the service tells where its quota stands.
fn quota(api: &Api, operation: &Operation<'_>, id: &str) -> Markup {
    let Some(limit) = operation.node.get("x-rate-limit") else { return html! {} };
    let value = |key: &str| limit.get(key).map(Json::shown).unwrap_or_default();
    html! {
        section id={ (id) "-quota" } data-block {
            h4 { "Quota" }
            p.figures {
                strong { (value("limit")) } " requests in "
                strong { (value("window-seconds")) } " seconds, counted for each "
                strong { (value("scope")) } "."
            }
            @let headers = headers(api, operation);
            @if !headers.is_empty() {
                p { "Headers of the responses:" }
                dl.properties {
                    @for (name, header, statuses) in headers { (self::header(api, name, header, &statuses)) }
                }
            }
        }
    }
}

/// The headers of all responses, each once, with the statuses that carry it.
fn headers<'a>(api: &'a Api, operation: &Operation<'a>) -> Vec<(&'a str, &'a Json, Vec<&'a str>)> {
    let mut headers: Vec<(&str, &Json, Vec<&str>)> = Vec::new();
    for (status, response) in operation.node.entries("responses") {
        for (name, header) in api.resolve(response).1.entries("headers") {
            match headers.iter_mut().find(|(known, ..)| *known == name) {
                Some((_, _, statuses)) => statuses.push(status),
                None => headers.push((name, api.resolve(header).1, vec![status])),
            }
        }
    }
    headers
}

fn header(api: &Api, name: &str, header: &Json, statuses: &[&str]) -> Markup {
    html! {
        dt {
            code.name { (name) } " "
            @if let Some(schema) = header.get("schema") { span.kind { (schema::kind(api, schema)) } }
        }
        dd {
            @if let Some(description) = header.text("description") { (prose(description)) }
            p.example {
                "With " (statuses.join(", "))
                @if let Some(example) = header.get("example") {
                    ". Example: " code { (example.shown()) }
                }
            }
        }
    }
}

/// The credentials are parameters too, wherever they go.
fn parameters(api: &Api, operation: &Operation<'_>, id: &str) -> Markup {
    let shared = operation.shared.items("parameters").iter();
    let parameters = shared.chain(operation.node.items("parameters"));
    html! {
        section id={ (id) "-parameters" } data-block {
            h4 { "Parameters" }
            dl.properties {
                @for (name, scheme) in api.security(operation.node) {
                    dt {
                        code.name { (scheme.text("name").unwrap_or("Authorization")) } " "
                        span.kind { "string, in the " (scheme.text("in").unwrap_or("header")) } " "
                        span.badge.required { "required" }
                    }
                    dd { p { "See " a href={ "#security-" (name) } { (name) } "." } }
                }
                @for parameter in parameters {
                    @let parameter = api.resolve(parameter).1;
                    dt {
                        code.name { (parameter.text("name").unwrap_or_default()) } " "
                        span.kind {
                            @if let Some(schema) = parameter.get("schema") { (schema::kind(api, schema)) ", " }
                            "in the " (parameter.text("in").unwrap_or_default())
                        } " "
                        @if parameter.flag("required") { span.badge.required { "required" } }
                        @else { span.badge { "optional" } }
                    }
                    dd {
                        @if let Some(description) = parameter.text("description") { (prose(description)) }
                    }
                }
            }
        }
    }
}

fn request(api: &Api, operation: &Operation<'_>, id: &str) -> Markup {
    let Some(request) = operation.node.get("requestBody") else { return html! {} };
    let request = api.resolve(request).1;
    html! {
        section id={ (id) "-request" } data-block {
            h4 { "Request" }
            @if let Some(description) = request.text("description") { (prose(description)) }
            @for (media_type, content) in request.entries("content") {
                (content_of(api, media_type, content))
                (examples(api, content, &format!("{id}-request-examples"), |value| html! {
                    details.command {
                        summary { "As a command" }
                        (code::curl(api, operation, value))
                    }
                }))
            }
        }
    }
}

fn responses(api: &Api, operation: &Operation<'_>, id: &str) -> Markup {
    html! {
        section id={ (id) "-responses" } {
            h4 { "Responses" }
            @for (status, response) in operation.node.entries("responses") {
                (self::response(api, status, api.resolve(response).1, id))
            }
        }
    }
}

fn response(api: &Api, status: &str, response: &Json, id: &str) -> Markup {
    let class = status.get(..1).unwrap_or_default();
    let headers: Vec<&str> = response.entries("headers").map(|(name, _)| name).collect();
    html! {
        section.response id={ (id) "-" (status) } data-block {
            h5 { span class={ "status of-" (class) } { (status) } }
            div {
                (prose(response.text("description").unwrap_or_default()))
                @if !headers.is_empty() {
                    p.hint { "Headers: " @for (index, name) in headers.iter().enumerate() {
                        @if index > 0 { ", " } code { (name) }
                    } }
                }
                @for (media_type, content) in response.entries("content") {
                    (content_of(api, media_type, content))
                    (examples(api, content, &format!("{id}-{status}-examples"), |_| html! {}))
                }
            }
        }
    }
}

/// The schema of a body; of a map, the schema of its values too.
fn content_of(api: &Api, media_type: &str, content: &Json) -> Markup {
    let Some(schema) = content.get("schema") else { return html! {} };
    let resolved = api.resolve(schema).1;
    let values = resolved.get("additionalProperties").map(|values| api.resolve(values).1);
    html! {
        p.media { span.label { "Body" } " " code { (media_type) } ", " (schema::kind(api, schema)) }
        (schema::shape(api, resolved))
        @if let Some(values) = values.filter(|values| !values.items("enum").is_empty()) {
            (schema::values(values))
        }
    }
}

/// The examples of a body, of which one is open at a time.
fn examples(api: &Api, content: &Json, group: &str, more: impl Fn(&Json) -> Markup) -> Markup {
    let examples: Vec<_> = content
        .entries("examples")
        .filter_map(|(key, example)| {
            let example = api.resolve(example).1;
            Some((example.text("summary").unwrap_or(key), example.get("value")?))
        })
        .collect();
    html! {
        @if !examples.is_empty() {
            div.examples {
                p.label { "Examples" }
                @for (index, (summary, value)) in examples.iter().enumerate() {
                    details.sample name=(group) open[index == 0] {
                        summary { (line(summary)) }
                        (code::json(value))
                        (more(value))
                    }
                }
            }
        }
    }
}
