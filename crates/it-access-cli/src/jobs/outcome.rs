//! What a job has come to, when a command ends.

use std::io::{self, Write};

use anyhow::Context;
use it_access::Counts;
use it_access_jobs::{Job, JournalError, Report, ReportFormat, RunEnd, RunReport, Summary};

use super::next_steps::NextSteps;
use crate::{
    arguments::Format,
    exit_status::ExitStatus,
    failure::{Failure, print_error},
    report::states,
    talk::{say, warn},
};

/// Writes what became of the job, and says what to do next. A run that was broken off has no report of its own: the
/// journal knows.
pub(super) fn tell(
    format: Format,
    job: &Job,
    run: Option<&RunReport>,
    next: &NextSteps,
) -> Result<ExitStatus, Failure> {
    // Another may lie in the place of one that is gone: of an older time, before what this run has sent.
    if let Some(run @ RunReport { end: RunEnd::Journal(JournalError::Gone { .. }), .. }) = run {
        return Ok(without_journal(run));
    }
    let read = job.report().and_then(|report| Ok((report.summary()?, report)));
    let (summary, report) = match read {
        Ok(read) => read,
        Err(error) => {
            print_error(&error);
            return Ok(run.map_or(ExitStatus::SomeUncertain, without_journal));
        }
    };
    let written = write(format, &report, &summary).context("the results could not be written");
    if let Some(run) = run {
        tell_end(run);
    }
    for result in report.unasked().unwrap_or_default() {
        let (key, status) = (&result.key, result.status);
        warn(format_args!(
            "warning: the service sent a result that was not asked for: {key:?} {status}"
        ));
    }
    say(summary.balance());
    tell_next(&summary.counts, next);
    match written {
        Ok(()) => Ok(ExitStatus::of(&summary.counts)),
        Err(error) => {
            print_error(error.as_ref());
            // The journal has them all the same.
            Ok(ExitStatus::SomeUncertain)
        }
    }
}

/// Counts for people, all devices for programs.
fn write(format: Format, report: &Report, summary: &Summary) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    let format = match format {
        Format::Table => {
            writeln!(out, "{}", states::table(&summary.counts))?;
            return Ok(out.flush()?);
        }
        Format::Json => ReportFormat::Json,
        Format::Ndjson => ReportFormat::Ndjson,
        Format::Csv => ReportFormat::Csv,
    };
    Ok(report.write(format, &[], &mut out)?)
}

fn tell_end(run: &RunReport) {
    match &run.end {
        RunEnd::Finished => {}
        RunEnd::Failed(error) => print_error(error),
        RunEnd::Journal(error) => print_error(error),
        end => warn(end),
    }
    if let Some(halt) = &run.unrecorded_halt {
        warn(format_args!("not written down, so that `resume` does not ask: {halt}"));
    }
    for device in &run.unrecorded {
        warn(format_args!("not written down: {} {}", device.id, device.state));
    }
}

fn tell_next(counts: &Counts, next: &NextSteps) {
    if counts.unprocessed > 0 {
        warn(format_args!("to go on: {}", next.resume));
    }
    if counts.applied + counts.unprocessed < counts.total() {
        say(format_args!("to see which devices: {}", next.report));
    }
}

/// The journal is gone or damaged: what the run itself knows is all there is.
fn without_journal(run: &RunReport) -> ExitStatus {
    tell_end(run);
    say(run.counts);
    ExitStatus::SomeUncertain
}
