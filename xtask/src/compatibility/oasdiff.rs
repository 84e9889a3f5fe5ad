//! oasdiff, which finds the changes of a document and knows which of them break something.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;
use serde_json::Value;

use super::{Comparison, Revision};
use crate::process::output_of;

const MODULE: &str = "github.com/oasdiff/oasdiff";
const VERSION: &str = "v1.36.0";

/// What oasdiff would let pass, and breaks something all the same.
const BREAKING_TOO: [&str; 5] = [
    // Names in a generated client: of its method, of its types, of its constants.
    "api-operation-id-removed",
    "api-schema-removed",
    "response-property-enum-value-removed",
    // What programs have code for: they pace themselves by the headers, and decide by the status.
    "optional-response-header-removed",
    "response-non-success-status-removed",
];

/// oasdiff, installed.
pub struct Oasdiff {
    program: PathBuf,
    /// The file that tells it what is breaking too.
    levels: PathBuf,
}

impl Oasdiff {
    /// Installs it below `root`, unless that was done already.
    ///
    /// # Errors
    ///
    /// If Go is missing or too old, or the module cannot be had.
    pub fn install(root: &Path) -> anyhow::Result<Self> {
        let folder = root.join("target/oasdiff").join(VERSION);
        let oasdiff = Self { program: folder.join("oasdiff"), levels: folder.join("levels.txt") };
        if !oasdiff.program.exists() {
            let mut install = Command::new("go");
            install.env("GOBIN", &folder).args(["install", &format!("{MODULE}@{VERSION}")]);
            output_of(&mut install).context("Go 1.26 or newer is needed")?;
        }
        let levels = BREAKING_TOO.map(|check| format!("{check} err\n")).concat();
        fs::write(&oasdiff.levels, levels)?;
        Ok(oasdiff)
    }

    /// Compares two editions.
    ///
    /// # Errors
    ///
    /// If one cannot be read, or oasdiff fails.
    pub fn compare(&self, released: &Path, present: &Path) -> anyhow::Result<Comparison> {
        let breakages = output_of(
            Command::new(&self.program)
                .args(["breaking", "--format", "json", "--severity-levels"])
                .args([&*self.levels, released, present]),
        )?;
        let (released, present) = (read(released)?, read(present)?);
        Ok(Comparison {
            released: Revision::of(&released)?,
            present: Revision::of(&present)?,
            changed: released != present,
            breakages: serde_json::from_str(&breakages).context(breakages)?,
        })
    }
}

/// Reads an edition, but for the note of what it was derived from: that changes with every comment.
fn read(edition: &Path) -> anyhow::Result<Value> {
    let name = || edition.display().to_string();
    let text = fs::read_to_string(edition).with_context(name)?;
    let mut document: Value = serde_json::from_str(&text).with_context(name)?;
    if let Some(info) = document["info"].as_object_mut() {
        info.remove("x-derived-from");
    }
    Ok(document)
}
