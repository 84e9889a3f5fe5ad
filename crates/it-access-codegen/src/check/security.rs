//! Security schemes: those that can be generated, and requirements that name them.

use std::collections::BTreeSet;

use super::{Outline, Report, grammar::Kind, outline::Spot, parameters::is_header_name};
use crate::{diagnostic::quoted, rules, suggest};

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for scheme in outline.of(Kind::SecurityScheme) {
        supported(scheme, report);
    }
    let names: BTreeSet<_> =
        outline.components(Kind::SecurityScheme).map(|spot| spot.pointer.name()).collect();
    for requirement in outline.of(Kind::SecurityRequirement) {
        for (name, _) in requirement.object().into_iter().flatten() {
            if names.contains(name) {
                continue;
            }
            let message = format!("`components.securitySchemes` has no {}", quoted(name));
            let draft = rules::UNDEFINED_SECURITY_SCHEME.because(message);
            let draft = match suggest::nearest(name, names.iter().map(String::as_str)) {
                Some(nearest) => draft.help(format!("did you mean {}?", quoted(nearest))),
                None => draft,
            };
            report.at_key(&requirement.pointer.child(name), draft);
        }
    }
}

fn supported(scheme: &Spot<'_>, report: &mut Report) {
    let missing = |key: &str| {
        let message = format!("the key `{key}` is missing");
        rules::MISSING_KEY.because(message).help(format!("add `{key}`"))
    };
    let place = |key: &str| scheme.pointer.child(key);
    match scheme.text("type") {
        Some("apiKey") => {
            for key in ["name", "in"].into_iter().filter(|key| !scheme.has(key)) {
                report.at_key(&scheme.pointer, missing(key));
            }
            let name = scheme.text("name").unwrap_or_default();
            match scheme.text("in") {
                Some("cookie") => {
                    let message = "an API key in a cookie cannot be sent";
                    report.at(&place("in"), rules::UNSUPPORTED_SECURITY_SCHEME.because(message));
                }
                Some("header") if scheme.has("name") && !is_header_name(name) => {
                    let message = format!("{} is no name of a header", quoted(name));
                    report.at(&place("name"), rules::INVALID_HEADER_NAME.because(message));
                }
                _ => {}
            }
        }
        Some("http") => match scheme.text("scheme") {
            None if scheme.has("scheme") => {}
            None => report.at_key(&scheme.pointer, missing("scheme")),
            Some(name) if ["basic", "bearer"].iter().any(|it| name.eq_ignore_ascii_case(it)) => {}
            Some(name) => {
                let message = format!("the HTTP scheme {} cannot be used", quoted(name));
                report.at(&place("scheme"), rules::UNSUPPORTED_SECURITY_SCHEME.because(message));
            }
        },
        Some(kind @ ("oauth2" | "openIdConnect")) => {
            let message = format!("a client cannot get a token by {}", quoted(kind));
            report.at(&place("type"), rules::UNSUPPORTED_SECURITY_SCHEME.because(message));
        }
        _ => {}
    }
}
