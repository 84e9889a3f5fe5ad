//! Programs of cargo that are installed for a section alone, each in one version.

use std::path::PathBuf;

use crate::process::{cargo, output_of, target};

/// Installs a program, unless this version is there.
///
/// # Errors
///
/// If it cannot be built.
pub(super) fn install(name: &str, version: &str) -> anyhow::Result<()> {
    let mut command = cargo();
    command.args(["install", "--quiet", "--locked", name, "--version", version]);
    output_of(command.arg("--root").arg(folder()).env("CARGO_TARGET_DIR", folder().join("build")))?;
    Ok(())
}

/// The program of this name.
pub(super) fn program(name: &str) -> PathBuf {
    folder().join("bin").join(name)
}

fn folder() -> PathBuf {
    target().join("tools")
}
