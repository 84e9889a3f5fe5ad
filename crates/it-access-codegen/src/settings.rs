//! What the generator cannot read from the document.

use serde_json::Value;

use crate::{Document, Error, suggest};

/// What the generator cannot read from the document.
///
/// # Examples
///
/// ```
/// let settings = it_access_codegen::Settings::new("cargo xtask codegen", "openapi/petstore.yaml")
///     .with_client("petstore_api")
///     .with_schemars("schemars");
/// ```
#[derive(Debug, Clone)]
pub struct Settings {
    pub(crate) command: String,
    pub(crate) document_name: String,
    client: String,
    schemars: Option<String>,
    derives: Vec<(String, String)>,
}

impl Settings {
    /// Names the command that a reader of the generated code should run, and the document that it is made from.
    #[must_use]
    pub fn new(command: impl Into<String>, document_name: impl Into<String>) -> Self {
        Self {
            command: command.into(),
            document_name: document_name.into(),
            client: "crate".to_owned(),
            schemars: None,
            derives: Vec::new(),
        }
    }

    /// Sets the Rust path under which the mocks find the client; `crate` if it is not set.
    #[must_use]
    pub fn with_client(mut self, path: impl Into<String>) -> Self {
        self.client = path.into();
        self
    }

    /// Derives `schemars::JsonSchema` for the client's types, behind this feature of the crate that they live in.
    #[must_use]
    pub fn with_schemars(mut self, feature: impl Into<String>) -> Self {
        self.schemars = Some(feature.into());
        self
    }

    /// Adds a derive, such as `PartialEq`, to the type of a schema, which is named as the document names it.
    #[must_use]
    pub fn with_derive(mut self, schema: impl Into<String>, derive: impl Into<String>) -> Self {
        self.derives.push((schema.into(), derive.into()));
        self
    }

    /// Checks that each schema that the settings name is one of the document's.
    pub(crate) fn check(&self, document: &Document) -> Result<(), Error> {
        let schemas = document.json().pointer("/components/schemas").and_then(Value::as_object);
        let names = || schemas.into_iter().flat_map(|schemas| schemas.keys());
        for (schema, _) in &self.derives {
            if !names().any(|name| name == schema) {
                let nearest = suggest::nearest(schema, names().map(String::as_str));
                let nearest = nearest.map(ToOwned::to_owned);
                return Err(Error::UnknownSchema {
                    name: "derive",
                    schema: schema.clone(),
                    nearest,
                });
            }
        }
        Ok(())
    }

    /// The schemas that get derives, and what they get.
    pub(crate) fn derives(&self) -> Result<Vec<(&str, syn::Path)>, Error> {
        let derives = self.derives.iter();
        derives.map(|(schema, path)| Ok((schema.as_str(), rust_path("derive", path)?))).collect()
    }

    pub(crate) fn client_path(&self) -> Result<syn::Path, Error> {
        rust_path("client", &self.client)
    }

    pub(crate) fn schemars_feature(&self) -> Option<&str> {
        self.schemars.as_deref()
    }
}

fn rust_path(name: &'static str, value: &str) -> Result<syn::Path, Error> {
    syn::parse_str(value).map_err(|_| Error::Setting { name, value: value.to_owned() })
}
