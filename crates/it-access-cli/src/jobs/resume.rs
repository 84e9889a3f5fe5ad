//! `it-access resume`: going on where a job has stopped.

use anyhow::anyhow;
use it_access_jobs::{Job, JournalError};

use super::{
    find, fleet, folder,
    run::{Orders, Run},
};
use crate::{
    arguments::Resume,
    confirm::{ask_to_go_on, can_ask},
    exit_status::ExitStatus,
    failure::Failure,
    settings::Settings,
    talk::warn,
};

/// Goes on with a job.
pub(crate) async fn resume(settings: &Settings<'_>, resume: Resume) -> Result<ExitStatus, Failure> {
    let Resume { job, yes, retry_unknown, running, batch_size } = resume;
    let job = find(&folder(settings, &running.folder)?, job.as_ref())?;
    let ids = match settings.options.simulate {
        true => ids(&job).map_err(Failure::nothing_processed)?,
        false => Vec::new(),
    };
    let fleet = || fleet::of_devices(job.action(), job.kind(), ids.iter().map(String::as_str));
    let run = Run::prepare(settings, &running, fleet).await?;
    let goes_on = yes || asked_to_go_on(&job)?;
    run.carry_out(&job, Orders { goes_on, retry_unknown, batch_size, ..Orders::default() }).await
}

/// Asks whether to go on, if a safeguard has stopped the last run.
fn asked_to_go_on(job: &Job) -> Result<bool, Failure> {
    let summary = job.report().and_then(|report| report.summary());
    let summary = summary.map_err(Failure::nothing_processed)?;
    if !summary.is_halted {
        return Ok(false);
    }
    let reason = summary.stopped_by.unwrap_or_default();
    if !can_ask() {
        return Err(Failure::usage(anyhow!(
            "the last run ended early: {reason}; to go on with the others all the same, add --yes"
        )));
    }
    warn(format_args!("the last run ended early: {reason}\n{}", summary.counts));
    match ask_to_go_on() {
        true => Ok(true),
        false => Err(Failure::nothing_processed(anyhow!("not confirmed; nothing was sent"))),
    }
}

fn ids(job: &Job) -> Result<Vec<String>, JournalError> {
    job.report()?.rows(&[]).map(|row| row.map(|row| row.id)).collect()
}
