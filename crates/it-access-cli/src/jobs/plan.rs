//! `it-access plan`: from a list to a checked plan.

use std::{
    fmt::Display,
    io::{self, Cursor, Write},
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use anyhow::anyhow;
use it_access::{DeviceAction, Targets};
use it_access_jobs::{IdKind, List, ListFormat, Omitted, Plan, PlanError};
use serde::Serialize;

use super::{next_steps, out_file::refuse_other_than_a_file};
use crate::{
    arguments::{Format, Planning, Reading},
    exit_status::ExitStatus,
    failure::Failure,
    settings::Settings,
    shown::shown,
    talk::{say, warn},
};

/// Reads and checks the list, and writes the plan. Nothing is sent.
pub(crate) fn plan(
    settings: &Settings<'_>,
    action: DeviceAction,
    planning: &Planning,
) -> Result<ExitStatus, Failure> {
    let Planning { file, out, replace, batch_size, reading } = planning;
    refuse_other_than_a_file(out)?;
    let format = settings.format().map_err(Failure::usage)?.value;
    let batch_size = settings.batch_size(*batch_size).map_err(Failure::usage)?.value;
    let (kind, path) = file.list().ok_or_else(|| Failure::usage(anyhow!("there is no list")))?;
    for list in reading.protect.iter().map(PathBuf::as_path).chain([path]) {
        refuse_a_list(out, list)?;
    }
    let plan = of_list(action, kind, path, reading, batch_size)?;
    let written = if *replace { plan.replace(out) } else { plan.write(out) };
    written.map_err(|error| match error {
        PlanError::Unwritable { .. } => Failure::nothing_processed(error),
        error => Failure::usage(error),
    })?;
    let shown = shown(show(format, &plan, out));
    // The plan is written, whether or not it could be shown.
    say(format_args!("to carry it out: {}", next_steps::apply(settings, out)));
    shown
}

/// Refuses to write the plan over a list that it is made of, which `--replace` does not mean.
fn refuse_a_list(out: &Path, list: &Path) -> Result<(), Failure> {
    match (out.canonicalize(), list.canonicalize()) {
        (Ok(there), Ok(list)) if there == list => Err(Failure::usage(anyhow!(
            "{}: that is a list; name another file by --out",
            out.display()
        ))),
        _ => Ok(()),
    }
}

/// Makes a plan of a list: all of it is read and checked.
pub(super) fn of_list(
    action: DeviceAction,
    kind: IdKind,
    path: &Path,
    reading: &Reading,
    batch_size: NonZeroUsize,
) -> Result<Plan, Failure> {
    let mut builder = Plan::builder(action, kind, reading.list(path)).batch_size(batch_size);
    for protected in &reading.protect {
        builder = builder.protect(reading.protected_list(protected));
    }
    if let Some(most) = reading.max_devices {
        builder = builder.max_devices(most);
    }
    let plan = builder.build().map_err(Failure::usage)?;
    for protected in plan.protections_without_effect() {
        warn(format_args!(
            "warning: {protected} protects nothing: it names no device of {}",
            plan.list()
        ));
    }
    Ok(plan)
}

/// Makes a plan of devices that were named one by one.
pub(super) fn of_named(
    action: DeviceAction,
    targets: &Targets,
    batch_size: NonZeroUsize,
) -> Result<Plan, Failure> {
    let kind = match targets {
        Targets::Hwids(_) => IdKind::Hwids,
        Targets::MacAddresses(_) => IdKind::MacAddresses,
    };
    let ids: Vec<String> = targets.iter().map(|id| id.to_string()).collect();
    let ids = serde_json::to_vec(&ids).map_err(Failure::usage)?;
    let list = List::reading("the command line", Cursor::new(ids)).format(ListFormat::Json);
    let plan = Plan::builder(action, kind, list).batch_size(batch_size).build();
    plan.map_err(Failure::usage)
}

/// What a plan comes to, for programs.
#[derive(Serialize)]
struct Overview<'a> {
    plan: String,
    action: String,
    list: &'a str,
    devices: usize,
    duplicates: usize,
    protected: usize,
    requests: u64,
    seconds: u64,
    sha256: &'a str,
}

fn show(format: Format, plan: &Plan, path: &Path) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match format {
        Format::Table => {
            writeln!(out, "{}", headline(plan))?;
            for line in omissions(plan) {
                writeln!(out, "  {line}")?;
            }
            writeln!(out, "  {}", plan.estimate())?;
            writeln!(out, "  sha256 {}", plan.sha256())?;
        }
        Format::Json | Format::Ndjson => {
            let overview = Overview::of(plan, path);
            match format {
                Format::Json => serde_json::to_writer_pretty(&mut out, &overview)?,
                _ => serde_json::to_writer(&mut out, &overview)?,
            }
            writeln!(out)?;
        }
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(&mut out);
            writer.serialize(Overview::of(plan, path))?;
            writer.flush()?;
        }
    }
    out.flush()
}

/// What is to be done, to how many devices of which list.
pub(super) fn headline(plan: &Plan) -> String {
    let (count, s) = (plan.len(), if plan.len() == 1 { "" } else { "s" });
    format!("{} {count} device{s} of {}", plan.action(), plan.list())
}

/// What of the list is left out.
pub(super) fn omissions(plan: &Plan) -> Vec<String> {
    let omitted = [("named again", plan.duplicates()), ("protected", plan.protected())];
    let omitted = omitted.into_iter().filter(|(_, omitted)| omitted.count() > 0);
    omitted.map(|(why, omitted)| omission(why, omitted)).collect()
}

fn omission(why: impl Display, omitted: &Omitted) -> String {
    const NAMED: usize = 3;

    let count = omitted.count();
    let first = omitted.first().take(NAMED);
    let named: Vec<String> =
        first.map(|target| format!("line {}: {}", target.line, target.id)).collect();
    let more = count - named.len();
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    format!("{count} left out, {why} ({}{more})", named.join(", "))
}

impl<'a> Overview<'a> {
    fn of(plan: &'a Plan, path: &Path) -> Self {
        let estimate = plan.estimate();
        Self {
            plan: path.display().to_string(),
            action: plan.action().to_string(),
            list: plan.list(),
            devices: plan.len(),
            duplicates: plan.duplicates().count(),
            protected: plan.protected().count(),
            requests: estimate.requests,
            seconds: estimate.duration.as_secs(),
            sha256: plan.sha256(),
        }
    }
}
