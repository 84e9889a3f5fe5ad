//! Which lines no test runs.

use std::{collections::BTreeMap, fs, path::PathBuf, process::Command};

use anyhow::Context;
use serde::Deserialize;

use super::tools;
use crate::{
    codegen::root,
    figures::{table, thousands},
    process::{output_of, target},
};

const VERSION: &str = "0.37.5";

/// So many files are named, those with the most lines that no test runs.
const NAMED: usize = 12;

/// The crates that are published, and whose code is not generated.
const PACKAGES: [&str; 6] = [
    "it-access",
    "it-access-cli",
    "it-access-codegen",
    "it-access-jobs",
    "it-access-runtime",
    "it-access-sim",
];

/// What cargo-tarpaulin reports.
#[derive(Deserialize)]
struct Report {
    files: Vec<File>,
}

#[derive(Deserialize)]
struct File {
    /// The folders and the name.
    path: Vec<String>,
    covered: usize,
    coverable: usize,
}

/// Lines that some test runs, and all.
#[derive(Default, Clone, Copy)]
struct Lines {
    run: usize,
    all: usize,
}

/// Runs the tests of all packages with counters in the code.
///
/// # Errors
///
/// If cargo-tarpaulin cannot be run, or a test fails.
pub(super) fn run() -> anyhow::Result<String> {
    tools::install("cargo-tarpaulin", VERSION)?;
    let folder = target().join("coverage");
    let mut command = Command::new(tools::program("cargo-tarpaulin"));
    command
        .current_dir(root())
        .args(["tarpaulin", "--engine", "llvm", "--locked", "--skip-clean", "--timeout", "900"])
        .args(PACKAGES.iter().flat_map(|package| ["--packages", package]))
        .args(["--packages", "integration-tests", "--out", "json"])
        .args(["--exclude-files", "*/tests/*", "--exclude-files", "*/generated.rs"])
        .arg("--output-dir")
        .arg(&folder)
        .arg("--target-dir")
        .arg(folder.join("target"));
    output_of(&mut command)?;
    let report = fs::read_to_string(folder.join("tarpaulin-report.json"))?;
    let report: Report = serde_json::from_str(&report).context("cargo-tarpaulin's report")?;
    Ok(page(&report.lines()?))
}

impl Report {
    /// The lines of each file of the crates, by its place in the workspace.
    fn lines(self) -> anyhow::Result<BTreeMap<String, Lines>> {
        let crates = root().canonicalize()?.join("crates");
        let lines = self.files.into_iter().filter_map(|file| {
            let path: PathBuf = file.path.iter().collect();
            let path = path.strip_prefix(&crates).ok()?.to_string_lossy().into_owned();
            Some((path, Lines { run: file.covered, all: file.coverable }))
        });
        Ok(lines.collect())
    }
}

fn page(files: &BTreeMap<String, Lines>) -> String {
    let mut crates: BTreeMap<&str, Lines> = BTreeMap::new();
    for (path, lines) in files {
        let package = path.split('/').next().unwrap_or_default();
        crates.entry(package).or_default().add(*lines);
    }
    let mut least: Vec<_> = files.iter().map(|(path, lines)| (path.as_str(), *lines)).collect();
    least.sort_by_key(|(_, lines)| std::cmp::Reverse(lines.not_run()));
    least.truncate(NAMED);
    format!("{}\n{}", rows("crate", crates), rows("file", least))
}

impl Lines {
    fn add(&mut self, other: Self) {
        self.run += other.run;
        self.all += other.all;
    }

    fn not_run(self) -> usize {
        self.all - self.run
    }
}

fn rows<'a>(what: &str, rows: impl IntoIterator<Item = (&'a str, Lines)>) -> String {
    let cells = rows.into_iter().map(|(name, lines)| {
        vec![
            format!("`{name}`"),
            thousands(lines.all as f64),
            thousands(lines.not_run() as f64),
            format!("{:.1} %", lines.run as f64 / lines.all.max(1) as f64 * 100.0),
        ]
    });
    table(&[what, "lines", "run by no test", "run"], &cells.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_summed_up_and_the_worst_file_comes_first() {
        let files = [("a/src/x.rs", 9, 10), ("a/src/y.rs", 2, 4), ("b/src/z.rs", 3, 3)];
        let files = files.map(|(path, run, all)| (path.to_owned(), Lines { run, all })).into();
        let page = page(&files);
        assert!(page.contains("| `a` | 14 | 3 | 78.6 % |"), "{page}");
        assert!(page.find("y.rs") < page.find("x.rs"), "{page}");
    }
}
