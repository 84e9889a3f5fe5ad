//! The extensions that mean something here: `x-rate-limit`, `x-enum-varnames` and `x-enum-descriptions`.

use serde_json::Value;

use super::{Outline, Report, grammar::Kind, outline::Spot};
use crate::{diagnostic::quoted, rules, source::Pointer, suggest};

/// Ours, and the kinds of objects that they say something about.
const EXTENSIONS: &[(&str, &[Kind], &str)] = &[
    ("x-rate-limit", &[Kind::Operation], "each operation that it holds for"),
    ("x-enum-varnames", &[Kind::Schema], "a schema"),
    ("x-enum-descriptions", &[Kind::Schema], "a schema"),
];

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for spot in &outline.spots {
        for (key, value) in spot.object().into_iter().flatten() {
            if key.starts_with("x-") && !matches!(spot.kind, Kind::SecurityRequirement) {
                extension(spot, key, value, report);
            }
        }
    }
}

fn extension(spot: &Spot<'_>, key: &str, value: &Value, report: &mut Report) {
    let place = spot.pointer.child(key);
    match EXTENSIONS.iter().find(|(name, ..)| *name == key) {
        Some((name, kinds, owner)) if !kinds.contains(&spot.kind) => {
            let message = format!("`{name}` means nothing here");
            let draft = rules::UNKNOWN_EXTENSION.because(message);
            report.at_key(&place, draft.help(format!("move it to {owner}")));
        }
        Some(("x-rate-limit", ..)) => rate_limit(value, &place, report),
        Some(_) => {}
        None => {
            let names = EXTENSIONS.iter().map(|(name, ..)| *name);
            // Only what is nearly ours: other extensions are other programs' business.
            if let Some(name) = names.clone().find(|name| is_nearly(key, name)) {
                let message = format!("the extension {} is unknown", quoted(key));
                let draft = rules::UNKNOWN_EXTENSION.because(message);
                report.at_key(&place, draft.help(format!("did you mean `{name}`?")));
            }
        }
    }
}

fn is_nearly(key: &str, name: &str) -> bool {
    key.len() < 40 && strsim::damerau_levenshtein(&suggest::plain(key), &suggest::plain(name)) <= 2
}

fn rate_limit(value: &Value, place: &Pointer, report: &mut Report) {
    let malformed = |message: String| rules::INVALID_RATE_LIMIT.because(message);
    let Some(object) = value.as_object() else {
        report.at(place, malformed("`x-rate-limit` is not an object".to_owned()));
        return;
    };
    for key in ["limit", "window-seconds"] {
        let is_positive = |value: &Value| {
            value.as_u64().is_some_and(|number| number > 0 && u32::try_from(number).is_ok())
        };
        match object.get(key) {
            None => report.at_key(place, malformed(format!("`{key}` is missing"))),
            Some(value) if is_positive(value) => {}
            Some(_) => {
                let message = format!("`{key}` is not a whole number above 0");
                report.at(&place.child(key), malformed(message));
            }
        }
    }
    match object.get("scope") {
        None => report.at_key(place, malformed("`scope` is missing".to_owned())),
        Some(Value::String(scope)) if !scope.is_empty() => {}
        Some(_) => report.at(&place.child("scope"), malformed("`scope` is not a text".to_owned())),
    }
    for key in object.keys() {
        if !["limit", "window-seconds", "scope"].contains(&key.as_str()) {
            let message = format!("`x-rate-limit` has no key {}", quoted(key));
            report.at_key(&place.child(key), malformed(message));
        }
    }
}
