//! `cargo xtask languages`: clients that other generators make of the document, in five languages, each compiled, and
//! driven against the simulated service; and the first hour of a team, as its page tells it.
//!
//! The drivers, and what pins the generators, are in `tests/languages`. All of it is installed, generated and compiled
//! under `target/languages`.

mod first_hour;
mod matrix;
mod outcome;
mod page;
mod workshop;

use std::{
    fmt::Display,
    fs,
    io::{self, Write},
    path::Path,
    process::ExitCode,
};

use clap::Args;

use crate::{codegen::Derived, simulator::build_simulator, workspace::root};
use outcome::Outcome;

pub(crate) use matrix::{GENERATORS, Generator};
pub(crate) use workshop::Workshop;

/// The page that the task writes.
const PAGE: &str = "openapi/LANGUAGES.md";

/// What can be asked of the task.
#[derive(Args, Debug)]
pub struct Options {
    /// Write nothing; show what differs from the page, and exit with 1 if anything does
    #[arg(long)]
    check: bool,

    /// Only the generators whose name has this in it, such as `go/` or `orval`, or only the `first-hour`
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
}

impl Options {
    fn selects(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| name.contains(only.as_str()))
    }
}

/// Runs the task, and shows what became of each generator.
///
/// # Errors
///
/// If a tool is missing or cannot be installed, or a command of the first hour fails. What fails of a generator is no error: it
/// stands on the page.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let root = root().canonicalize()?;
    let workshop = Workshop::open(&root)?;
    build_simulator()?;

    let mut outcomes = Vec::new();
    for generator in GENERATORS.iter().filter(|generator| options.selects(generator.name)) {
        for &edition in generator.editions {
            let outcome = workshop.try_out(generator, edition)?;
            say(format_args!("{outcome}"))?;
            outcomes.push(outcome);
        }
    }
    let first_hour = options.selects("first-hour");
    if first_hour {
        for language in first_hour::run(&root)? {
            say(format_args!("first hour, {language}: works as printed"))?;
        }
    }
    anyhow::ensure!(first_hour || !outcomes.is_empty(), "no generator has such a name");

    match &options.only {
        None => {
            let page = page::render(&root, &outcomes)?;
            write_or_check(&Derived::new(PAGE, page), &root, options.check)
        }
        Some(_) if options.check => check_some(&root, &outcomes),
        Some(_) => Ok(ExitCode::SUCCESS),
    }
}

fn write_or_check(page: &Derived, root: &Path, check: bool) -> anyhow::Result<ExitCode> {
    match page.stale(root)? {
        None => say(format_args!("{PAGE} is fresh"))?,
        Some(diff) if check => {
            say(format_args!(
                "{diff}\n{PAGE} is stale; to write it anew, run: cargo xtask languages"
            ))?;
            return Ok(ExitCode::FAILURE);
        }
        Some(_) => {
            page.write(root)?;
            say(format_args!("wrote {PAGE}"))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Looks for the rows of some generators on the page.
fn check_some(root: &Path, outcomes: &[Outcome]) -> anyhow::Result<ExitCode> {
    let page = fs::read_to_string(root.join(PAGE))?;
    let mut exit = ExitCode::SUCCESS;
    for outcome in outcomes {
        let row = page::row(root, outcome)?;
        if !page.contains(&row) {
            say(format_args!("not on {PAGE}: {row}"))?;
            exit = ExitCode::FAILURE;
        }
    }
    Ok(exit)
}

fn say(line: impl Display) -> io::Result<()> {
    writeln!(io::stdout(), "{line}")
}
