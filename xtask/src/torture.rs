//! `cargo xtask torture`: what is done to break things, for longer than `cargo test` does. It writes the figures of
//! `RELIABILITY.md`.

mod coverage;
mod fuzz;
mod mutants;
mod soak;
mod tool;
mod trial;
mod trials;

use std::{process::ExitCode, time::Duration};

use anyhow::ensure;
use clap::{Args, ValueEnum, builder::PossibleValuesParser};

use crate::{
    figures::{progress, write_section},
    workspace::root,
};

/// What can be asked of the task.
#[derive(Args, Debug)]
pub struct Options {
    /// What is tried; all of it, if nothing is named
    #[arg(value_enum)]
    sections: Vec<Section>,

    /// Which areas of the code are changed, instead of all; only with the section mutants
    #[arg(long = "area", value_name = "AREA", value_parser = PossibleValuesParser::new(mutants::areas()))]
    areas: Vec<String>,

    /// Try it for as long as CI can wait, and only print what came of it
    #[arg(long)]
    quick: bool,

    /// How long each fuzz target is tried, instead of 10 minutes
    #[arg(long, value_name = "N", conflicts_with = "quick")]
    fuzz_minutes: Option<u64>,
}

/// A section of `RELIABILITY.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Section {
    /// Requests and jobs under faults of every kind, by seeds
    Faults,
    /// The command, killed at any moment
    Crashes,
    /// Processes that share a quota, some of them killed
    SharedQuota,
    /// Random bytes for everything that reads
    Fuzz,
    /// The code, changed: does a test see it?
    Mutants,
    /// The lines of the crates: which does no test run?
    Coverage,
    /// A canary for a token, looked for in all that is written
    Secrets,
    /// Jobs for half an hour: does anything grow?
    Soak,
}

/// How far a section goes.
struct Extent {
    fault_runs: u64,
    dropped_jobs: u64,
    crashes: u64,
    /// For each target.
    fuzzing: Duration,
    /// Of so many mutants, one is tried.
    mutants_per_trial: u64,
    soak: Duration,
}

const EXTENDED: Extent = Extent {
    fault_runs: 200_000,
    dropped_jobs: 10_000,
    crashes: 1_000,
    fuzzing: Duration::from_secs(10 * 60),
    mutants_per_trial: 1,
    soak: Duration::from_secs(30 * 60),
};

const QUICK: Extent = Extent {
    fault_runs: 10_000,
    dropped_jobs: 120,
    crashes: 200,
    fuzzing: Duration::from_secs(60),
    mutants_per_trial: 50,
    soak: Duration::from_secs(3 * 60),
};

/// Runs the task.
///
/// # Errors
///
/// If anything breaks.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let sections = match options.sections.as_slice() {
        [] => Section::value_variants(),
        sections => sections,
    };
    ensure!(
        options.areas.is_empty() || sections.contains(&Section::Mutants),
        "--area is about the section mutants, which is not asked for"
    );
    let mut extent = if options.quick { QUICK } else { EXTENDED };
    if let Some(minutes) = options.fuzz_minutes {
        extent.fuzzing = Duration::from_secs(minutes * 60);
    }
    for section in sections {
        let name = section.to_possible_value().map(|it| it.get_name().to_owned());
        let name = name.unwrap_or_default();
        progress(format_args!("trying: {name}"));
        let run = || match section {
            Section::Faults => trials::faults(&extent),
            Section::Crashes => trials::crashes(&extent),
            Section::SharedQuota => trials::shared_quota(),
            Section::Fuzz => fuzz::run(extent.fuzzing),
            Section::Mutants => mutants::run(&options.areas, extent.mutants_per_trial),
            Section::Coverage => coverage::run(),
            Section::Secrets => trials::secrets(),
            Section::Soak => soak::run(extent.soak, !options.quick),
        };
        match options.quick {
            true => progress(run()?),
            false => write_section(&root().join("RELIABILITY.md"), &name, run)?,
        }
    }
    Ok(ExitCode::SUCCESS)
}
