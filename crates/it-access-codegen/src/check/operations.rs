//! Operations: each needs a name of its own, which becomes a function and the front of type names.

use std::collections::BTreeMap;

use super::{Outline, Report};
use crate::{
    diagnostic::{listed, quoted},
    rules,
    rust_name::{constant, is_nameable, pascal, snake},
};

/// The methods that every client has, of its own and of progenitor's traits.
const TAKEN: &[&str] = &[
    "api_version",
    "baseurl",
    "client",
    "exec",
    "inner",
    "new",
    "new_with_builder",
    "with_credentials",
    "new_with_client",
    "post",
    "pre",
];

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    let mut by_rust_name: BTreeMap<String, Vec<(&str, _)>> = BTreeMap::new();
    let mut types: BTreeMap<String, &str> = BTreeMap::new();
    let mut constants: BTreeMap<String, &str> = BTreeMap::new();
    for operation in outline.operations() {
        let spot = &operation.spot;
        let Some(id) = spot.text("operationId") else {
            if spot.value.is_object() && !spot.has("operationId") {
                let message = format!(
                    "`{} {}` has no `operationId`",
                    operation.method.to_uppercase(),
                    operation.path
                );
                report.at_key(&spot.pointer, rules::MISSING_OPERATION_ID.because(message));
            }
            continue;
        };
        let place = spot.pointer.child("operationId");
        if !is_nameable(id) {
            let message = format!("{} gives no name for a function", quoted(id));
            report.at(&place, rules::UNNAMEABLE.because(message));
        } else if TAKEN.contains(&snake(id).as_str()) {
            let message = format!("every client has a method `{}` of its own", snake(id));
            report.at(&place, rules::RESERVED_NAME.because(message));
        }
        if spot.has("callbacks") {
            let message = "callbacks are not generated";
            report.at_key(&spot.pointer.child("callbacks"), rules::CALLBACKS.because(message));
        }
        if spot.has("x-dropshot-websocket") {
            let message = "this operation opens a websocket";
            report.at_key(
                &spot.pointer.child("x-dropshot-websocket"),
                rules::UPGRADE.because(message),
            );
        }
        by_rust_name.entry(snake(id)).or_default().push((id, place.clone()));
        let is_same = |other: &str| snake(other) == snake(id);
        let first = *types.entry(pascal(id)).or_insert(id);
        if !is_same(first) {
            let (names, name) = (listed([first, id]), pascal(id));
            let message = format!("the types of {names} both begin with `{name}`");
            report.at(&place, rules::NAME_COLLISION.because(message));
        }
        // Some letters are two once they are capitals: `ß` is `SS`.
        let first = *constants.entry(constant(id)).or_insert(id);
        if !is_same(first) {
            let (names, name) = (listed([first, id]), constant(id));
            let message = format!("{names} both become the constant `{name}`");
            report.at(&place, rules::NAME_COLLISION.because(message));
        }
    }
    for (name, uses) in by_rust_name {
        let [(first, _), others @ ..] = uses.as_slice() else {
            continue;
        };
        for (id, place) in others {
            let draft = if id == first {
                let message = format!("another operation is {} too", quoted(id));
                rules::DUPLICATE_OPERATION_ID.because(message)
            } else {
                let message =
                    format!("{} both become the function `{name}`", listed([*first, *id]));
                rules::NAME_COLLISION.because(message)
            };
            report.at(place, draft);
        }
    }
}
