//! The reference of an API, from its document alone.

use maud::{Markup, html};

use super::{
    api::{Api, Operation, address},
    frame::{Entry, Frame},
    json::Json,
    operation,
    prose::{line, prose},
    schema,
};

/// A file that stands beside the page, and what it is.
pub(in crate::dist) type Beside<'a> = (&'a str, &'a str);

/// Writes the page for the bundled edition of a document.
///
/// # Errors
///
/// If the edition is not JSON.
pub(in crate::dist) fn reference(
    bundled: &str,
    editions: &[Beside<'_>],
    others: &[Beside<'_>],
) -> anyhow::Result<String> {
    let api = Api::parse(bundled)?;
    let groups = groups(&api);
    let main = html! {
        (about(&api))
        (servers(&api))
        (security(&api))
        @for group in &groups { (self::group(&api, group)) }
        (schemas(&api))
        (files(editions))
    };
    let contents = contents(&api, &groups);
    Ok(Frame { title: api.about("title"), others, contents, main, origin: origin(&api) }.render())
}

/// Operations that have a tag in common.
struct Group<'a> {
    name: &'a str,
    description: Option<&'a str>,
    operations: Vec<Operation<'a>>,
}

/// The groups by the tags of the document, and last what has no tag.
fn groups(api: &Api) -> Vec<Group<'_>> {
    let tagged = |operation: &Operation<'_>, name: &str| {
        operation.node.items("tags").iter().any(|tag| tag.shown() == name)
    };
    let mut groups: Vec<Group<'_>> = api
        .tags()
        .iter()
        .map(|tag| {
            let name = tag.text("name").unwrap_or_default();
            let operations = api.operations().filter(|operation| tagged(operation, name));
            Group { name, description: tag.text("description"), operations: operations.collect() }
        })
        .collect();
    let untagged = api.operations().filter(|operation| operation.node.items("tags").is_empty());
    groups.push(Group { name: "Operations", description: None, operations: untagged.collect() });
    groups.retain(|group| !group.operations.is_empty());
    groups
}

fn contents(api: &Api, groups: &[Group<'_>]) -> Vec<Entry> {
    let mut contents = vec![
        Entry::new("about", "About"),
        Entry::new("servers", "Servers"),
        Entry::new("security", "Security"),
    ];
    contents.extend(groups.iter().map(|group| {
        Entry::new(tag_anchor(group.name), group.name).with(group.operations.iter().map(
            |operation| {
                let anchor = operation::anchor(operation);
                let parts = operation::parts(operation)
                    .map(|(part, title)| Entry::new(format!("{anchor}-{part}"), title));
                Entry::new(anchor.clone(), operation::title(operation)).with(parts)
            },
        ))
    }));
    let names = api.schemas().map(|(name, _)| Entry::new(schema::anchor(name), name));
    contents.push(Entry::new("schemas", "Schemas").with(names));
    contents.push(Entry::new("files", "Files"));
    contents
}

fn about(api: &Api) -> Markup {
    html! {
        section #about data-block {
            h1 { (api.about("title")) " " span.version { (api.about("version")) } }
            div.lead { (prose(api.about("description"))) }
        }
    }
}

fn files(editions: &[Beside<'_>]) -> Markup {
    html! {
        section #files data-block {
            h2 { "Files" }
            dl.files {
                @for (file, purpose) in editions {
                    dt { a href=(file) { (file) } }
                    dd { (line(purpose)) }
                }
            }
        }
    }
}

fn servers(api: &Api) -> Markup {
    html! {
        section #servers data-block {
            h2 { "Servers" }
            @for server in api.servers() {
                p.endpoint data-copy=(address(server)) {
                    code { (server.text("url").unwrap_or_default()) }
                }
                @if let Some(description) = server.text("description") { (prose(description)) }
                dl.properties {
                    @for (name, variable) in server.entries("variables") { (self::variable(name, variable)) }
                }
            }
        }
    }
}

fn variable(name: &str, variable: &Json) -> Markup {
    html! {
        dt {
            code.name { (name) } " "
            span.kind { "default " code { (variable.text("default").unwrap_or_default()) } }
        }
        dd {
            @if let Some(description) = variable.text("description") { (prose(description)) }
            @if !variable.items("enum").is_empty() { (schema::values(variable)) }
        }
    }
}

fn security(api: &Api) -> Markup {
    html! {
        section #security data-group {
            h2 { "Security" }
            @for (name, scheme) in api.security_schemes() {
                section id={ "security-" (name) } data-block {
                    h3 { (name) }
                    p.kind {
                        (scheme.text("type").unwrap_or_default())
                        @if let Some(kind) = scheme.text("scheme") { ", " (kind) }
                        @if let Some(parameter) = scheme.text("name") { ", " code { (parameter) } }
                        @if let Some(place) = scheme.text("in") { " in the " (place) }
                    }
                    @if let Some(description) = scheme.text("description") { (prose(description)) }
                }
            }
        }
    }
}

fn group(api: &Api, group: &Group<'_>) -> Markup {
    html! {
        section id=(tag_anchor(group.name)) data-group {
            h2 { (group.name) }
            @if let Some(description) = group.description { (prose(description)) }
            @for operation in &group.operations { (operation::operation(api, operation)) }
        }
    }
}

fn tag_anchor(name: &str) -> String {
    format!("tag-{name}")
}

fn schemas(api: &Api) -> Markup {
    html! {
        section #schemas data-group {
            h2 { "Schemas" }
            @for (name, schema) in api.schemas() {
                section id=(schema::anchor(name)) data-block {
                    h3 { code { (name) } }
                    (schema::body(api, schema))
                }
            }
        }
    }
}

fn origin(api: &Api) -> Markup {
    let derived = api.info().and_then(|info| info.get("x-derived-from"));
    html! {
        @if let Some(derived) = derived {
            p {
                "Made from " code { (derived.text("document").unwrap_or_default()) } " " (api.about("version"))
                ", SHA-256 " code.sum { (derived.text("sha256").unwrap_or_default()) } "."
            }
        }
        @if let Some(license) = api.info().and_then(|info| info.get("license")) {
            p { "License: " (license.text("name").unwrap_or_default()) "." }
        }
    }
}
