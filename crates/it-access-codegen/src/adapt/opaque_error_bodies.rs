//! Gives each error response without a described body one of any type.
//!
//! An undescribed body is not an absent one: it may be the only trace of what a proxy had to say. progenitor would drop it
//! unread; with this, the error carries it as a stream of bytes.

use serde_json::{Value, json};

use super::responses;

pub(super) fn adapt(document: &mut Value) {
    responses::replace(document, |_, status, response| {
        let is_error = status.starts_with(['4', '5']);
        let is_undescribed = response.get("content").is_none_or(|content| content == &json!({}));
        (is_error && is_undescribed).then(|| {
            let mut opaque = response.clone();
            opaque["content"] = json!({ "*/*": {} });
            opaque
        })
    });
}
