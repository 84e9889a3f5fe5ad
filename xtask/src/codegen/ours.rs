//! What is derived from the document of this workspace.

use std::{fs, path::Path, thread};

use anyhow::Context;
use it_access_codegen::{
    Document, Editions, Settings, generate_client, generate_httpmock, sha256sums,
};

use super::{COMMAND, Derived, PANICKED, read_document};

const DOCUMENT: &str = "openapi/device-action-v3.0.yaml";

/// The document's name and that of its request and its answer, as the editions tell them.
const DOCUMENT_NAME: &str = "device-action-v3.0.yaml";
const REQUEST: &str = "DeviceActionRequest";
const ANSWER: &str = "DeviceActionResults";

/// Reads the document below `root`.
///
/// # Errors
///
/// If the document cannot be read, or is refused.
pub(super) fn document(root: &Path) -> anyhow::Result<Document> {
    read_document(&root.join(DOCUMENT), DOCUMENT)
}

/// Derives everything from the document below `root`.
///
/// # Errors
///
/// If the document or one of its examples cannot be read, or cannot be generated from.
pub fn derive(root: &Path) -> anyhow::Result<Vec<Derived>> {
    derive_from(&document(root)?, root)
}

/// Derives everything from the document that was read below `root`.
///
/// # Errors
///
/// If one of its examples cannot be read, or it cannot be generated from.
pub(super) fn derive_from(document: &Document, root: &Path) -> anyhow::Result<Vec<Derived>> {
    let settings =
        Settings::new(COMMAND, DOCUMENT).with_client("it_access_api").with_schemars("schemars");
    // The client takes as long as the two others together.
    let (client, others) = thread::scope(|scope| {
        let others = scope.spawn(|| {
            let httpmock = generate_httpmock(document, &settings);
            (httpmock, editions(root, document).context(DOCUMENT))
        });
        (generate_client(document, &settings), others.join())
    });
    let (httpmock, editions) = others.expect(PANICKED);
    let mut derived = vec![
        Derived::new("crates/it-access-api/src/generated.rs", client?),
        Derived::new("crates/it-access-httpmock/src/generated.rs", httpmock?),
    ];
    derived.extend(editions?);
    Ok(derived)
}

/// The files of `openapi/dist/`: the editions, and their checksums.
fn editions(root: &Path, document: &Document) -> anyhow::Result<Vec<Derived>> {
    let folder = root.join("openapi");
    let editions =
        Editions::of(document, DOCUMENT_NAME, |path| fs::read_to_string(folder.join(path)))?;
    let mut files: Vec<Derived> = [
        ("openapi/dist/DeviceActionRequest.schema.json", editions.json_schema(REQUEST)?),
        ("openapi/dist/DeviceActionResults.schema.json", editions.json_schema(ANSWER)?),
        ("openapi/dist/device-action-v3.0.flat.json", editions.flat()),
        ("openapi/dist/device-action-v3.0.json", editions.bundled()),
        ("openapi/dist/device-action-v3.0.openapi-3.1.json", editions.openapi_3_1()),
    ]
    .map(|(path, content)| Derived::new(path, content))
    .into();
    let names: Vec<String> = files.iter().map(Derived::name).collect();
    let contents = files.iter().map(|file| file.content.as_str());
    let sums = sha256sums(names.iter().map(String::as_str).zip(contents));
    files.push(Derived::new("openapi/dist/SHA256SUMS", sums));
    Ok(files)
}
