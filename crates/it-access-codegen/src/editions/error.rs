//! Why no edition came out.

use std::io;

/// Why a document gives no edition.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EditionError {
    /// The file of an example cannot be read.
    #[error("the example at {pointer} names the file `{file}`, which cannot be read")]
    ExampleFile {
        /// JSON pointer to the example in the document.
        pointer: String,
        /// What the document calls the file.
        file: String,
        /// Why it cannot be read.
        source: io::Error,
    },

    /// The file of an example is not the JSON that it is named after.
    #[error("the example at {pointer} names the file `{file}`, which is not JSON")]
    ExampleJson {
        /// JSON pointer to the example in the document.
        pointer: String,
        /// What the document calls the file.
        file: String,
        /// Where it ceases to be JSON.
        source: serde_json::Error,
    },

    /// There is no schema of this name.
    #[error("the document has no schema `{0}` below `components.schemas`")]
    NoSuchSchema(String),

    /// A reference that cannot go with the schema.
    #[error(
        "`{reference}`, which schema `{schema}` refers to at {pointer}, is no schema of the document"
    )]
    Unresolved {
        /// The schema that holds the reference.
        schema: String,
        /// JSON pointer to the reference in that schema.
        pointer: String,
        /// The reference.
        reference: String,
    },
}
