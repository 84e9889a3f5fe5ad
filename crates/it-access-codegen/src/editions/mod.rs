//! Editions of the document for other readers: one file, another version of OpenAPI, simpler, or JSON Schema alone.

mod bundle;
mod checksums;
mod error;
mod flat;
mod json_schema;
mod openapi_3_1;
mod places;
mod references;
mod tree;

use std::{convert::Infallible, io};

pub use checksums::sha256sums;
pub use error::EditionError;

use crate::Document;
use tree::{Object, Tree};

/// A document in one piece, and the editions that are derived from it. Each is JSON, indented by two spaces, with its
/// keys in the order of the document and a line end at its end.
///
/// Each says what it was derived from: an OpenAPI document in `info.x-derived-from`, a JSON Schema in `$comment`.
///
/// # Examples
///
/// ```
/// use it_access_codegen::{Document, Editions};
///
/// let document = Document::parse(
///     "lamp.yaml",
///     "
/// openapi: 3.0.3
/// info: { title: Lamp, version: '1' }
/// paths: {}
/// components: { schemas: { Colour: { type: string, nullable: true } } }
/// ",
/// )?;
/// let editions = Editions::of(&document, "lamp.yaml", |path| std::fs::read_to_string(path))?;
///
/// assert!(editions.bundled().contains(r#""nullable": true"#));
/// assert!(editions.openapi_3_1().contains(r#""openapi": "3.1.0""#));
/// assert!(editions.json_schema("Colour")?.contains(r#""title": "Colour""#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Editions {
    bundled: Tree,
    document_name: String,
    sha256: String,
}

impl Editions {
    /// Brings the document into one piece: the examples that `externalValue` names by a relative path become a `value`.
    ///
    /// `read` gives the text of such a file. One whose name ends in `.json` is put in as JSON, any other as a string.
    /// `document_name` is what the editions say that they are derived from.
    ///
    /// # Errors
    ///
    /// If the file of an example cannot be read, or is not the JSON that it is named after.
    pub fn of(
        document: &Document,
        document_name: impl Into<String>,
        read: impl Fn(&str) -> io::Result<String>,
    ) -> Result<Self, EditionError> {
        Ok(Self {
            bundled: bundle::with_examples(document.source().root().into(), &read)?,
            document_name: document_name.into(),
            sha256: document.sha256().to_owned(),
        })
    }

    /// The document itself: without YAML's aliases, and with its examples in it.
    #[must_use]
    pub fn bundled(&self) -> String {
        self.print_openapi(self.bundled.clone())
    }

    /// The document in OpenAPI 3.1, which accepts and refuses the same bodies.
    #[must_use]
    pub fn openapi_3_1(&self) -> String {
        self.print_openapi(openapi_3_1::upgrade(self.bundled.clone()))
    }

    /// The document for generators that cannot read `oneOf`, and for clients that must outlive an unknown code.
    ///
    /// - A schema that is only a `oneOf` of closed objects (`additionalProperties: false`) becomes one object, with the
    ///   properties of all; only what all require is required. It stays as it was if two of them give one property
    ///   different schemas.
    /// - An enumeration of integers becomes a plain integer, with the meanings in its description.
    ///
    /// This edition accepts what the document accepts, and more. What more, it says: in `info.description`, and in the
    /// description of each schema that became weaker.
    #[must_use]
    pub fn flat(&self) -> String {
        self.print_openapi(flat::flatten(self.bundled.clone()))
    }

    /// The schema `components.schemas.<component>`, and all that it refers to, as a JSON Schema (2020-12) of its own.
    ///
    /// # Errors
    ///
    /// If the document has no such schema, or it refers to something that is no schema of the document.
    pub fn json_schema(&self, component: &str) -> Result<String, EditionError> {
        let upgraded = openapi_3_1::upgrade(self.bundled.clone());
        let comment = format!(
            "Derived from {}, SHA-256 {}. Do not edit: edit the document.",
            self.document_name, self.sha256
        );
        Ok(print(&json_schema::stand_alone(&upgraded, component, comment)?))
    }

    fn print_openapi(&self, mut document: Tree) -> String {
        if let Some(info) = document.object_at_mut("info") {
            let origin = Object::from_iter([
                ("document".to_owned(), self.document_name.as_str().into()),
                ("sha256".to_owned(), self.sha256.as_str().into()),
            ]);
            info.insert("x-derived-from".to_owned(), Tree::Object(origin));
        }
        print(&document)
    }
}

fn print(tree: &Tree) -> String {
    format!("{tree}\n")
}

/// Runs a visit that cannot fail.
fn visit_all(document: &mut Tree, mut visitor: impl FnMut(places::Place, &str, &mut Object)) {
    let Ok(()) = places::visit(document, places::Place::Document, &mut |place, pointer, object| {
        visitor(place, pointer, object);
        Ok::<_, Infallible>(())
    });
}
