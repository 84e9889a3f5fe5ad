//! References: each must lead to a component of this document, of the right kind.

use super::{
    Outline, Report,
    grammar::{Kind, section},
    outline::component_name,
};
use crate::{diagnostic::quoted, rules, source::Pointer, suggest};

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
}

fn leads_somewhere(
    outline: &Outline<'_>,
    kind: Kind,
    reference: &str,
    pointer: &Pointer,
    report: &mut Report,
) {
    let (section, one) = section(kind);
    if !reference.starts_with('#') {
        let message = format!("{} is in another document", quoted(reference));
        report.at(pointer, rules::EXTERNAL_REF.because(message));
        return;
    }
    let Some(name) = component_name(kind, reference) else {
        let message = format!("{} is not `#/components/{section}/` and a name", quoted(reference));
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
