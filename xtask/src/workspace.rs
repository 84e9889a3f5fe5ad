//! Where the workspace is, and the cargo that builds it.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

/// The profile of cargo by which a release is built. Its programs are in a folder of that name.
pub(crate) const PUBLISHED: &str = "published";

/// The root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The cargo that runs this.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").as_deref().unwrap_or(OsStr::new("cargo")))
}

/// Where cargo builds to.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .filter(|target| target != OsStr::new(""))
        .map_or_else(|| root().join("target"), Into::into)
}
