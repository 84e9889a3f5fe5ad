//! Which lines of the crates no test runs: a map of what is untested, and not a goal.

use std::{
    collections::BTreeMap,
    fs,
    ops::AddAssign,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Context;
use serde::Deserialize;

use super::tool;
use crate::{
    figures::{table, thousands},
    process::output_of,
    workspace::{root, target},
};

const VERSION: &str = "0.9.1";

/// What is no part of the crates, and would only be built.
const LEFT_OUT: [&str; 3] = ["xtask", "benchmarks", "benchmarks-support"];

/// So many files are told: those with the most lines that no test runs.
const FILES: usize = 12;

/// Runs the tests of the crates, and draws the map.
///
/// # Errors
///
/// If a test fails, or there is nothing that reads the profiles.
pub(super) fn run() -> anyhow::Result<String> {
    let program = tool::install("cargo-llvm-cov", VERSION)?;
    let map = target().join("coverage.json");
    let mut command = Command::new(program);
    command
        .current_dir(root())
        .args(["llvm-cov", "--locked", "--quiet", "--json", "--summary-only", "--workspace"])
        .args(LEFT_OUT.iter().flat_map(|package| ["--exclude", package]))
        // A command that a test kills leaves a profile that breaks off.
        .args(["--failure-mode", "all"])
        .arg("--output-path")
        .arg(&map)
        // The examples are not built beside the tests here.
        .args(["--", "--skip", "the_program_"])
        .env("CARGO_TARGET_DIR", target().join("coverage"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .envs(readers()?);
    output_of(&mut command)?;
    let export: Export = serde_json::from_str(&fs::read_to_string(map)?)?;
    Ok(told(&export.of_crates(&root().canonicalize()?)))
}

/// Debian's tools that read profiles, if they are there in the compiler's version. Otherwise those of rustup are looked for.
fn readers() -> anyhow::Result<Vec<(&'static str, String)>> {
    let version = output_of(Command::new("rustc").arg("-vV"))?;
    let llvm = version.lines().find_map(|line| line.strip_prefix("LLVM version: "));
    let major = llvm.and_then(|llvm| llvm.split('.').next()).context("the version of LLVM")?;
    let readers = [("LLVM_COV", "llvm-cov"), ("LLVM_PROFDATA", "llvm-profdata")]
        .map(|(variable, name)| (variable, format!("{name}-{major}")));
    let is_there = |(_, name): &(_, String)| Command::new(name).arg("--version").output().is_ok();
    Ok(readers.into_iter().filter(is_there).collect())
}

/// What `llvm-cov export` writes, as far as it is read here.
#[derive(Deserialize)]
struct Export {
    data: Vec<Report>,
}

#[derive(Deserialize)]
struct Report {
    files: Vec<FileReport>,
}

#[derive(Deserialize)]
struct FileReport {
    filename: PathBuf,
    summary: Summary,
}

#[derive(Deserialize)]
struct Summary {
    lines: Lines,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
struct Lines {
    count: usize,
    covered: usize,
}

impl Export {
    /// The files of the crates, by their crate and their place in it.
    fn of_crates(&self, root: &Path) -> Vec<(String, String, Lines)> {
        let files = self.data.iter().flat_map(|report| &report.files);
        let of_a_crate = files.filter_map(|file| {
            let path = file.filename.strip_prefix(root).ok()?.to_str()?;
            let (name, path) = path.strip_prefix("crates/")?.split_once("/src/")?;
            Some((name.to_owned(), path.to_owned(), file.summary.lines))
        });
        of_a_crate.collect()
    }
}

impl Lines {
    fn missed(&self) -> usize {
        self.count - self.covered
    }

    fn cells(&self) -> [String; 3] {
        let percent = self.covered as f64 / self.count.max(1) as f64 * 100.0;
        let numbers = [self.count, self.missed()].map(|number| thousands(number as f64));
        let [count, missed] = numbers;
        [count, missed, format!("{percent:.1} %")]
    }
}

impl AddAssign for Lines {
    fn add_assign(&mut self, other: Self) {
        self.count += other.count;
        self.covered += other.covered;
    }
}

fn told(files: &[(String, String, Lines)]) -> String {
    let mut crates: BTreeMap<&str, Lines> = BTreeMap::new();
    let mut all = Lines::default();
    for (name, _, lines) in files {
        *crates.entry(name).or_default() += *lines;
        all += *lines;
    }
    let head = |what| [what, "lines", "not run", "run"];
    let row = |name: String, lines: &Lines| [vec![name], lines.cells().into()].concat();
    let crates = crates.iter().map(|(name, lines)| row(format!("`{name}`"), lines));
    let crates: Vec<_> = crates.chain([row("all".to_owned(), &all)]).collect();

    let mut by_missed: Vec<_> = files.iter().filter(|(.., lines)| lines.missed() > 0).collect();
    by_missed.sort_by_key(|(.., lines)| std::cmp::Reverse(lines.missed()));
    let files = by_missed.iter().take(FILES);
    let files: Vec<_> =
        files.map(|(name, path, lines)| row(format!("`{name}`: `{path}`"), lines)).collect();
    let (crates, files) = (table(&head("crate"), &crates), table(&head("file"), &files));
    format!("{crates}\nWhere most is not run:\n\n{files}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_map_tells_crates_and_where_most_is_not_run() {
        let file = |path: &str, count: usize, covered: usize| {
            format!(
                r#"{{"filename": "/home/{path}", "summary": {{"lines": {{"count": {count}, "covered": {covered}, "percent": 1}}}}}}"#
            )
        };
        let files = [
            file("crates/one/src/lib.rs", 10, 10),
            file("crates/one/src/deep/file.rs", 2000, 500),
            file("crates/two/src/lib.rs", 3, 1),
            file("tests/support/lib.rs", 5, 0),
        ];
        let export = format!(r#"{{"data": [{{"files": [{}], "totals": {{}}}}]}}"#, files.join(","));
        let export: Export = serde_json::from_str(&export).expect("an export");
        let expected = "\
| crate | lines | not run | run |
| --- | ---: | ---: | ---: |
| `one` | 2,010 | 1,500 | 25.4 % |
| `two` | 3 | 2 | 33.3 % |
| all | 2,013 | 1,502 | 25.4 % |

Where most is not run:

| file | lines | not run | run |
| --- | ---: | ---: | ---: |
| `one`: `deep/file.rs` | 2,000 | 1,500 | 25.0 % |
| `two`: `lib.rs` | 3 | 2 | 33.3 % |
";
        assert_eq!(told(&export.of_crates(Path::new("/home"))), expected);
    }
}
