//! How cargo-mutants is run on an area.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

use super::{
    areas::Area,
    found::Found,
    record::Tally,
    tree::{folder, folder_of, tree},
};
use crate::{folders, process::output_of, workspace::cargo};

impl Area {
    /// Tries one of so many mutants.
    ///
    /// # Errors
    ///
    /// If the tests fail on the code as it is, or cargo-mutants cannot be run.
    pub(super) fn try_out(&self, program: &Path, mutants_per_trial: u64) -> anyhow::Result<Tally> {
        let found = Found::new(folder().join(self.name));
        if mutants_per_trial > 1 {
            // The share would be one of those that are left.
            found.forget()?;
        }
        found.go_on_with(&self.code_and_tests(program)?)?;
        let skipped = self.skipped.iter().flat_map(|test| ["--skip", test]);
        let timeout = self.pass_unchanged(skipped.clone())? * HANGS_AFTER;
        let timeout = timeout.max(SHORTEST_TIMEOUT).as_secs();
        let mut command = self.mutants(program, mutants_per_trial);
        command
            .args(ARGUMENTS)
            .arg(format!("--timeout={timeout}"))
            .arg("--output")
            .arg(found.folder());
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

    /// All code of the area, and that of the packages whose tests judge it: many of them stand beside the code.
    fn code_and_tests(&self, program: &Path) -> anyhow::Result<String> {
        let files = output_of(self.mutants(program, 1).args(["--list-files", "--no-config"]))?;
        let mut files: Vec<_> = files.lines().map(|file| tree().join(file)).collect();
        for package in self.packages {
            files.extend(folders::sources(&folder_of(package))?);
        }
        let read =
            |file: &PathBuf| fs::read_to_string(file).with_context(|| file.display().to_string());
        files.iter().map(read).collect()
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
