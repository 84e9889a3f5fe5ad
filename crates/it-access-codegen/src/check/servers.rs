//! Servers: URLs whose variables are all declared, with defaults that are among the choices; and the same for all
//! operations.

use std::{collections::BTreeSet, net::IpAddr};

use serde_json::Value;

use super::{Outline, Report, grammar::Kind, outline::Spot};
use crate::{diagnostic::quoted, rules, source::Pointer};

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for server in outline.of(Kind::Server) {
        variables(server, report);
    }
    let has_credentials = outline.components(Kind::SecurityScheme).next().is_some();
    let document = Spot { kind: Kind::Document, pointer: Pointer::default(), value: outline.root };
    for server in document.list(Kind::Server, "servers") {
        usable(&server, has_credentials, report);
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

/// Whether a client can be made with the URL that a server has by the defaults of its variables.
fn usable(server: &Spot<'_>, has_credentials: bool, report: &mut Report) {
    let Some(url) = server.text("url") else { return };
    let mut filled = url.to_owned();
    for (name, variable) in server.map(Kind::ServerVariable, "variables") {
        let Some(default) = variable.text("default") else { return };
        filled = filled.replace(&format!("{{{name}}}"), default);
    }
    if let Some(problem) = problem(&filled, has_credentials) {
        let message = format!("{} {problem}", quoted(url));
        report.at(&server.pointer.child("url"), rules::UNUSABLE_SERVER.because(message));
    }
}

/// What a client would not accept about a base URL: see `BaseUrl` of `it-access-runtime`.
fn problem(url: &str, has_credentials: bool) -> Option<&'static str> {
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let is_plain = scheme.eq_ignore_ascii_case("http");
    if !is_plain && !scheme.eq_ignore_ascii_case("https") {
        return Some("does not begin with `https://`");
    }
    let authority = rest.split(['/', '\\', '?', '#']).next().unwrap_or_default();
    let host = match authority.split_once(']') {
        Some((address, _)) => address.trim_start_matches('['),
        None => authority.split(':').next().unwrap_or_default(),
    };
    if host.is_empty() || host.contains(char::is_whitespace) {
        Some("names no host")
    } else if authority.contains('@') {
        Some("has a user in it")
    } else if rest.contains(['?', '#']) {
        Some("has a query or a fragment")
    } else if is_plain && has_credentials && !is_loopback(host) {
        Some("would be sent credentials unencrypted")
    } else {
        None
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
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
