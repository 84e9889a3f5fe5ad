//! The document as it is read: its model, and the fingerprint of its text.

use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{Error, yaml};

/// An OpenAPI 3.0 document, ready to generate from.
#[derive(Debug, Clone)]
pub struct Document {
    json: Value,
    sha256: String,
    text: String,
}

impl Document {
    /// Reads a document from its text, YAML or JSON.
    ///
    /// # Errors
    ///
    /// If the text is not YAML, or is no OpenAPI document.
    ///
    /// # Examples
    ///
    /// ```
    /// let document = it_access_codegen::Document::parse(
    ///     "{openapi: 3.0.3, info: {title: Nothing, version: '1'}, paths: {}}",
    /// )?;
    /// assert_eq!(document.sha256().len(), 64);
    /// # Ok::<(), it_access_codegen::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, Error> {
        let json = yaml::to_json(text)?;
        OpenAPI::deserialize(&json)?;
        let sha256 = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { json, sha256, text: text.to_owned() })
    }

    /// The document as JSON, with aliases resolved.
    #[must_use]
    pub fn json(&self) -> &Value {
        &self.json
    }

    /// The SHA-256 of the text, as 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The text as it was read: the only place that knows the order of the keys.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}
