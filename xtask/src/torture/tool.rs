//! Tools that are installed from their sources when they are needed, below `target`.

use std::path::PathBuf;

use crate::{
    process::output_of,
    workspace::{cargo, target},
};

/// Installs a version of a tool, unless it is there, and says where its program is.
pub(super) fn install(name: &str, version: &str) -> anyhow::Result<PathBuf> {
    let folder = target().join("tools");
    let mut command = cargo();
    command.args(["install", "--quiet", "--locked", name, "--version", version]);
    output_of(command.arg("--root").arg(&folder).env("CARGO_TARGET_DIR", folder.join("build")))?;
    Ok(folder.join("bin").join(name))
}
