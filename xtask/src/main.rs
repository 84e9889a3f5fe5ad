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
    Codegen {
        /// Write nothing; show what is stale, and exit with 1 if anything is
        #[arg(long)]
        check: bool,
        /// Take warnings about the document for errors
        #[arg(long)]
        deny_warnings: bool,
    },
}

fn main() -> anyhow::Result<ExitCode> {
    let Arguments { task } = Arguments::parse();
    match task {
        Task::Codegen { check, deny_warnings } => xtask::codegen::run(check, deny_warnings),
    }
}
