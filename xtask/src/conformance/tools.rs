//! The tools that others wrote, in a folder of their own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;

use super::process::output_of;

/// What pins the versions. When one of these files has changed, the tools are installed anew.
const PINS: [&str; 3] = ["requirements.txt", "package.json", "package-lock.json"];

/// The folder that the tools are installed in.
pub(crate) struct Tools {
    pub(crate) folder: PathBuf,
}

impl Tools {
    /// Installs in `folder` what the files in `pins` pin, unless that was done already.
    pub(crate) fn install(pins: &Path, folder: PathBuf) -> anyhow::Result<Self> {
        let tools = Self { folder };
        let mut pinned = String::new();
        for file in PINS {
            pinned += &fs::read_to_string(pins.join(file)).context(file)?;
        }
        let stamp = tools.folder.join("installed");
        if fs::read_to_string(&stamp).is_ok_and(|installed| installed == pinned) {
            return Ok(tools);
        }
        fs::create_dir_all(&tools.folder)?;
        tools.install_python_tools(pins)?;
        tools.install_node_tools(pins)?;
        fs::write(stamp, pinned)?;
        Ok(tools)
    }

    fn install_python_tools(&self, pins: &Path) -> anyhow::Result<()> {
        let environment = self.folder.join("venv");
        output_of(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&environment))
            .context("Python 3.10 or newer is needed")?;
        output_of(
            Command::new(self.python_tool("python"))
                .args([
                    "-m",
                    "pip",
                    "install",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--requirement",
                ])
                .arg(pins.join("requirements.txt")),
        )?;
        Ok(())
    }

    fn install_node_tools(&self, pins: &Path) -> anyhow::Result<()> {
        for file in ["package.json", "package-lock.json"] {
            fs::copy(pins.join(file), self.folder.join(file)).context(file)?;
        }
        output_of(Command::new("npm").current_dir(&self.folder).args([
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ]))
        .context("Node.js 20 or newer, with npm, is needed")?;
        Ok(())
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
