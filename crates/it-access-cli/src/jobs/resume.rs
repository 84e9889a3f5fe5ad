//! `it-access resume`: going on where a job has stopped.

use it_access_jobs::{Job, JournalError};

use super::{
    find, fleet, folder,
    run::{Orders, Run},
};
use crate::{arguments::Resume, exit_status::ExitStatus, failure::Failure, settings::Settings};

/// Goes on with a job.
pub(crate) async fn resume(settings: &Settings<'_>, resume: Resume) -> Result<ExitStatus, Failure> {
    let Resume { job, retry_unknown, running } = resume;
    let job = find(&folder(settings, &running.folder)?, job.as_ref())?;
    let ids = match settings.options.simulate {
        true => ids(&job).map_err(Failure::nothing_processed)?,
        false => Vec::new(),
    };
    let fleet = || fleet::of_devices(job.action(), job.kind(), ids.iter().map(String::as_str));
    let run = Run::prepare(settings, &running, fleet).await?;
    run.carry_out(&job, Orders { retry_unknown, ..Orders::default() }).await
}

fn ids(job: &Job) -> Result<Vec<String>, JournalError> {
    job.report()?.rows(&[]).map(|row| row.map(|row| row.id)).collect()
}
