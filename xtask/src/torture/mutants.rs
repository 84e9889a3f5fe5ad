//! The code, changed in one place at a time: cargo-mutants says whether a test sees it.
//!
//! A run takes hours. One that was cut off, or that left survivors for which there is a test now, goes on where the last one
//! ended: what was seen, and has not changed since, is not tried again.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

use super::tool;
use crate::{
    codegen::root,
    figures::progress,
    process::{cargo, output_of, target},
};

const VERSION: &str = "27.1.0";

/// Of the mutants that can be built, so many of a hundred must be seen.
const SEEN_AT_LEAST: f64 = 95.0;

/// Code whose mistakes would do harm, and the tests that should see each: the fewest, because they run for every mutant.
struct Area {
    name: &'static str,
    what: &'static str,
    files: &'static [&'static str],
    packages: &'static [&'static str],
    /// Which tests are built.
    tests: &'static [&'static str],
    /// Which of them take too long, and show no more.
    skipped: &'static [&'static str],
}

const AREAS: [Area; 6] = [
    Area {
        name: "pacing",
        what: "when a request may be sent",
        files: &["crates/it-access/src/pacing/**"],
        packages: &["it-access"],
        tests: &["--lib", "--test=pacing"],
        skipped: &["a_million_requests", "other_ways_of_pacing"],
    },
    Area {
        name: "redaction",
        what: "that no secret comes back",
        files: &[
            "crates/it-access-runtime/src/exposure.rs",
            "crates/it-access-runtime/src/secret.rs",
            "crates/it-access-runtime/src/send.rs",
            "crates/it-access-runtime/src/spelling.rs",
        ],
        packages: &["it-access-runtime", "integration-tests"],
        tests: &["--lib", "--test=api", "--test=faults", "--test=secrets"],
        skipped: &[],
    },
    Area {
        name: "retries",
        what: "what is sent again, and what a failed request means",
        files: &[
            "crates/it-access/src/error.rs",
            "crates/it-access/src/request.rs",
            "crates/it-access/src/retry.rs",
        ],
        packages: &["it-access", "integration-tests"],
        tests: &["--lib", "--test=faults", "--test=call", "--test=tokens"],
        skipped: &[],
    },
    Area {
        name: "journal",
        what: "what is written down before and after a request",
        files: &["crates/it-access-jobs/src/journal/**"],
        packages: &["it-access-jobs"],
        tests: &["--lib", "--test=runs"],
        skipped: &[],
    },
    Area {
        name: "matching",
        what: "which result is which device's",
        files: &["crates/it-access/src/wire/**"],
        packages: &["it-access"],
        tests: &["--lib"],
        skipped: &[],
    },
    Area {
        name: "codegen",
        what: "which documents are refused",
        files: &["crates/it-access-codegen/src/check/**"],
        packages: &["it-access-codegen"],
        tests: &["--lib", "--test=broken", "--test=edges", "--test=generate"],
        skipped: &[],
    },
];

/// Tries one of so many mutants of each area.
///
/// # Errors
///
/// If cargo-mutants cannot be run, or the tests see too few.
pub(super) fn run(mutants_per_trial: u64) -> anyhow::Result<String> {
    let program = tool::install("cargo-mutants", VERSION)?;
    copy_sources(&tree())?;
    let mut table =
        "| area | what it decides | mutants tried | seen | of them by hanging | survivors |\n\
         | --- | --- | ---: | ---: | ---: | ---: |\n"
            .to_owned();
    let mut total = Tally::default();
    for area in &AREAS {
        progress(format_args!("  {}", area.name));
        let tally = area.try_out(&program, mutants_per_trial)?;
        table += &tally.row(area.name, area.what);
        total.add(tally);
    }
    table += &total.row("all", "");
    let percent = total.seen() as f64 / total.tried().max(1) as f64 * 100.0;
    table += &format!("\n{percent:.1} % of the mutants that could be built were seen.\n");
    let survivors = survivors(&total.missed);
    if !survivors.is_empty() {
        table += &format!("\nSurvivors:\n\n- {}\n", survivors.join("\n- "));
    }
    // Read only now: it may have been written meanwhile.
    let page = fs::read_to_string(root().join("RELIABILITY.md"))?;
    let (_, reasons) = page.split_once("<!-- /mutants -->").context("the section of mutants")?;
    let unexplained: Vec<_> = survivors.iter().filter(|it| !reasons.contains(*it)).collect();
    if !unexplained.is_empty() || percent < SEEN_AT_LEAST {
        bail!("{table}\nwants a test, or a reason in RELIABILITY.md: {unexplained:#?}");
    }
    Ok(table)
}

