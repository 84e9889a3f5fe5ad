//! What a command shows on standard output, and nowhere else.

use std::{error::Error, io};

use anyhow::Context;

use crate::{exit_status::ExitStatus, failure::Failure};

/// How a command ends that has shown something.
pub(crate) fn shown(written: Result<(), impl Into<anyhow::Error>>) -> Result<ExitStatus, Failure> {
    let written = written.map_err(Into::into);
    unless_enough_was_seen(written.context("standard output could not be written"))
}

/// How a command ends whose errors say what could not be written. Who reads it may have seen enough, and close the pipe.
pub(crate) fn unless_enough_was_seen(
    written: Result<(), impl Into<anyhow::Error>>,
) -> Result<ExitStatus, Failure> {
    match written.map_err(Into::into) {
        Err(error) if !is_broken_pipe(&error) => Err(Failure::nothing_processed(error)),
        _ => Ok(ExitStatus::AllApplied),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(io_error_kind).any(|kind| kind == io::ErrorKind::BrokenPipe)
}

fn io_error_kind(error: &(dyn Error + 'static)) -> Option<io::ErrorKind> {
    if let Some(error) = error.downcast_ref::<io::Error>() {
        return Some(error.kind());
    }
    // These do not name it as their cause.
    if let Some(error) = error.downcast_ref::<serde_json::Error>() {
        return error.io_error_kind();
    }
    match error.downcast_ref::<csv::Error>()?.kind() {
        csv::ErrorKind::Io(error) => Some(error.kind()),
        _ => None,
    }
}
