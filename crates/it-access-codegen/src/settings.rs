//! What the generator cannot read from the document.

use crate::Error;

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

    pub(crate) fn client_path(&self) -> Result<syn::Path, Error> {
        let invalid = |_| Error::Setting { name: "client", value: self.client.clone() };
        syn::parse_str(&self.client).map_err(invalid)
    }

    pub(crate) fn schemars_feature(&self) -> Option<&str> {
        self.schemars.as_deref()
    }
}
