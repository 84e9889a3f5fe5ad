//! The copy of the sources in which the mutants are tried.

use std::{fs, path::PathBuf, process::Command};

use anyhow::Context;

use crate::{
    folders,
    process::output_of,
    workspace::{root, target},
};

/// The sources as they lie here, for cargo-mutants to change.
pub(super) fn copy_sources() -> anyhow::Result<()> {
    let tree = tree();
    folders::remove(&tree)?;
    let listed = output_of(Command::new("git").current_dir(root()).arg("ls-files"))?;
    for file in listed.lines() {
        let (from, to) = (root().join(file), tree.join(file));
        // One that was removed, but not from the index, is not there.
        if from.exists() {
            fs::create_dir_all(to.parent().context("a folder")?)?;
            fs::copy(&from, to).with_context(|| from.display().to_string())?;
        }
    }
    Ok(())
}

/// What is kept from run to run.
pub(super) fn folder() -> PathBuf {
    target().join("mutants")
}

/// The folder of a package, in the copy.
pub(super) fn folder_of(package: &str) -> PathBuf {
    match package {
        "integration-tests" => tree().join("tests"),
        name => tree().join("crates").join(name),
    }
}

pub(super) fn tree() -> PathBuf {
    folder().join("tree")
}
