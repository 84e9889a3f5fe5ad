//! Takes the body from each answer that has none in HTTP: progenitor would read nothing as JSON, and make an error of it.

use serde_json::Value;

use super::responses;
use crate::check::has_no_body;

pub(super) fn adapt(document: &mut Value) {
    responses::replace(document, |method, status, response| {
        if !has_no_body(method, status) {
            return None;
        }
        let mut bare = response.clone();
        bare.as_object_mut()?.remove("content")?;
        Some(bare)
    });
}
