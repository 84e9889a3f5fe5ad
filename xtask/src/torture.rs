//! `cargo xtask torture`: the tests that break things on purpose, for longer than `cargo test` does.

use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;

use crate::{codegen::root, process::cargo};

/// What can be asked of the task.
#[derive(Args, Debug)]
pub struct Options {
    /// How many times the command is killed
    #[arg(long, value_name = "N", default_value_t = 1000)]
    crashes: u64,
}

/// Runs the task: each test of its own prints what it has done.
///
/// # Errors
///
/// If a test fails.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let tests = ["test", "--package", "it-access-cli", "--test", "crashes", "--", "--nocapture"];
    let status = cargo()
        .args(tests)
        .env("IT_ACCESS_CRASH_RUNS", options.crashes.to_string())
        .current_dir(root())
        .status()
        .context("cargo")?;
    if !status.success() {
        bail!("the crash runs have failed: the seed above makes the job anew");
    }
    Ok(ExitCode::SUCCESS)
}
