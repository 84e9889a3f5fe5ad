//! Programs of other languages, installed by those languages' own package managers.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;

use crate::process::output_of;

/// Installs into a folder, unless that was done already with the same pins.
pub(crate) fn once(
    folder: &Path,
    pins: &[PathBuf],
    install: impl FnOnce() -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut pinned = String::new();
    for file in pins {
        pinned += &fs::read_to_string(file).with_context(|| file.display().to_string())?;
    }
    let stamp = folder.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == pinned) {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    // Whatever comes of it, what was there before is no longer whole.
    fs::remove_file(&stamp).or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    })?;
    install()?;
    fs::write(stamp, pinned)?;
    Ok(())
}

/// Installs what `requirements.txt` in `pins` names, into `folder/venv`.
pub(crate) fn install_python(pins: &Path, folder: &Path) -> anyhow::Result<()> {
    let environment = folder.join("venv");
    output_of(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&environment))
        .context("Python 3.10 or newer is needed")?;
    output_of(
        Command::new(environment.join("bin/python"))
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
            .arg("--requirement")
            .arg(pins.join("requirements.txt")),
    )?;
    Ok(())
}

/// Installs what `package-lock.json` in `pins` names, into `folder/node_modules`.
pub(crate) fn install_node(pins: &Path, folder: &Path) -> anyhow::Result<()> {
    for file in ["package.json", "package-lock.json"] {
        fs::copy(pins.join(file), folder.join(file)).context(file)?;
    }
    let arguments = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    output_of(Command::new("npm").current_dir(folder).args(arguments))
        .context("Node.js 20 or newer, with npm, is needed")?;
    Ok(())
}

/// What a program wrote, as text. Maven resets colours that it never set, whatever it is told about colours.
pub(crate) fn text_of(output: &[u8]) -> String {
    String::from_utf8_lossy(output).replace("\u{1b}[0m", "")
}
