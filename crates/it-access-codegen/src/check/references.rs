//! References: each must lead to a component of this document, of the right kind, and never back to itself.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    Outline, Report,
    grammar::{Kind, section},
    outline::component_name,
};
use crate::{
    diagnostic::{listed, quoted},
    rules,
    source::Pointer,
    suggest,
};

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for spot in &outline.references {
        let Some(reference) = spot.reference() else {
            continue;
        };
        leads_somewhere(outline, spot.kind, reference, &spot.pointer.child("$ref"), report);
        for key in spot.object().into_iter().flatten().map(|(key, _)| key) {
            if key != "$ref" {
                let message = format!("{} beside `$ref` is ignored", quoted(key));
                report.at_key(&spot.pointer.child(key), rules::REF_SIBLING.because(message));
            }
        }
    }
    for item in outline.of(Kind::PathItem).filter(|item| item.has("$ref")) {
        let message = "a path stands elsewhere";
        report.at(&item.pointer.child("$ref"), rules::PATH_REF.because(message));
    }
    circles(outline, report);
}

fn leads_somewhere(
    outline: &Outline<'_>,
    kind: Kind,
    reference: &str,
    pointer: &Pointer,
    report: &mut Report,
) {
    let (section, one) = section(kind);
    let shown = quoted(reference);
    if !reference.starts_with('#') {
        let message = format!("{shown} is in another document");
        report.at(pointer, rules::EXTERNAL_REF.because(message));
        return;
    }
    let Some(name) = component_name(kind, reference) else {
        let message = format!("{shown} is not `#/components/{section}/` and a name");
        let help = format!("give {one} a name under `components.{section}`, and refer to that");
        report.at(pointer, rules::UNSUPPORTED_REF.because(message).help(help));
        return;
    };
    if outline.target(kind, reference).is_none() {
        let names: Vec<_> = outline.components(kind).map(|spot| spot.pointer.name()).collect();
        let message = format!("`components.{section}` has no {}", quoted(name));
        let draft = rules::UNRESOLVED_REF.because(message);
        let draft = match suggest::nearest(name, names.iter().map(String::as_str)) {
            Some(nearest) => draft.help(format!("did you mean {}?", quoted(nearest))),
            None => draft,
        };
        report.at(pointer, draft);
    }
}

/// Finds components that are nothing but each other: an alias of an alias of itself, or a schema composed of itself.
/// A schema that holds itself as a property or as an item is well: that is a tree.
fn circles(outline: &Outline<'_>, report: &mut Report) {
    for kind in [
        Kind::Schema,
        Kind::Response,
        Kind::Parameter,
        Kind::Example,
        Kind::RequestBody,
        Kind::Header,
        Kind::SecurityScheme,
        Kind::Link,
    ] {
        let edges: BTreeMap<String, BTreeSet<String>> = outline
            .components(kind)
            .map(|spot| {
                let mut names = BTreeSet::new();
                composed_of(kind, spot.value, &mut names);
                (spot.pointer.name(), names)
            })
            .collect();
        for circle in strongly_connected(&edges) {
            let Some(first) = circle.first() else {
                continue;
            };
            let message = match circle.as_slice() {
                [only] => format!("{} is made of itself", quoted(only)),
                several => {
                    format!("{} are made of each other", listed(several.iter().map(String::as_str)))
                }
            };
            let pointer = Pointer::default().descend(&["components", section(kind).0, first]);
            report.at_key(&pointer, rules::REF_CYCLE.because(message));
        }
    }
}

/// The names of what a value is, or is composed of, before any key or item of it.
fn composed_of(kind: Kind, value: &Value, names: &mut BTreeSet<String>) {
    if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
        names.extend(component_name(kind, reference).map(ToOwned::to_owned));
        return;
    }
    if kind != Kind::Schema {
        return;
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        for part in value.get(key).and_then(Value::as_array).into_iter().flatten() {
            composed_of(kind, part, names);
        }
    }
    if let Some(not) = value.get("not") {
        composed_of(kind, not, names);
    }
}

/// The groups of names of which each one leads to all others, sorted. Names that lead to themselves count.
fn strongly_connected(edges: &BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
    // A name that nothing leads to, or that leads nowhere, is in no circle. What is left when all those are taken
    // away is small in every document that is meant well, so simple reachability will do for it.
    let mut left = edges.clone();
    loop {
        let targets: BTreeSet<_> = left.values().flatten().cloned().collect();
        let before = left.len();
        let names: BTreeSet<_> = left.keys().cloned().collect();
        left.retain(|name, to| targets.contains(name) && !to.is_disjoint(&names));
        if left.len() == before {
            break;
        }
    }
    let mut circles = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for name in left.keys() {
        if !seen.contains(name) {
            let there = reachable(&left, name);
            let circle: Vec<_> = there
                .iter()
                .filter(|other| reachable(&left, other).contains(name))
                .cloned()
                .collect();
            seen.extend(circle.iter().cloned());
            if !circle.is_empty() {
                circles.insert(circle);
            }
        }
    }
    circles.into_iter().collect()
}

fn reachable(edges: &BTreeMap<String, BTreeSet<String>>, from: &str) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = vec![from];
    while let Some(name) = next.pop() {
        for target in edges.get(name).into_iter().flatten() {
            if reached.insert(target.clone()) {
                next.push(target);
            }
        }
    }
    reached
}
