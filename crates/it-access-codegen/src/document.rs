//! The document as it is read and checked.

use std::sync::Arc;

use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{
    check::{self, Report},
    diagnostic::Diagnostics,
    rules,
    source::{Pointer, Source},
};

/// An OpenAPI 3.0 document in which nothing was found that keeps code from being generated.
#[derive(Debug, Clone)]
pub struct Document {
    source: Arc<Source>,
    json: Value,
    sha256: String,
    warnings: Diagnostics,
}

impl Document {
    /// Reads a document from its text, YAML or JSON. The name is the one that reports give, of a file for example.
    ///
    /// # Errors
    ///
    /// All that is wrong with the document at once, if any of it is an error.
    ///
    /// # Examples
    ///
    /// ```
    /// let document = it_access_codegen::Document::parse(
    ///     "nothing.yaml",
    ///     "{openapi: 3.0.3, info: {title: Nothing, version: '1'}, paths: {}}",
    /// )?;
    /// assert_eq!(document.sha256().len(), 64);
    /// assert!(document.warnings().is_empty());
    /// # Ok::<(), it_access_codegen::Diagnostics>(())
    /// ```
    pub fn parse(name: &str, text: &str) -> Result<Self, Diagnostics> {
        let source = Source::read(name, text)?;
        let json = source.to_json();
        let warnings = source.diagnose(check::all(&json).drafts);
        if warnings.has_errors() {
            return Err(warnings);
        }
        let mut generated = json.clone();
        leave_out_callbacks(&mut generated);
        OpenAPI::deserialize(generated).map_err(|error| {
            let mut report = Report::default();
            report.at(&Pointer::default(), rules::UNSUPPORTED.because(error.to_string()));
            source.diagnose(report.drafts)
        })?;
        let sha256 = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { source: Arc::new(source), json, sha256, warnings })
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

    /// What the document says that the generated code does not express.
    #[must_use]
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }

    pub(crate) fn source(&self) -> &Source {
        &self.source
    }
}

/// Leaves out callbacks: nothing is generated for them, so nothing in them can be in the way.
pub(crate) fn leave_out_callbacks(json: &mut Value) {
    let paths = json.get_mut("paths").and_then(Value::as_object_mut);
    for path in paths.into_iter().flat_map(|paths| paths.values_mut()) {
        let operations = path.as_object_mut().into_iter().flat_map(|path| path.values_mut());
        operations.filter_map(Value::as_object_mut).for_each(|it| drop(it.remove("callbacks")));
    }
    if let Some(components) = json.get_mut("components").and_then(Value::as_object_mut) {
        components.remove("callbacks");
    }
}
