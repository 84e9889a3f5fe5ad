//! Documents that are made up for a test.

use it_access_codegen::Document;

/// The codes of all that is found in a document, of which this is everything behind its head.
pub(crate) fn codes(rest: &str) -> Vec<&'static str> {
    let text = format!("openapi: 3.0.3\ninfo: {{ title: Made up, version: '1' }}\n{rest}\n");
    let found = Document::parse("made-up.yaml", &text)
        .map_or_else(|problems| problems, |document| document.warnings().clone());
    found.iter().map(|it| it.code()).collect()
}
