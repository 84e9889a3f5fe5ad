//! The document in all its editions, and the pages made of it.

use std::{fs, path::Path};

use anyhow::Context;

use super::{
    artefacts::Artefacts,
    browser::{self, Reading},
    page,
};
use crate::codegen::derive;

/// The editions of the document, and what each is.
const EDITIONS: [(&str, &str); 6] = [
    ("device-action-v3.0.yaml", "the document, as it is written"),
    (BUNDLED, "the same as one JSON file, with the examples in it"),
    ("device-action-v3.0.openapi-3.1.json", "for tools of OpenAPI 3.1"),
    ("device-action-v3.0.flat.json", "for generators that cannot read `oneOf`"),
    ("DeviceActionRequest.schema.json", "JSON Schema of a request"),
    ("DeviceActionResults.schema.json", "JSON Schema of an answer"),
];

const BUNDLED: &str = "device-action-v3.0.json";

/// The pages, and what each is.
const REFERENCE: (&str, &str) = ("index.html", "Reference");
const MIGRATION: (&str, &str) = ("migration-v2-to-v3.html", "From v2.0 to v3.0");

/// Builds the editions from the document, and the pages from these.
pub(super) fn build(root: &Path) -> anyhow::Result<Artefacts> {
    let openapi = root.join("openapi");
    let mut artefacts = Artefacts::default();
    artefacts.add_copy("device-action-v3.0.yaml", &openapi.join("device-action-v3.0.yaml"))?;
    artefacts.add_copies("examples", &openapi.join("examples"))?;

    let derived = derive(root)?;
    let content = |name: &str| {
        let file = derived.iter().find(|file| file.path.ends_with(name));
        file.map(|file| file.content.as_str()).with_context(|| format!("no {name} is derived"))
    };
    for (name, _) in &EDITIONS[1..] {
        artefacts.add(*name, content(name)?);
    }

    let reference = page::reference(content(BUNDLED)?, &EDITIONS, &[MIGRATION])?;
    artefacts.add(REFERENCE.0, reference);
    let text = fs::read_to_string(openapi.join("MIGRATION.md"))?;
    artefacts.add(MIGRATION.0, page::guide(&text, "MIGRATION.md", &[REFERENCE]));
    Ok(artefacts)
}

/// Visits the pages in `folder` as a reader would, and says what was seen.
pub(super) fn visit(root: &Path, folder: &Path, pictures: Option<&Path>) -> anyhow::Result<String> {
    let example = root.join("openapi/examples/assign-to-group.request.json");
    let reading = Reading {
        search: "lease agent",
        found: "schema-DeviceActionType",
        not_found: "schema-GroupId",
        alternatives: &["ids", "macs"],
        example: ("Assign two devices to a group", &fs::read_to_string(example)?),
    };
    browser::visit(folder, &[REFERENCE.0, MIGRATION.0], &reading, pictures)
}
