//! `it-access apply`, and the actions on lists: from a plan to a job that is carried out.

use anyhow::{anyhow, bail};
use it_access::DeviceAction;
use it_access_jobs::{Jobs, Plan, RunError, Summary};

use super::{
    dry_run, fleet, folder, plan,
    run::{Orders, Run},
};
use crate::{
    arguments::{Apply, Direct, Running},
    confirm::Question,
    exit_status::ExitStatus,
    failure::Failure,
    settings::Settings,
    talk::say,
};

/// Carries out a plan.
pub(crate) async fn apply(settings: &Settings<'_>, apply: Apply) -> Result<ExitStatus, Failure> {
    let Apply { plan: path, yes, again, dry_run, running } = apply;
    let plan = Plan::open(&path).map_err(Failure::usage)?;
    if dry_run {
        let batch_size = running.sending.batch_size.unwrap_or(plan.batch_size());
        return dry_run::show(settings, &plan, batch_size);
    }
    let asks = *plan.action() == DeviceAction::Delete && !yes;
    let orders = Orders { asks, again, ..Orders::default() };
    carry_out(settings, &plan, &running, orders).await
}

/// Plans an action on a list, and carries it out if that is agreed to.
pub(crate) async fn apply_list(
    settings: &Settings<'_>,
    action: DeviceAction,
    direct: Direct,
) -> Result<ExitStatus, Failure> {
    let Direct { devices, yes, dry_run, reading, running } = direct;
    let (kind, path) = devices.list().ok_or_else(|| Failure::usage(anyhow!("there is no list")))?;
    let batch_size = settings.batch_size(running.sending.batch_size).map_err(Failure::usage)?.value;
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

async fn carry_out(
    settings: &Settings<'_>,
    plan: &Plan,
    running: &Running,
    orders: Orders,
) -> Result<ExitStatus, Failure> {
    let jobs = folder(settings, &running.folder)?;
    if !orders.again {
        refuse_again(&jobs, plan).map_err(Failure::usage)?;
    }
    let fleet = || {
        let ids = plan.targets().map(|target| target.id);
        fleet::of_devices(plan.action(), plan.kind(), ids)
    };
    let run = Run::prepare(settings, running, fleet).await?;
    if orders.asks {
        let first = plan.targets().map(|target| target.id.to_owned());
        Question::new(plan.action(), plan.len(), first, run.base_url()).ask()?;
    }
    let job = jobs.create(plan, run.base_url()).map_err(|error| match error {
        RunError::NoHost { .. } => Failure::usage(error),
        error => Failure::nothing_processed(error),
    })?;
    run.carry_out(&job, orders).await
}

/// A plan that was carried out once is not carried out again by mistake.
fn refuse_again(jobs: &Jobs, plan: &Plan) -> anyhow::Result<()> {
    let summaries = jobs.list()?.into_iter().filter_map(|entry| entry.summary.ok());
    let mut of_this_plan = summaries.filter(|summary| summary.plan_sha256 == plan.sha256());
    match of_this_plan.next() {
        None => Ok(()),
        Some(done) if done.is_finished() => {
            bail!(
                "job {} has carried out this plan already; add --again to do it once more",
                done.job
            )
        }
        Some(Summary { job, .. }) => bail!(
            "job {job} carries out this plan already, and is not done: go on with it by \
             `it-access resume {job}`, or add --again to begin another"
        ),
    }
}
