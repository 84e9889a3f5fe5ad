//! What must be right with a document before code is generated from it, one subject a file.
//!
//! Whatever progenitor would drop, get wrong or panic on is found here, with its place and what to do about it.

mod all_of;
mod bodies;
mod circles;
mod composition;
mod defaults;
mod enums;
mod extensions;
mod flat;
mod grammar;
mod inline_types;
mod instance;
mod names;
mod operations;
mod outline;
mod parameters;
mod paths;
mod references;
mod report;
mod responses;
mod schemas;
mod security;
mod servers;
mod shape;
mod supplied_names;
mod version;

use serde_json::Value;

pub(crate) use outline::METHODS;
use outline::Outline;
pub(crate) use report::Report;
pub(crate) use responses::has_no_body;

/// Makes every check.
pub(crate) fn all(root: &Value) -> Report {
    let mut report = Report::default();
    if !version::check(root, &mut report) {
        return report;
    }
    let outline = shape::outline(root, &mut report);
    for check in [
        all_of::check,
        bodies::check,
        circles::check,
        composition::check,
        defaults::check,
        enums::check,
        extensions::check,
        names::check,
        operations::check,
        parameters::check,
        paths::check,
        references::check,
        responses::check,
        schemas::check,
        security::check,
        servers::check,
        supplied_names::check,
    ] {
        check(&outline, &mut report);
    }
    report
}
