//! `it-access man`: the manual, made of the help.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use anyhow::Context;
use clap_mangen::Man;

use crate::{arguments, exit_status::ExitStatus, failure::Failure, shown::shown};

/// Writes the pages of all commands to a folder, or else the first one to standard output.
pub(crate) fn write(folder: Option<&Path>) -> Result<ExitStatus, Failure> {
    match folder {
        Some(folder) => {
            write_all(folder).map(|()| ExitStatus::AllApplied).map_err(Failure::nothing_processed)
        }
        None => shown(write_first()),
    }
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
