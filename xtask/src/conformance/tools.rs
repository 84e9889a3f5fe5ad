//! The tools that others wrote, in a folder of their own.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    foreign::{install_node, install_python, once},
    process::output_of,
};

/// What pins the versions. `cargo xtask conformance` installs anew when one of these files has changed.
const PINS: [&str; 3] = ["requirements.txt", "package.json", "package-lock.json"];

/// The folder that the tools are installed in.
pub(super) struct Tools {
    pub(super) folder: PathBuf,
}

impl Tools {
    /// Installs the tools, unless that was done already.
    pub(super) fn install(root: &Path) -> anyhow::Result<Self> {
        let tools = Self { folder: root.join("target/conformance") };
        let pins = root.join("tests/conformance");
        once(&tools.folder, &PINS.map(|file| pins.join(file)), || {
            install_python(&pins, &tools.folder)?;
            install_node(&pins, &tools.folder)
        })?;
        Ok(tools)
    }

    /// A command that a Python package brought.
    pub(super) fn python_tool(&self, name: &str) -> PathBuf {
        self.folder.join("venv/bin").join(name)
    }

    pub(super) fn prism(&self) -> PathBuf {
        self.folder.join("node_modules/.bin/prism")
    }

    /// The version of a Python package, as it is installed.
    pub(super) fn version(&self, package: &str) -> anyhow::Result<String> {
        let script =
            "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))";
        let output =
            output_of(Command::new(self.python_tool("python")).args(["-c", script, package]))?;
        Ok(output.trim().to_owned())
    }

    pub(super) fn prism_version(&self) -> anyhow::Result<String> {
        Ok(output_of(Command::new(self.prism()).arg("--version"))?.trim().to_owned())
    }
}
