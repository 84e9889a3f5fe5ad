//! Where and when something was measured.

use std::{fs, process::Command, thread};

use anyhow::Context;

use crate::{codegen::root, process::output_of};

/// What tells whether something else is measured than was committed. The charts and the record of mutants are results.
const STATUS_OF_SOURCES: [&str; 10] = [
    "status",
    "--porcelain",
    "Cargo.toml",
    "Cargo.lock",
    "crates",
    "openapi",
    "tests",
    "xtask",
    ":!tests/benchmarks/charts",
    ":!tests/mutants.json",
];

/// The day and the commit.
///
/// # Errors
///
/// If git or `date` cannot be run.
pub(crate) fn when() -> anyhow::Result<String> {
    let day = line_of(Command::new("date").args(["--utc", "+%F"]))?;
    let commit =
        line_of(Command::new("git").current_dir(root()).args(["rev-parse", "--short=7", "HEAD"]))?;
    let changes = output_of(Command::new("git").current_dir(root()).args(STATUS_OF_SOURCES))?;
    let changes = if changes.is_empty() { "" } else { " with changes" };
    Ok(format!("{day}, commit {commit}{changes}"))
}

/// One line: day, commit, machine and compiler.
///
/// # Errors
///
/// If git, `date` or rustc cannot be run.
pub(crate) fn stamp() -> anyhow::Result<String> {
    let system = line_of(Command::new("uname").args(["-sr"]))?;
    let compiler = line_of(Command::new("rustc").arg("--version"))?;
    let cores = thread::available_parallelism().context("the number of cores")?;
    let memory =
        field("/proc/meminfo", "MemTotal").and_then(|it| it.split(' ').next()?.parse().ok());
    let memory: u64 = memory.context("the size of the memory")?;
    let processor = field("/proc/cpuinfo", "model name").context("the name of the processor")?;
    let compiler = compiler.split(" (").next().unwrap_or_default();
    Ok(format!(
        "{}: {cores} cores of {processor}, {} GiB, {system}, {compiler}",
        when()?,
        memory.div_ceil(1024 * 1024)
    ))
}

fn line_of(command: &mut Command) -> anyhow::Result<String> {
    Ok(output_of(command)?.trim().to_owned())
}

/// What stands after a name and a colon.
fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
