//! The command `it-access`, built for a release, and what it says of itself.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};

use super::artefacts::Artefacts;
use crate::process::output_of;
use crate::workspace::{PUBLISHED, cargo};

/// The package that it is in.
pub(super) const PACKAGE: &str = "it-access-cli";

/// The shells, and under which name each looks for completions.
const SHELLS: [(&str, &str); 5] = [
    ("bash", "it-access.bash"),
    ("elvish", "it-access.elv"),
    ("fish", "it-access.fish"),
    ("powershell", "_it-access.ps1"),
    ("zsh", "_it-access"),
];

/// The command, built.
pub(super) struct Command {
    program: PathBuf,
}

impl Command {
    /// Builds the command in the folder `target`: what is in it does not depend on where the folders of this machine lie.
    ///
    /// # Errors
    ///
    /// If it cannot be built, or the name of such a folder is found in it.
    pub(super) fn build(root: &Path, target: &Path) -> anyhow::Result<Self> {
        let folders = Folders::new(root, target)?;
        output_of(
            cargo()
                .current_dir(root)
                .args(["build", "--profile", PUBLISHED, "--locked", "--package", PACKAGE])
                .arg("--target-dir")
                .arg(target)
                .env("CARGO_ENCODED_RUSTFLAGS", folders.rust_flags())
                // For the libraries in C.
                .env("CFLAGS", folders.c_flags()),
        )?;
        let program = target.join(PUBLISHED).join("it-access");
        let content = fs::read(&program)?;
        for (folder, _) in &folders.0 {
            let name = folder.as_bytes();
            let there = content.windows(name.len()).any(|bytes| bytes == name);
            ensure!(!there, "{} names the folder {folder}", program.display());
        }
        Ok(Self { program })
    }

    pub(super) fn content(&self) -> anyhow::Result<Vec<u8>> {
        Ok(fs::read(&self.program)?)
    }

    /// The man pages, one for each command, and the completions for each shell.
    pub(super) fn manual(&self) -> anyhow::Result<Artefacts> {
        let mut manual = Artefacts::default();
        let folder = tempfile::tempdir()?;
        output_of(self.run().args(["man", "--out"]).arg(folder.path()))?;
        manual.add_copies("man", folder.path())?;
        for (shell, file) in SHELLS {
            let script = output_of(self.run().args(["completions", shell]))?;
            manual.add(format!("completions/{file}"), script);
        }
        Ok(manual)
    }

    fn run(&self) -> std::process::Command {
        std::process::Command::new(&self.program)
    }
}

/// Folders of this machine, and what stands for each in the program.
struct Folders(Vec<(String, &'static str)>);

impl Folders {
    fn new(root: &Path, target: &Path) -> anyhow::Result<Self> {
        let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from);
        let cargo_home = cargo_home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
        let cargo_home = cargo_home.context("no home for cargo")?;
        // The last one that fits counts, and `target` may lie below `root`.
        let folders = [(cargo_home.as_path(), "cargo"), (root, "it-access"), (target, "target")];
        Ok(Self(folders.map(|(folder, name)| (folder.display().to_string(), name)).into()))
    }

    /// As cargo wants them: with a character between that stands in no path.
    fn rust_flags(&self) -> String {
        let remap = self.0.iter().map(|(from, to)| format!("--remap-path-prefix={from}={to}"));
        let flags = ["-Cdebuginfo=0", "-Cstrip=symbols"].map(str::to_owned);
        flags.into_iter().chain(remap).collect::<Vec<_>>().join("\x1f")
    }

    fn c_flags(&self) -> String {
        let map = self.0.iter().map(|(from, to)| format!("-ffile-prefix-map={from}={to}"));
        map.collect::<Vec<_>>().join(" ")
    }
}

/// For which kind of machine this one builds.
pub(super) fn host() -> anyhow::Result<String> {
    let version = output_of(std::process::Command::new("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc does not say for which machine it builds")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn the_innermost_folder_is_replaced_last() {
        let folders =
            Folders::new(Path::new("/home/ada/it-access"), Path::new("/home/ada/it-access/target"))
                .unwrap();
        let flags = folders.rust_flags();
        let flags: Vec<&str> = flags.split('\x1f').collect();
        let remap = ["/home/ada/it-access=it-access", "/home/ada/it-access/target=target"];
        assert_eq!(flags[3..], remap.map(|flag| format!("--remap-path-prefix={flag}")));
        let c_flags = folders.c_flags();
        assert!(
            c_flags.ends_with("-ffile-prefix-map=/home/ada/it-access/target=target"),
            "{c_flags}"
        );
    }
}
