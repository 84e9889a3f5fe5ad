//! The tools that others wrote, in a folder of their own.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    foreign::{install_node, install_python, once},
    process::output_of,
};

/// What pins the versions. When one of these files has changed, the tools are installed anew.
const PINS: [&str; 3] = ["requirements.txt", "package.json", "package-lock.json"];

/// The folder that the tools are installed in.
pub(crate) struct Tools {
    pub(crate) folder: PathBuf,
}

impl Tools {
    /// Installs in `folder` what the files in `pins` pin, unless that was done already.
    pub(crate) fn install(pins: &Path, folder: PathBuf) -> anyhow::Result<Self> {
        once(&folder, &PINS.map(|file| pins.join(file)), || {
            install_python(pins, &folder)?;
            install_node(pins, &folder)
        })?;
        Ok(Self { folder })
    }

    /// A command that a Python package brought.
    pub(crate) fn python_tool(&self, name: &str) -> PathBuf {
        self.folder.join("venv/bin").join(name)
    }

    /// A command that an npm package brought.
    pub(crate) fn node_tool(&self, name: &str) -> PathBuf {
        self.folder.join("node_modules/.bin").join(name)
    }

    /// The version of a Python package, as it is installed.
    pub(crate) fn version(&self, package: &str) -> anyhow::Result<String> {
        let script =
            "import importlib.metadata, sys; print(importlib.metadata.version(sys.argv[1]))";
        let output =
            output_of(Command::new(self.python_tool("python")).args(["-c", script, package]))?;
        Ok(output.trim().to_owned())
    }

    /// The version of a command that an npm package brought, as it says itself.
    pub(crate) fn node_version(&self, name: &str) -> anyhow::Result<String> {
        Ok(output_of(Command::new(self.node_tool(name)).arg("--version"))?.trim().to_owned())
    }
}
