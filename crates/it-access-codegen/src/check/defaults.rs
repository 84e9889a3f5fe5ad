//! Defaults: each should fit its own schema. No value is built of it, but other generators do so.

use super::{Outline, Report, grammar::Kind, instance};
use crate::{diagnostic::quoted, rules};

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for schema in outline.of(Kind::Schema) {
        let Some(default) = schema.value.get("default") else {
            continue;
        };
        if !instance::fits(outline, schema, default) {
            let message =
                format!("the default {} does not fit its schema", quoted(&default.to_string()));
            report.at(&schema.pointer.child("default"), rules::INVALID_DEFAULT.because(message));
        }
    }
}
