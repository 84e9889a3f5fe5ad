//! `it-access completions`: what a shell needs to complete the command's arguments.

use std::io::{self, Write};

use clap_complete::Shell;

use crate::{arguments, exit_status::ExitStatus, failure::Failure};

pub(crate) fn write(shell: Shell) -> Result<ExitStatus, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut arguments::command(), "it-access", &mut script);
    io::stdout().lock().write_all(&script).map_err(Failure::nothing_processed)?;
    Ok(ExitStatus::AllApplied)
}
