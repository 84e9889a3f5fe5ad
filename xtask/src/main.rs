//! `cargo xtask`: the maintainers' tasks.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, Subcommand};

/// The maintainers' tasks.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Write everything that is derived from the OpenAPI document
    Codegen(xtask::codegen::Options),
    /// Hold the document and the simulated service against Schemathesis and Prism
    Conformance(xtask::conformance::Options),
    /// Generate clients in other languages, and drive them against the simulated service
    Languages(xtask::languages::Options),
}

fn main() -> ExitCode {
    let Arguments { task } = Arguments::parse();
    let result = match task {
        Task::Codegen(options) => xtask::codegen::run(&options),
        Task::Conformance(options) => xtask::conformance::run(&options),
        Task::Languages(options) => xtask::languages::run(&options),
    };
    result.unwrap_or_else(|error| {
        // Not by returning the error, which would print a backtrace below a report for people.
        let _ = writeln!(io::stderr(), "error: {error:#}");
        ExitCode::FAILURE
    })
}
