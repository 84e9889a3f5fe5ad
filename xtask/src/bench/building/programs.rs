//! Small programs that send one request, each by another client, and built in a folder of its own.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;

use crate::{
    bench::{OPENAPI_GENERATOR, build_published},
    folders,
    languages::Workshop,
    process::output_of,
    workspace::{cargo, root},
};

/// The one that the others are compared with.
pub(super) const BY_HAND: &str = "reqwest, serde and tokio by hand";
pub(super) const OURS: &str = "`it-access`";

/// The folder in `tests/benchmarks/building`, and what a reader calls it.
const PROGRAMS: [(&str, &str); 4] = [
    ("plain", BY_HAND),
    ("it-access", OURS),
    ("progenitor", "progenitor's client"),
    ("openapi-generator", "openapi-generator's client"),
];

/// A program, ready to be built.
pub(super) struct Program {
    pub(super) name: &'static str,
    folder: PathBuf,
}

/// Lays out all of them in the workspace's `target/building`, with the versions that our own lock has, and fetches what they need.
pub(super) fn lay_out() -> anyhow::Result<Vec<Program>> {
    let root = root().canonicalize()?;
    let all = root.join("target/building");
    fs::create_dir_all(&all)?;
    let document = all.join("document.json");
    fs::copy(root.join("openapi/dist/device-action-v3.0.json"), &document)?;
    PROGRAMS
        .into_iter()
        .map(|(name, title)| {
            let folder = all.join(name);
            folders::remove(&folder)?;
            folders::copy(&root.join("tests/benchmarks/building").join(name), &folder)?;
            fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
            generate(name, &folder, &root, &document)?;
            output_of(cargo().current_dir(&folder).arg("fetch"))?;
            Ok(Program { name: title, folder })
        })
        .collect()
}

/// Makes the client, where it is no crate.
fn generate(name: &str, folder: &Path, root: &Path, document: &Path) -> anyhow::Result<()> {
    let mut generator = match name {
        "progenitor" => {
            let mut generator = Command::new(build_published("benchmarks", "generate_progenitor")?);
            generator.arg(document).arg(folder.join("src/client.rs"));
            generator
        }
        "openapi-generator" => Workshop::open(root)?.shell(folder, OPENAPI_GENERATOR),
        _ => return Ok(()),
    };
    output_of(&mut generator)?;
    Ok(())
}

impl Program {
    /// Where cargo builds to.
    pub(super) fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    /// The command that builds it.
    pub(super) fn build(&self) -> Command {
        let mut build = cargo();
        build.current_dir(&self.folder).args([
            "build",
            "--quiet",
            "--offline",
            "--target-dir",
            "target",
        ]);
        build
    }

    /// How many crates are compiled for it, the program among them.
    pub(super) fn crates(&self) -> anyhow::Result<usize> {
        let tree = ["tree", "--offline", "--prefix", "none", "--edges", "normal,build"];
        let tree = output_of(cargo().current_dir(&self.folder).args(tree))?;
        // A crate that stands there again has a mark behind it.
        let mut crates: Vec<&str> =
            tree.lines().map(|line| line.trim_end_matches(" (*)")).collect();
        crates.sort_unstable();
        crates.dedup();
        Ok(crates.len())
    }

    /// The size of the program for a release, without symbols, in bytes.
    pub(super) fn release_size(&self) -> anyhow::Result<u64> {
        output_of(self.build().arg("--release"))?;
        let program = self.target().join("release/one-call");
        Ok(fs::metadata(&program).with_context(|| program.display().to_string())?.len())
    }
}
