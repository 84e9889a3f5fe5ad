//! `cargo xtask`: the maintainers' tasks.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

/// A generator makes and drops a great many small values: with the allocator of the system it would take a quarter longer.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The maintainers' tasks.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Measure what things cost, next to how others do the same
    Bench(xtask::bench::Options),
    /// Write everything that is derived from the OpenAPI document
    Codegen(xtask::codegen::Options),
    /// Compare the document with its newest released revision, and stop what breaks something unannounced
    Compatibility(xtask::compatibility::Options),
    /// Hold the document and the simulated service against Schemathesis and Prism
    Conformance(xtask::conformance::Options),
    /// Build what a release publishes
    Dist(xtask::dist::Options),
    /// Generate clients in other languages, and drive them against the simulated service
    Languages(xtask::languages::Options),
    /// Hold the document and its editions against Redocly, Spectral and openapi-spec-validator
    LintDocument(xtask::lint_document::Options),
    /// List the public items of each library, and stop what breaks a released version's promise
    PublicApi(xtask::public_api::Options),
    /// Try to break it: faults, crashes, a shared quota, fuzzing, mutants, coverage, secrets, soaking
    Torture(xtask::torture::Options),
}

fn main() -> ExitCode {
    let Arguments { task } = Arguments::parse();
    let result = match task {
        Task::Bench(options) => xtask::bench::run(&options),
        Task::Codegen(options) => xtask::codegen::run(&options),
        Task::Compatibility(options) => xtask::compatibility::run(&options),
        Task::Conformance(options) => xtask::conformance::run(&options),
        Task::Dist(options) => xtask::dist::run(&options),
        Task::Languages(options) => xtask::languages::run(&options),
        Task::LintDocument(options) => xtask::lint_document::run(&options),
        Task::PublicApi(options) => xtask::public_api::run(&options),
        Task::Torture(options) => xtask::torture::run(&options),
    };
    result.unwrap_or_else(|error| {
        // Not by returning the error, which would print a backtrace below a report for people.
        let _ = writeln!(io::stderr(), "error: {error:#}");
        ExitCode::FAILURE
    })
}
