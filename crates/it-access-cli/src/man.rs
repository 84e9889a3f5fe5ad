//! `it-access man`: the manual, made of the help.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use anyhow::Context;
use clap_mangen::Man;

use crate::{arguments, exit_status::ExitStatus, failure::Failure};

/// Writes the pages of all commands to a folder, or else the first one to standard output.
pub(crate) fn write(folder: Option<&Path>) -> Result<ExitStatus, Failure> {
    let written = match folder {
        Some(folder) => write_all(folder),
        None => write_first(),
    };
    written.map_err(Failure::nothing_processed)?;
    Ok(ExitStatus::AllApplied)
}

fn write_first() -> anyhow::Result<()> {
    let mut page = Vec::new();
    Man::new(arguments::command()).render(&mut page)?;
    Ok(io::stdout().lock().write_all(&page)?)
}

fn write_all(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(arguments::command(), folder))
        .with_context(|| format!("cannot write the manual to {}", folder.display()))
}
