//! What the generator cannot read from the document.

use std::collections::BTreeMap;

use crate::{Document, Error, suggest};

/// What the generator cannot read from the document: names of the place where its output will live.
///
/// # Examples
///
/// ```
/// let settings = it_access_codegen::Settings::new("cargo xtask codegen", "openapi/petstore.yaml")
///     .with_credential("crate::ApiKey")
///     .with_client_crate("petstore_api");
/// ```
#[derive(Debug, Clone)]
pub struct Settings {
    pub(crate) command: String,
    pub(crate) document_name: String,
    pub(crate) credential: String,
    pub(crate) client_crate: String,
    derives: Vec<(String, String)>,
}

/// The derives that settings add, by the name of the schema.
pub(crate) type Derives = BTreeMap<String, Vec<syn::Path>>;

impl Settings {
    /// Names the command that a reader of the generated code should run, and the document it is made from.
    #[must_use]
    pub fn new(command: impl Into<String>, document_name: impl Into<String>) -> Self {
        Self {
            command: command.into(),
            document_name: document_name.into(),
            credential: "crate::Credential".to_owned(),
            client_crate: "client".to_owned(),
            derives: Vec::new(),
        }
    }

    /// Sets the Rust path of the type that the client carries for its hooks; `crate::Credential` if it is not set.
    #[must_use]
    pub fn with_credential(mut self, path: impl Into<String>) -> Self {
        self.credential = path.into();
        self
    }

    /// Sets the Rust path under which the mocks find the client; `client` if it is not set.
    #[must_use]
    pub fn with_client_crate(mut self, path: impl Into<String>) -> Self {
        self.client_crate = path.into();
        self
    }

    /// Adds a derive, such as `PartialEq` or `::schemars::JsonSchema`, to the type of a schema, which is named as the
    /// document names it.
    #[must_use]
    pub fn with_derive(mut self, schema: impl Into<String>, derive: impl Into<String>) -> Self {
        self.derives.push((schema.into(), derive.into()));
        self
    }

    /// The derives, each of a schema that the document has.
    pub(crate) fn derives_of(&self, document: &Document) -> Result<Derives, Error> {
        let components = document.model().components.as_ref();
        let schemas = components.map(|components| &components.schemas);
        let mut derives = Derives::new();
        for (schema, derive) in &self.derives {
            if !schemas.is_some_and(|schemas| schemas.contains_key(schema)) {
                let names = schemas.into_iter().flat_map(|it| it.keys()).map(String::as_str);
                let nearest = suggest::nearest(schema, names).map(ToOwned::to_owned);
                return Err(Error::UnknownSchema {
                    name: "derive",
                    schema: schema.clone(),
                    nearest,
                });
            }
            derives.entry(schema.clone()).or_default().push(rust_path("derive", derive)?);
        }
        Ok(derives)
    }

    pub(crate) fn credential_path(&self) -> Result<syn::Path, Error> {
        rust_path("credential", &self.credential)
    }

    pub(crate) fn client_crate_path(&self) -> Result<syn::Path, Error> {
        rust_path("client_crate", &self.client_crate)
    }
}

fn rust_path(name: &'static str, value: &str) -> Result<syn::Path, Error> {
    syn::parse_str(value).map_err(|_| Error::Setting { name, value: value.to_owned() })
}
