//! `it-access apply`, and the actions on lists: from a plan to a job that is carried out.

use std::num::NonZeroUsize;

use anyhow::anyhow;
use it_access::{DeviceAction, Targets};
use it_access_jobs::{JobId, Jobs, Plan, RunError};

use super::{
    dry_run, fleet, folder,
    next_steps::NextSteps,
    plan,
    run::{Orders, Run},
};
use crate::{
    arguments::{Apply, Direct, Running},
    confirm::Question,
    exit_status::ExitStatus,
    failure::Failure,
    settings::Settings,
    talk::{say, say_duplicates},
};

/// Carries out a plan.
pub(crate) async fn apply(settings: &Settings<'_>, apply: Apply) -> Result<ExitStatus, Failure> {
    let Apply { plan: path, yes, again, dry_run, running, batch_size } = apply;
    let plan = Plan::open(&path).map_err(Failure::usage)?;
    if dry_run {
        return dry_run::show(settings, &plan, batch_size.unwrap_or(plan.batch_size()));
    }
    let asks = *plan.action() == DeviceAction::Delete && !yes;
    let orders = Orders { asks, again, batch_size, ..Orders::default() };
    carry_out(settings, &plan, &running, orders).await
}

/// Plans an action on a list, and carries it out if that is agreed to.
pub(crate) async fn apply_list(
    settings: &Settings<'_>,
    action: DeviceAction,
    direct: Direct,
) -> Result<ExitStatus, Failure> {
    let Direct { devices, yes, dry_run, reading, running, batch_size } = direct;
    let (kind, path) = devices.list().ok_or_else(|| Failure::usage(anyhow!("there is no list")))?;
    let batch_size = settings.batch_size(batch_size).map_err(Failure::usage)?.value;
    let plan = plan::of_list(action, kind, path, &reading, batch_size)?;
    if dry_run {
        return dry_run::show(settings, &plan, batch_size);
    }
    say(format_args!("{}: {}", plan::headline(&plan), plan.estimate()));
    for line in plan::omissions(&plan) {
        say(format_args!("  {line}"));
    }
    // The list is named anew each time, so that the same one twice is no mistake.
    let orders = Orders { asks: !yes, again: true, ..Orders::default() };
    carry_out(settings, &plan, &running, orders).await
}

/// Plans an action on devices that were named one by one, and carries it out: where that takes several requests, what became
/// of each must not be lost with the command.
pub(crate) async fn apply_named(
    settings: &Settings<'_>,
    action: DeviceAction,
    targets: &Targets,
    yes: bool,
    running: &Running,
    batch_size: NonZeroUsize,
) -> Result<ExitStatus, Failure> {
    let asks = action == DeviceAction::Delete && !yes;
    let plan = plan::of_named(action, targets, batch_size)?;
    say_duplicates(targets.duplicates());
    let orders = Orders { asks, again: true, ..Orders::default() };
    carry_out(settings, &plan, running, orders).await
}

async fn carry_out(
    settings: &Settings<'_>,
    plan: &Plan,
    running: &Running,
    orders: Orders,
) -> Result<ExitStatus, Failure> {
    let mut jobs = folder(settings, &running.folder)?;
    if let Some(devices) = running.canary {
        jobs = jobs.canary(devices);
    }
    if let Some(most) = running.max_failures {
        jobs = jobs.max_failures(most);
    }
    let fleet = || {
        let ids = plan.targets().map(|target| target.id);
        fleet::of_devices(plan.action(), plan.kind(), ids)
    };
    let run = Run::prepare(settings, running, fleet).await?;
    let not_made = |error| {
        not_made(error, &jobs, |job| NextSteps::of(settings, running, orders.batch_size, job))
    };
    if !orders.again {
        jobs.check_once(plan, run.base_url()).map_err(not_made)?;
    }
    if orders.asks {
        let first = plan.targets().map(|target| target.id.to_owned());
        Question::new(plan.action(), plan.len(), first, run.base_url()).ask()?;
    }
    let job = match orders.again {
        true => jobs.create(plan, run.base_url()),
        false => jobs.create_once(plan, run.base_url()),
    };
    run.carry_out(&job.map_err(not_made)?, orders).await
}

fn not_made(error: RunError, jobs: &Jobs, next: impl Fn(&JobId) -> NextSteps) -> Failure {
    match error {
        RunError::CarriedOut { ref job, is_finished: false } => {
            let remedy = format!(
                "{error}, and is not done: go on with it by `{}`, or add --again to begin another",
                next(job).resume
            );
            Failure::usage(anyhow!(remedy))
        }
        RunError::CarriedOut { ref job, .. } => match unknown(jobs, job) {
            0 => Failure::usage(anyhow!("{error}; add --again to do it once more")),
            unknown => {
                let s = if unknown == 1 { " is" } else { "s are" };
                Failure::usage(anyhow!(
                    "{error}, of which {unknown} device{s} unknown: look at them by `{} --only unknown`; \
                     --again would do it once more to all devices of the plan",
                    next(job).report
                ))
            }
        },
        RunError::NoHost => Failure::usage(error),
        error => Failure::nothing_processed(error),
    }
}

/// Of how many devices a job does not know whether the action was applied. None, if that cannot be read: then it is told as soon
/// as the job is looked at.
fn unknown(jobs: &Jobs, job: &JobId) -> usize {
    let summary = jobs.open(job).and_then(|job| job.report()?.summary());
    summary.map_or(0, |summary| summary.counts.unknown)
}
