//! Chains of references: none may come back to where it began, and none may be endlessly long.
//!
//! What counts is what a component *is*: an alias of another, or composed of others. A schema that holds itself as a
//! property or as an item is well: that is a tree.

use std::collections::HashMap;

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
};

/// How many components may lead from one to the next. progenitor and typify follow them by recursion.
const CHAIN: usize = 32;

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
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
        let graph = Graph::new(outline, kind);
        let place = |node: usize| {
            Pointer::default().descend(&["components", section(kind).0, &graph.names[node]])
        };
        let order = finishing_order(&graph.edges);
        for mut circle in circles(&graph.edges, &order) {
            circle.sort_unstable();
            let message = match circle.as_slice() {
                [only] => format!("{} is made of itself", quoted(&graph.names[*only])),
                several => {
                    let names = several.iter().map(|node| graph.names[*node].as_str());
                    format!("{} are made of each other", listed(names))
                }
            };
            report.at_key(&place(circle[0]), rules::REF_CYCLE.because(message));
        }
        for node in too_long(&graph.edges, &order) {
            let message = format!("more than {CHAIN} components lead from one to the next here");
            report.at_key(&place(node), rules::TOO_DEEP.because(message));
        }
    }
}

/// Which component is made of which others, by number.
struct Graph {
    names: Vec<String>,
    edges: Vec<Vec<usize>>,
}

impl Graph {
    fn new(outline: &Outline<'_>, kind: Kind) -> Self {
        let components: Vec<_> = outline.components(kind).collect();
        let names: Vec<_> = components.iter().map(|spot| spot.pointer.name()).collect();
        let numbers: HashMap<_, _> =
            names.iter().enumerate().map(|(number, name)| (name.as_str(), number)).collect();
        let edges = components
            .iter()
            .map(|spot| {
                let mut targets = Vec::new();
                composed_of(kind, spot.value, &mut targets);
                targets.into_iter().filter_map(|name| numbers.get(name).copied()).collect()
            })
            .collect();
        Self { names, edges }
    }
}

/// The names of what a value is, or is composed of, before any key or item of it.
fn composed_of<'a>(kind: Kind, value: &'a Value, names: &mut Vec<&'a str>) {
    if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
        names.extend(component_name(kind, reference));
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

/// All nodes, each one after those that it leads to, as far as there are no circles.
fn finishing_order(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(edges.len());
    let mut seen = vec![false; edges.len()];
    for start in 0..edges.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut open = vec![(start, edges[start].iter())];
        while let Some((node, targets)) = open.last_mut() {
            match targets.next() {
                Some(target) if seen[*target] => {}
                Some(target) => {
                    seen[*target] = true;
                    open.push((*target, edges[*target].iter()));
                }
                None => {
                    order.push(*node);
                    open.pop();
                }
            }
        }
    }
    order
}

/// The groups of nodes of which each leads to all others, by Kosaraju's algorithm.
fn circles(edges: &[Vec<usize>], order: &[usize]) -> Vec<Vec<usize>> {
    let mut back = vec![Vec::new(); edges.len()];
    for (node, targets) in edges.iter().enumerate() {
        targets.iter().for_each(|target| back[*target].push(node));
    }
    let mut circles = Vec::new();
    let mut seen = vec![false; edges.len()];
    for start in order.iter().rev() {
        let mut group = Vec::new();
        let mut next = vec![*start];
        while let Some(node) = next.pop() {
            if !seen[node] {
                seen[node] = true;
                group.push(node);
                next.extend(&back[node]);
            }
        }
        if group.len() > 1 || group.iter().any(|node| edges[*node].contains(node)) {
            circles.push(group);
        }
    }
    circles
}

/// The nodes at which a chain becomes too long.
fn too_long(edges: &[Vec<usize>], order: &[usize]) -> Vec<usize> {
    let mut lengths = vec![0_usize; edges.len()];
    for node in order {
        let longest = edges[*node].iter().map(|target| lengths[*target]).max();
        lengths[*node] = longest.unwrap_or_default() + 1;
    }
    (0..edges.len()).filter(|node| lengths[*node] == CHAIN + 1).collect()
}
