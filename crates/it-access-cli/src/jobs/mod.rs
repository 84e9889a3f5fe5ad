//! Jobs: planned, carried out, gone on with, and looked at.

mod apply;
mod dry_run;
mod events;
mod fleet;
mod list;
mod next_steps;
mod out_file;
mod outcome;
mod plan;
mod progress;
mod report;
mod resume;
mod run;

use anyhow::anyhow;
use it_access_jobs::{Job, JobId, Jobs};

pub(crate) use apply::{apply, apply_list, apply_named};
pub(crate) use dry_run::show_devices as dry_run;
pub(crate) use list::list;
pub(crate) use plan::plan;
pub(crate) use report::report;
pub(crate) use resume::resume;

use crate::{
    arguments::JobsFolder,
    failure::Failure,
    settings::{DEFAULT_PROFILE, Settings},
};

/// What jobs that were carried out by `--simulate` are for. It is no host, so that no other job is taken for one of them.
const SIMULATED_SERVICE: &str = "a simulated service";

/// The folder in which jobs are kept. They are for the profile that is used, so that what is left of a job is not sent to
/// the account of another. The default one is as none: whoever writes it down later goes on with the jobs of before.
fn folder(settings: &Settings<'_>, said: &JobsFolder) -> Result<Jobs, Failure> {
    let folder = settings.jobs_dir(said.jobs_dir.as_ref()).map_err(Failure::usage)?;
    let jobs = Jobs::in_folder(folder.value);
    Ok(match &settings.profile {
        _ if settings.options.simulate => jobs.for_service(SIMULATED_SERVICE),
        Some(profile) if profile.value.name != DEFAULT_PROFILE => {
            jobs.for_account(&profile.value.name)
        }
        _ => jobs,
    })
}

/// The job of this name, or else the newest.
fn find(jobs: &Jobs, id: Option<&JobId>) -> Result<Job, Failure> {
    let job = match id {
        Some(id) => jobs.open(id).map(Some),
        None => jobs.latest(),
    };
    job.map_err(Failure::nothing_processed)?.ok_or_else(|| Failure::usage(anyhow!(no_job(jobs))))
}

/// What there is to know where there is no job: perhaps they are kept elsewhere.
fn no_job(jobs: &Jobs) -> String {
    format!(
        "there is no job in {}; `it-access apply PLAN` makes one of a plan, and --jobs-dir names \
         another folder",
        jobs.folder().display()
    )
}
