//! Where and when something was measured.

use std::{fs, process::Command, thread};

use anyhow::Context;

use crate::{process::output_of, workspace::root};

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
    let cores = thread::available_parallelism().context("the number of cores")?.get();
    let s = if cores == 1 { "" } else { "s" };
    let memory = fs::read_to_string("/proc/meminfo")?;
    let memory = field(&memory, "MemTotal").and_then(|it| it.split(' ').next()?.parse().ok());
    let memory: u64 = memory.context("the size of the memory")?;
    let processor = fs::read_to_string("/proc/cpuinfo")?;
    let processor = name_of(&processor).context("the name of the processor")?;
    let compiler = compiler.split(" (").next().unwrap_or_default();
    Ok(format!(
        "{}: {cores} core{s} of {processor}, {} GiB, {system}, {compiler}",
        when()?,
        memory.div_ceil(1024 * 1024)
    ))
}

/// What tells a processor from others: many may have its name, and not its numbers.
fn name_of(processor: &str) -> Option<String> {
    let [name, family, model, stepping] =
        ["model name", "cpu family", "model", "stepping"].map(|name| field(processor, name));
    Some(format!("{} (family {}, model {}, stepping {})", name?, family?, model?, stepping?))
}

fn line_of(command: &mut Command) -> anyhow::Result<String> {
    Ok(output_of(command)?.trim().to_owned())
}

/// What stands after a name and a colon.
fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut fields = text.lines().filter_map(|line| line.split_once(':'));
    let (_, value) = fields.find(|(found, _)| found.trim() == name)?;
    Some(value.trim())
}

#[cfg(test)]
mod tests {
    use super::name_of;

    #[test]
    fn processors_of_one_name_are_told_apart() {
        let processor = "cpu family\t: 25\nmodel\t\t: 1\nmodel name\t: AMD EPYC\nstepping\t: 2\n\n";
        let expected = "AMD EPYC (family 25, model 1, stepping 2)";
        assert_eq!(name_of(processor).as_deref(), Some(expected));
    }
}
