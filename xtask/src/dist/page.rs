//! The pages: each one HTML file that loads nothing, in light and dark, for a phone and a desk.
//!
//! What a page says of the API comes from the document. Only the words between are written here.

mod api;
mod code;
mod frame;
mod guide;
mod json;
mod operation;
mod prose;
mod reference;
mod schema;
#[cfg(test)]
mod tests;

pub(super) use guide::guide;
pub(super) use reference::reference;
