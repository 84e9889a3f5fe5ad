//! What can be said of jobs: planning, carrying out, and looking at them.

use std::{num::NonZeroUsize, path::PathBuf};

use clap::Args;
use it_access_jobs::{JobId, StateName};

use super::{JobsFolder, Reading, Running, devices::ListFile};

/// What can be said of a plan.
#[derive(Args)]
pub(crate) struct Planning {
    #[command(flatten)]
    pub(crate) file: ListFile,

    /// The file of the plan
    #[arg(long, value_name = "PLAN")]
    pub(crate) out: PathBuf,

    /// Write over a file that is there, unless it is a list that is read
    #[arg(long)]
    pub(crate) replace: bool,

    /// The most devices in one request [env: IT_ACCESS_BATCH_SIZE] [default: 50]
    #[arg(long, value_name = "N")]
    pub(crate) batch_size: Option<NonZeroUsize>,

    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// What can be said of carrying out a plan.
#[derive(Args)]
pub(crate) struct Apply {
    /// The file of the plan
    pub(crate) plan: PathBuf,

    /// Do not ask before a deletion
    #[arg(long)]
    pub(crate) yes: bool,

    /// Carry it out although a job of the same plan is there already
    #[arg(long)]
    pub(crate) again: bool,

    /// Send nothing, and show the requests that would be sent
    #[arg(long)]
    pub(crate) dry_run: bool,

    #[command(flatten)]
    pub(crate) running: Running,

    /// The most devices in one request [default: that of the plan, whatever the settings say]
    #[arg(long, value_name = "N", help_heading = "Requests")]
    pub(crate) batch_size: Option<NonZeroUsize>,
}

/// What can be said of going on with a job.
#[derive(Args)]
pub(crate) struct Resume {
    /// The job, as `it-access jobs` lists it [default: the newest]
    pub(crate) job: Option<JobId>,

    /// Go on without a question although the canary, or --max-failures, has stopped the last run
    #[arg(long)]
    pub(crate) yes: bool,

    /// Send the devices again that are unknown; refused where an action must not be repeated
    #[arg(long)]
    pub(crate) retry_unknown: bool,

    #[command(flatten)]
    pub(crate) running: Running,

    /// The most devices in one request [default: that of the plan, whatever the settings say]
    #[arg(long, value_name = "N", help_heading = "Requests")]
    pub(crate) batch_size: Option<NonZeroUsize>,
}

/// What can be said of a report.
#[derive(Args)]
pub(crate) struct Report {
    /// The job, as `it-access jobs` lists it [default: the newest]
    pub(crate) job: Option<JobId>,

    /// Only devices in these states: applied, failed, not-supported, other, unreported, unknown, unprocessed
    #[arg(long, value_name = "STATE", value_delimiter = ',')]
    pub(crate) only: Vec<StateName>,

    /// Write it to a file, in the form that --format or else its ending says
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,

    /// Write over a file that is there
    #[arg(long, requires = "out")]
    pub(crate) replace: bool,

    #[command(flatten)]
    pub(crate) folder: JobsFolder,
}
