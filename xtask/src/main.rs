//! `cargo xtask`: the maintainers' tasks.

use std::process::ExitCode;

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
}

fn main() -> anyhow::Result<ExitCode> {
    let Arguments { task } = Arguments::parse();
    match task {
        Task::Codegen(options) => xtask::codegen::run(&options),
    }
}
