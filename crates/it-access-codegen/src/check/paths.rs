//! Paths: templates that can be read, and parameters that fit them.

use std::collections::BTreeSet;

use super::{
    Outline, Report,
    grammar::Kind,
    outline::{Operation, Spot},
};
use crate::{diagnostic::quoted, rules};

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for paths in outline.of(Kind::Paths) {
        for (path, _) in paths.object().into_iter().flatten() {
            if path.starts_with("x-") {
                continue;
            }
            let place = paths.pointer.child(path);
            if let Err(problem) = names(path) {
                let message = format!("{} is no path: {problem}", quoted(path));
                report.at_key(&place, rules::INVALID_PATH.because(message));
            } else if let Some(special) = outside_braces(path).find(|c| "()[]*+$^|\\".contains(*c))
            {
                let message = format!("the mocks read `{special}` in a path as a pattern");
                report.at_key(&place, rules::PATH_PATTERN.because(message));
            }
        }
    }
    for operation in outline.operations() {
        if let Ok(names) = names(operation.path) {
            compare(outline, &operation, &names, report);
        }
    }
}

fn compare(
    outline: &Outline<'_>,
    operation: &Operation<'_>,
    names: &BTreeSet<&str>,
    report: &mut Report,
) {
    let parameters = parameters(outline, operation);
    let declared: BTreeSet<_> = parameters
        .iter()
        .filter(|parameter| parameter.text("in") == Some("path"))
        .filter_map(|parameter| parameter.text("name"))
        .collect();
    for name in names.difference(&declared) {
        let message = format!("the path has `{{{name}}}`, and no parameter says what that is");
        report.at_key(&operation.spot.pointer, rules::UNDECLARED_PATH_PARAMETER.because(message));
    }
    for parameter in parameters {
        let name = parameter.text("name").unwrap_or_default();
        if parameter.text("in") == Some("path") && !names.contains(name) {
            let message = format!("the path {} has no `{{{name}}}`", quoted(operation.path));
            let place = parameter.pointer.child("name");
            report.at(&place, rules::UNUSED_PATH_PARAMETER.because(message));
        }
    }
}

/// The parameters of an operation, with those of its path that it does not replace.
pub(super) fn parameters<'a>(outline: &Outline<'a>, operation: &Operation<'a>) -> Vec<Spot<'a>> {
    let resolved = |spot: &Spot<'a>| -> Vec<Spot<'a>> {
        let parameters = spot.list(Kind::Parameter, "parameters");
        parameters.iter().filter_map(|parameter| outline.resolve(parameter)).collect()
    };
    let own = resolved(&operation.spot);
    let key = |spot: &Spot<'a>| (spot.text("name"), spot.text("in"));
    let mut parameters = resolved(&operation.item);
    parameters.retain(|outer| own.iter().all(|inner| key(inner) != key(outer)));
    parameters.extend(own);
    parameters
}

/// The names in the braces of a path, or why it cannot be read.
fn names(path: &str) -> Result<BTreeSet<&str>, &'static str> {
    if !path.starts_with('/') {
        return Err("it does not begin with a slash");
    }
    if path.contains("//") {
        return Err("it has two slashes in a row");
    }
    if outside_braces(path).any(|c| c == '?' || c == '#') {
        return Err("what comes after `?` or `#` is not part of it");
    }
    let mut names = BTreeSet::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        if before.contains('}') {
            return Err("a `}` has no `{`");
        }
        let (name, after) = after.split_once('}').ok_or("a `{` has no `}`")?;
        if name.is_empty() || name.contains(['/', '{']) {
            return Err("what is in the braces is no name");
        }
        if !names.insert(name) {
            return Err("two of its braces hold the same name");
        }
        rest = after;
    }
    if rest.contains('}') { Err("a `}` has no `{`") } else { Ok(names) }
}

fn outside_braces(path: &str) -> impl Iterator<Item = char> {
    let mut inside = false;
    path.chars().filter(move |c| {
        inside = (inside || *c == '{') && *c != '}';
        !inside
    })
}