impl Area {
    fn try_out(&self, program: &Path, mutants_per_trial: u64) -> anyhow::Result<Tally> {
        let found = Found::of(self);
        if mutants_per_trial > 1 {
            // The share would be one of those that are left.
            found.forget()?;
        }
        // The last run may have been cut off.
        found.keep()?;
        let skipped = self.skipped.iter().flat_map(|test| ["--skip", test]);
        let timeout = self.pass_unchanged(skipped.clone())? * HANGS_AFTER;
        let timeout = timeout.max(SHORTEST_TIMEOUT).as_secs();
        let mut command = self.mutants(program, mutants_per_trial);
        command.args(ARGUMENTS).arg(format!("--timeout={timeout}")).arg("--output").arg(&found.0);
        command.args(self.packages.iter().flat_map(|package| ["--test-package", package]));
        command.args(self.tests.iter().map(|test| format!("--cargo-arg={test}")));
        command.args(["--", "--"]).args(skipped);
        let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
        let status = status.context("cargo-mutants")?;
        // 2: a mutant was not seen. 3: one hung.
        if !matches!(status.code(), Some(0 | 2 | 3)) {
            bail!("cargo-mutants failed on {}: {status}", self.name);
        }
        found.keep()?;
        let listed =
            output_of(self.mutants(program, mutants_per_trial).args(["--list", "--no-config"]))?;
        found.tally(&listed.lines().collect())
    }

    /// cargo-mutants, for one of so many mutants of the area.
    fn mutants(&self, program: &Path, mutants_per_trial: u64) -> Command {
        let mut command = Command::new(program);
        prepare(&mut command).args(["mutants", "--no-shuffle", "--sharding=round-robin"]);
        command.args(["--shard", &format!("0/{mutants_per_trial}")]);
        command.args(self.files.iter().flat_map(|file| ["--file", file]));
        command
    }

    /// Runs the tests once on the code as it is, and says how long they take. Were one to fail there, every mutant would
    /// count as seen.
    fn pass_unchanged<'a>(
        &self,
        arguments: impl Iterator<Item = &'a str>,
    ) -> anyhow::Result<Duration> {
        let test = || {
            let mut command = cargo();
            prepare(&mut command).args(["test", "--quiet", "--locked"]).args(self.tests);
            command.args(self.packages.iter().flat_map(|package| ["--package", package]));
            command
        };
        output_of(test().arg("--no-run"))?;
        let started_at = Instant::now();
        let passed = output_of(test().arg("--").args(arguments));
        passed.with_context(|| format!("{}, unchanged", self.name))?;
        Ok(started_at.elapsed())
    }
}

/// Has a program work on the copy of the sources, and build and test as quickly as it can.
fn prepare(command: &mut Command) -> &mut Command {
    command
        .current_dir(tree())
        .env("CARGO_TARGET_DIR", folder().join("target"))
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "1")
        // As many cases as are needed to see what is badly wrong.
        .env("IT_ACCESS_FAULT_RUNS", "300")
        .env("IT_ACCESS_DROP_RUNS", "40")
        .env("PROPTEST_CASES", "64")
}

/// A mutant hangs if its tests take so many times as long as they should, and at least so long.
const HANGS_AFTER: u32 = 5;
const SHORTEST_TIMEOUT: Duration = Duration::from_secs(20);

const ARGUMENTS: [&str; 8] = [
    "--in-place",
    "--no-config",
    "--iterate",
    // It would know nothing of tests in other packages.
    "--baseline=skip",
    "--build-timeout=900",
    "--colors=never",
    "--no-times",
    "--cargo-arg=--locked",
];

/// The folder in which cargo-mutants writes down what became of the mutants of an area.
struct Found(PathBuf);

impl Found {
    fn of(area: &Area) -> Self {
        Self(folder().join(area.name))
    }

