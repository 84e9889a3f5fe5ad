//! What can be said of how a job is carried out.

use std::{num::NonZeroUsize, path::PathBuf};

use clap::Args;
use it_access_jobs::MaxFailures;

use super::Sending;

/// What can be said of how a job is carried out.
#[derive(Args)]
#[command(next_help_heading = "Job")]
pub(crate) struct Running {
    /// Send so many devices first, and stop and ask if the action is not applied to each of them
    #[arg(long, value_name = "N")]
    pub(crate) canary: Option<NonZeroUsize>,

    /// Stop once the action was not applied to more devices than this in one run, or than this part of all
    #[arg(long, value_name = "N|P%")]
    pub(crate) max_failures: Option<MaxFailures>,

    /// Write what happens as lines of JSON to a file, or to standard error (-)
    #[arg(long, value_name = "FILE")]
    pub(crate) events: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) folder: JobsFolder,

    #[command(flatten)]
    pub(crate) sending: Sending,
}

/// Where jobs are kept.
#[derive(Args)]
#[command(next_help_heading = "Job")]
pub(crate) struct JobsFolder {
    /// Where jobs are kept [env: IT_ACCESS_JOBS_DIR] [default: see `it-access config`]
    #[arg(long, value_name = "DIR")]
    pub(crate) jobs_dir: Option<PathBuf>,
}

impl Running {
    /// What of it was said that has a meaning for jobs alone.
    pub(super) fn given(&self) -> [(&'static str, bool); 4] {
        [
            ("--canary <N>", self.canary.is_some()),
            ("--max-failures <N|P%>", self.max_failures.is_some()),
            ("--events <FILE>", self.events.is_some()),
            ("--jobs-dir <DIR>", self.folder.jobs_dir.is_some()),
        ]
    }
}
