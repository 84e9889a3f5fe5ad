//! `cargo xtask bench`: what things cost, next to how others do the same. It writes the figures of `BENCHMARKS.md`.

mod building;
mod call;
mod fleet;
mod generation;
mod jobs;
mod quota;
mod service;
mod whole_process;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, ValueEnum};

use crate::{
    figures::{Chart, progress, write_section},
    process::output_of,
    workspace::{PUBLISHED, cargo, root, target},
};

/// What can be asked of the task.
#[derive(Args, Debug)]
pub struct Options {
    /// What is measured; all of it, if none is named
    #[arg(value_enum)]
    sections: Vec<Section>,
}

/// A section of `BENCHMARKS.md`.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Section {
    /// One request: next to hand-written code, and to generated clients in four languages
    Call,
    /// Many requests at once, without a quota
    Fleet,
    /// Many requests under the quota, in virtual time
    Quota,
    /// From the document to code: next to other generators
    Generation,
    /// The time to build a program that uses the library, and the size of the command
    Building,
    /// Durable jobs: plan, apply, resume and report
    Jobs,
}

/// Runs the task.
///
/// # Errors
///
/// If something cannot be built or measured.
pub fn run(options: &Options) -> anyhow::Result<ExitCode> {
    let sections = match options.sections.as_slice() {
        [] => Section::value_variants(),
        sections => sections,
    };
    for section in sections {
        let name =
            section.to_possible_value().map(|it| it.get_name().to_owned()).unwrap_or_default();
        progress(format_args!("measuring: {name}"));
        let measure = match section {
            Section::Call => call::measure,
            Section::Fleet => fleet::measure,
            Section::Quota => quota::measure,
            Section::Generation => generation::measure,
            Section::Building => building::measure,
            Section::Jobs => jobs::measure,
        };
        write_section(&root().join("BENCHMARKS.md"), &name, measure)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes openapi-generator's client in Rust, without the middleware that the driver of `cargo xtask languages` needs.
const OPENAPI_GENERATOR: &str = "openapi-generator-cli generate -g rust -i ../document.json -o client \
                                 --additional-properties packageName=client,packageVersion=0.0.0";

/// Draws a chart beside the page, and returns the line of Markdown that shows it.
fn show(chart: &Chart, name: &str, title: &str) -> anyhow::Result<String> {
    let path = format!("tests/benchmarks/charts/{name}.svg");
    chart.write(&root().join(&path))?;
    Ok(format!("![{title}]({path})\n"))
}

/// Builds one of the programs of `tests/benchmarks` as a user's would be, and returns where it is.
fn build_program(name: &str) -> anyhow::Result<PathBuf> {
    build_program_with(name, &[])
}

/// The same, with more arguments for cargo.
fn build_program_with(name: &str, more: &[&str]) -> anyhow::Result<PathBuf> {
    let arguments = ["build", "--quiet", "--release", "--package", "benchmarks", "--bin", name];
    output_of(cargo().current_dir(root()).args(arguments).args(more))?;
    Ok(target().join("release").join(name))
}

/// Builds a program as a release would be, and returns where it is.
fn build_published(package: &str, name: &str) -> anyhow::Result<PathBuf> {
    let arguments =
        ["build", "--quiet", "--profile", PUBLISHED, "--package", package, "--bin", name];
    output_of(cargo().current_dir(root()).args(arguments))?;
    Ok(target().join(PUBLISHED).join(name))
}