    fn forget(&self) -> anyhow::Result<()> {
        match fs::remove_dir_all(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Adds what the last run has seen to the lists of all that was: the next run begins its own lists anew.
    fn keep(&self) -> anyhow::Result<()> {
        if !self.last("").exists() {
            return Ok(());
        }
        let hung = lines(&self.last("timeout.txt"))?;
        append(&self.0.join(SEEN), &lines(&self.last("caught.txt"))?)?;
        append(&self.0.join(HUNG), &hung)?;
        // What hung would be tried again by itself.
        append(&self.last("previously_caught.txt"), &hung)
    }

    /// What became of those that there are in the code as it is now.
    fn tally(&self, listed: &BTreeSet<&str>) -> anyhow::Result<Tally> {
        let number = |list: &str| -> anyhow::Result<usize> {
            let mutants = lines(&self.0.join(list))?;
            Ok(mutants.iter().filter(|mutant| listed.contains(mutant.as_str())).count())
        };
        let missed = lines(&self.last("missed.txt"))?;
        Ok(Tally {
            caught: number(SEEN)?,
            hung: number(HUNG)?,
            missed: missed.iter().map(|mutant| without_place(mutant)).collect(),
        })
    }

    fn last(&self, list: &str) -> PathBuf {
        self.0.join("mutants.out").join(list)
    }
}

const SEEN: &str = "seen.txt";
const HUNG: &str = "hung.txt";

/// Adds the lines that are not there to a file.
fn append(file: &Path, more: &BTreeSet<String>) -> anyhow::Result<()> {
    let before = lines(file)?;
    let mut file = OpenOptions::new().create(true).append(true).open(file)?;
    more.difference(&before).try_for_each(|line| writeln!(file, "{line}"))?;
    Ok(())
}

/// The lines of a file; none, if it is not there.
fn lines(file: &Path) -> anyhow::Result<BTreeSet<String>> {
    match fs::read_to_string(file) {
        Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(BTreeSet::new()),
        Err(error) => Err(error).with_context(|| file.display().to_string()),
    }
}

/// What became of some mutants that could be built.
#[derive(Debug, Default)]
struct Tally {
    caught: usize,
    hung: usize,
    missed: Vec<String>,
}

impl Tally {
    fn seen(&self) -> usize {
        self.caught + self.hung
    }

    fn tried(&self) -> usize {
        self.seen() + self.missed.len()
    }

    fn add(&mut self, other: Self) {
        self.caught += other.caught;
        self.hung += other.hung;
        self.missed.extend(other.missed);
    }

    fn row(&self, name: &str, what: &str) -> String {
        let (tried, seen, hung, missed) = (self.tried(), self.seen(), self.hung, self.missed.len());
        format!("| {name} | {what} | {tried} | {seen} | {hung} | {missed} |\n")
    }
}

/// A mutant by its file and what was changed. The line would be another after the next commit.
fn without_place(mutant: &str) -> String {
    let mut parts = mutant.splitn(4, ':');
    match [parts.next(), parts.next(), parts.next(), parts.next()] {
        [Some(file), Some(_line), Some(_column), Some(change)] => {
            let file = file.strip_prefix("crates/").unwrap_or(file);
            format!("`{file}`: `{}`", change.trim())
        }
        _ => mutant.to_owned(),
    }
}

/// Each survivor once, with how many there are of its name: a reason holds for so many, and for no further one.
fn survivors(missed: &[String]) -> Vec<String> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for mutant in missed {
        *numbers.entry(mutant).or_default() += 1;
    }
    let told = numbers.into_iter().map(|(mutant, number)| match number {
        1 => mutant.to_owned(),
        _ => format!("{mutant} ({number} of them)"),
    });
    told.collect()
}

/// The sources as they lie here, for cargo-mutants to change.
fn copy_sources(tree: &Path) -> anyhow::Result<()> {
    if tree.exists() {
        fs::remove_dir_all(tree)?;
    }
    let listed = output_of(Command::new("git").current_dir(root()).arg("ls-files"))?;
    for file in listed.lines() {
        let (from, to) = (root().join(file), tree.join(file));
        // One that was removed, but not from the index, is not there.
        if from.exists() {
            fs::create_dir_all(to.parent().context("a folder")?)?;
            fs::copy(&from, to).with_context(|| from.display().to_string())?;
        }
    }
    Ok(())
}

fn folder() -> PathBuf {
    target().join("mutants")
}

fn tree() -> PathBuf {
    folder().join("tree")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_stays_seen_as_long_as_it_is_there() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let found = Found(folder.path().to_owned());
        let run = |caught: &str, hung: &str, missed: &str| -> anyhow::Result<()> {
            fs::create_dir_all(found.last(""))?;
            for (list, mutants) in
                [("caught.txt", caught), ("timeout.txt", hung), ("missed.txt", missed)]
            {
                fs::write(found.last(list), mutants)?;
            }
            found.keep()
        };
        run("a\nb\n", "c\n", "d\ne\n")?;
        // What hung is among those that are not tried again.
        assert!(lines(&found.last("previously_caught.txt"))?.contains("c"));
        run("d\n", "", "e\n")?;
        // `b` is no longer in the code.
        let tally = found.tally(&["a", "c", "d", "e"].into())?;
        assert_eq!((tally.caught, tally.hung, tally.missed), (2, 1, vec!["e".to_owned()]));
        Ok(())
    }

    #[test]
    fn a_mutant_is_named_without_its_line() {
        let line = "crates/it-access/src/pacing/alignment.rs:141:56: replace < with <= in Alignment::forgets";
        assert_eq!(
            without_place(line),
            "`it-access/src/pacing/alignment.rs`: `replace < with <= in Alignment::forgets`"
        );
    }

    #[test]
    fn a_reason_holds_for_as_many_as_there_are() {
        let missed = ["b", "a", "b"].map(str::to_owned);
        assert_eq!(survivors(&missed), ["a", "b (2 of them)"]);
    }
}
