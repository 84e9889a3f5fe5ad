//! Why no code came out.

use crate::Diagnostics;

/// Why a document, or a setting, gives no code.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The document is refused. Displays as a report for people, several lines long.
    #[error(transparent)]
    Document(#[from] Diagnostics),

    /// A setting is not what Rust needs in its place.
    #[error("setting `{name}`: `{value}` is not a Rust path")]
    Setting {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        value: String,
    },

    /// A setting names a schema that the document does not have.
    #[error("setting `{name}`: the document has no schema `{schema}`{}", did_you_mean(.nearest.as_deref()))]
    UnknownSchema {
        /// Name of the setting.
        name: &'static str,
        /// The name that it gives.
        schema: String,
        /// The name of a schema that may be meant.
        nearest: Option<String>,
    },

    /// The generated code does not have the form that this crate builds on: a new release of progenitor, most likely.
    #[error("the output of progenitor has changed: {0}")]
    UnexpectedOutput(String),
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |nearest| format!("; did you mean `{nearest}`?"))
}
