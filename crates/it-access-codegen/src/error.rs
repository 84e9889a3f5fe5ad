//! Why no code came out.

/// Why a document, or a setting, gives no code.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is neither YAML nor JSON.
    #[error("the document is not YAML: {0}")]
    Syntax(#[from] saphyr::ScanError),

    /// The YAML holds something that JSON, and with it OpenAPI, cannot hold.
    #[error("the document cannot be read as JSON: {what} at {pointer}")]
    NotJson {
        /// What stands there.
        what: &'static str,
        /// JSON pointer to the place.
        pointer: String,
    },

    /// The document is well-formed, but is no OpenAPI document.
    #[error("the document is not OpenAPI 3.0: {0}")]
    NotOpenApi(#[from] serde_json::Error),

    /// progenitor refuses the document.
    #[error("progenitor cannot generate from the document: {0}")]
    Progenitor(#[from] progenitor::Error),

    /// An enumeration of integers and its names do not fit together.
    #[error("schema `{schema}`: {problem}")]
    IntegerEnum {
        /// Key of the schema below `components.schemas`.
        schema: String,
        /// What does not fit.
        problem: String,
    },

    /// A setting is not what Rust needs in its place.
    #[error("setting `{name}`: `{value}` is not a Rust path")]
    Setting {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        value: String,
    },

    /// The generated code does not have the form that this crate builds on: a new release of progenitor, most likely.
    #[error("the output of progenitor has changed: {0}")]
    UnexpectedOutput(String),
}
