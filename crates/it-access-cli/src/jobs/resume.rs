//! `it-access resume`: going on where a job has stopped.

use anyhow::anyhow;
use it_access_jobs::{Job, JobId, Jobs, JournalError};

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
    let jobs = folder(settings, &running.folder)?;
    let is_named = job.is_some();
    let job = find(&jobs, job.as_ref())?;
    if !is_named {
        refuse_if_another_is_left(&jobs, &job)?;
    }
    let ids = match settings.options.simulate {
        true => ids(&job).map_err(Failure::nothing_processed)?,
        false => Vec::new(),
    };
    let fleet = || fleet::of_devices(job.action(), job.kind(), ids.iter().map(String::as_str));
    let run = Run::prepare(settings, &running, fleet).await?;
    let goes_on = yes || asked_to_go_on(&job)?;
    run.carry_out(&job, Orders { goes_on, retry_unknown, batch_size, ..Orders::default() }).await
}

/// Refuses the newest job if it is done and another is not, which may be the one that is meant.
fn refuse_if_another_is_left(jobs: &Jobs, newest: &Job) -> Result<(), Failure> {
    let entries = jobs.list().map_err(Failure::nothing_processed)?;
    let summaries = entries.into_iter().filter_map(|entry| entry.summary.ok());
    let left: Vec<JobId> =
        summaries.filter(|it| !it.is_finished()).map(|summary| summary.job).collect();
    if left.is_empty() || left.contains(newest.id()) {
        return Ok(());
    }
    let left: Vec<String> = left.iter().map(JobId::to_string).collect();
    Err(Failure::usage(anyhow!(
        "the newest job, {}, is done; of the others, name the one to go on with: {}",
        newest.id(),
        left.join(", ")
    )))
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
