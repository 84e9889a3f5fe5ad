//! Adaptations of the document for progenitor, one a file, each with its reason. The published document stays as it is:
//! these work on the copy that the client is generated from.

mod any_of;
mod drop_defaults;
mod drop_pagination;
mod listed_texts;
mod name_inline;
mod no_body;
mod null_parameters;
mod one_way;
mod opaque_error_bodies;
mod operations;
mod responses;
mod schemas;

use serde_json::Value;

pub(crate) use name_inline::{inner_suffix, is_bounded};
pub(crate) use schemas::visit_inline;

/// Makes every adaptation that concerns types: client and mocks must agree on these.
pub(crate) fn types(document: &mut Value) {
    no_body::adapt(document);
    drop_pagination::adapt(document);
    drop_defaults::adapt(document);
    listed_texts::adapt(document);
    any_of::adapt(document);
    one_way::adapt(document);
    null_parameters::adapt(document);
    name_inline::adapt(document);
}

/// Makes every adaptation for a client.
pub(crate) fn client(document: &mut Value) {
    types(document);
    opaque_error_bodies::adapt(document);
}
