//! Why the command ended before there was a report.

use std::{error::Error, iter::successors};

use crate::{exit_status::ExitStatus, talk::warn};

/// Why the command ended before there was a report: nothing was sent.
#[derive(Debug)]
pub(crate) struct Failure {
    status: ExitStatus,
    error: anyhow::Error,
}

impl Failure {
    /// Something in what the user said, or set, is wrong.
    pub(crate) fn usage(error: impl Into<anyhow::Error>) -> Self {
        Self { status: ExitStatus::Usage, error: error.into() }
    }

    /// Something else stood in the way.
    pub(crate) fn nothing_processed(error: impl Into<anyhow::Error>) -> Self {
        Self { status: ExitStatus::NoneProcessed, error: error.into() }
    }

    pub(crate) fn status(&self) -> ExitStatus {
        self.status
    }

    pub(crate) fn print(&self) {
        let mut text = self.error.to_string();
        for cause in self.error.chain().skip(1).map(ToString::to_string) {
            // Some errors end with their cause.
            if !text.ends_with(&cause) {
                text = format!("{text}: {cause}");
            }
        }
        warn(format_args!("error: {text}"));
    }
}

/// Prints the failure of a request, and its root cause.
pub(crate) fn print_error(error: &(dyn Error + 'static)) {
    warn(format_args!("error: {error}"));
    if let Some(cause) = root_cause(error) {
        warn(format_args!("  cause: {cause}"));
    }
}

/// What the system said, if the error goes back to that.
pub(crate) fn root_cause<'a>(
    error: &'a (dyn Error + 'static),
) -> Option<&'a (dyn Error + 'static)> {
    successors(error.source(), |cause| (*cause).source()).last()
}
