//! Names in what the generator supplies: of credentials, of servers and their variables, and of response headers. In each
//! place no two may give the same Rust name.

use std::collections::{BTreeMap, btree_map::Entry};

use serde_json::Value;

use super::{
    Outline, Report,
    grammar::Kind,
    outline::{Operation, Spot},
};
use crate::{
    diagnostic::{listed, quoted},
    rules,
    rust_name::{pascal, snake},
    source::Pointer,
};

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    let mut credentials = Names::new("the credential");
    for scheme in outline.components(Kind::SecurityScheme) {
        let name = scheme.pointer.name();
        credentials.add(snake(&name), &name, &scheme.pointer, report);
    }
    servers(outline, report);
    for operation in outline.operations() {
        headers(outline, &operation, report);
    }
}

fn servers(outline: &Outline<'_>, report: &mut Report) {
    let document = Spot { kind: Kind::Document, pointer: Pointer::default(), value: outline.root };
    let mut types = Names::new("the type");
    let servers: Vec<_> = document.list(Kind::Server, "servers");
    let type_of = |index: usize| match index {
        0 => "Server".to_owned(),
        _ => format!("Server{}", index + 1),
    };
    for (index, server) in servers.iter().enumerate() {
        types.add(type_of(index), &format!("server {}", index + 1), &server.pointer, report);
    }
    for (index, server) in servers.iter().enumerate() {
        let mut fields = Names::new("the field");
        for (name, variable) in server.map(Kind::ServerVariable, "variables") {
            fields.add(snake(name), name, &variable.pointer, report);
            let values = variable.value.get("enum").and_then(Value::as_array);
            if values.is_some_and(|values| !values.is_empty()) {
                let type_name = pascal(&format!("{}-{name}", type_of(index)));
                types.add(type_name, name, &variable.pointer, report);
            }
            let mut variants = Names::new("the variant");
            let place = variable.pointer.child("enum");
            for (index, value) in values.into_iter().flatten().enumerate() {
                let text = value.as_str().unwrap_or_default();
                let earlier = values.into_iter().flatten().take(index);
                if earlier.into_iter().any(|it| it == value) {
                    let message = format!("the value {} is there twice", quoted(text));
                    report.at(&place.child(index), rules::REPEATED_ENUM_VALUE.because(message));
                }
                variants.add(pascal(text), text, &place.child(index), report);
            }
        }
    }
}

/// The headers of all responses of an operation stand in one type. Capitals make no other header.
fn headers(outline: &Outline<'_>, operation: &Operation<'_>, report: &mut Report) {
    let mut fields = Names::new("the field");
    for (_, response) in operation.spot.map(Kind::Response, "responses") {
        if let Some(response) = outline.resolve(&response) {
            for (name, header) in response.map(Kind::Header, "headers") {
                fields.add(snake(name), &name.to_ascii_lowercase(), &header.pointer, report);
            }
        }
    }
}

/// Rust names of one place, with what they stand for.
struct Names {
    what: &'static str,
    taken: BTreeMap<String, String>,
}

impl Names {
    fn new(what: &'static str) -> Self {
        Self { what, taken: BTreeMap::new() }
    }

    fn add(&mut self, rust_name: String, name: &str, place: &Pointer, report: &mut Report) {
        match self.taken.entry(rust_name) {
            Entry::Occupied(first) if first.get() != name => {
                let names = listed([first.get().as_str(), name]);
                let message = format!("{names} both become {} `{}`", self.what, first.key());
                report.at_key(place, rules::NAME_COLLISION.because(message));
            }
            Entry::Occupied(_) => {}
            Entry::Vacant(entry) => drop(entry.insert(name.to_owned())),
        }
    }
}
