//! Servers: URLs whose variables are all declared, with defaults that are among the choices; and the same for all
//! operations.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Outline, Report, grammar::Kind, outline::Spot};
use crate::{diagnostic::quoted, rules};

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for server in outline.of(Kind::Server) {
        variables(server, report);
    }
    for spot in outline.of(Kind::PathItem).chain(outline.of(Kind::Operation)) {
        let own = spot.value.get("servers").filter(|own| Some(*own) != outline.root.get("servers"));
        if own.and_then(Value::as_array).is_some_and(|own| !own.is_empty()) {
            let message = "these are other servers than the document's";
            let place = spot.pointer.child("servers");
            report.at_key(&place, rules::OPERATION_SERVERS.because(message));
        }
    }
}

fn variables(server: &Spot<'_>, report: &mut Report) {
    let Some(url) = server.text("url") else {
        return;
    };
    let Some(used) = variables_of(url) else {
        let message = format!("the braces of {} do not match", quoted(url));
        report.at(&server.pointer.child("url"), rules::SERVER_VARIABLE.because(message));
        return;
    };
    let declared = server.map(Kind::ServerVariable, "variables");
    for name in &used {
        if declared.iter().all(|(other, _)| other != name) {
            let message = format!("no variable says what `{{{name}}}` is");
            report.at(&server.pointer.child("url"), rules::SERVER_VARIABLE.because(message));
        }
    }
    for (name, variable) in declared {
        if !used.contains(name) {
            let message = format!("the URL has no `{{{name}}}`");
            report.at_key(&variable.pointer, rules::SERVER_VARIABLE.because(message));
        }
        let choices = variable.value.get("enum").and_then(Value::as_array);
        if let (Some(default), Some(choices)) = (variable.value.get("default"), choices)
            && !choices.contains(default)
        {
            let message = "the default is not one of `enum`";
            report.at(&variable.pointer.child("default"), rules::SERVER_VARIABLE.because(message));
        }
    }
}

/// The names in braces; `None` if the braces do not match.
fn variables_of(url: &str) -> Option<BTreeSet<&str>> {
    let mut names = BTreeSet::new();
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        if before.contains('}') || name.is_empty() || name.contains('{') {
            return None;
        }
        names.insert(name);
        rest = after;
    }
    (!rest.contains('}')).then_some(names)
}
