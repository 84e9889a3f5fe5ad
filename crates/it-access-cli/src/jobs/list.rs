//! `it-access jobs`: which jobs there are.

use std::io::{self, Write};

use comfy_table::{Table, presets};
use it_access_jobs::{JobEntry, Summary};

use super::{folder, no_job};
use crate::{
    arguments::{Format, JobsFolder},
    exit_status::ExitStatus,
    failure::Failure,
    settings::Settings,
    shown::shown,
    talk::say,
};

/// Lists the jobs, the newest first.
pub(crate) fn list(settings: &Settings<'_>, said: &JobsFolder) -> Result<ExitStatus, Failure> {
    let format = settings.format().map_err(Failure::usage)?.value;
    let jobs = folder(settings, said)?;
    let entries = jobs.list().map_err(Failure::nothing_processed)?;
    if entries.is_empty() {
        say(no_job(&jobs));
    }
    let mut status = ExitStatus::AllApplied;
    let mut summaries = Vec::new();
    for JobEntry { id, summary, .. } in entries {
        match summary {
            Ok(summary) => summaries.push(summary),
            Err(error) => {
                let error = anyhow::Error::new(error).context(format!("job {id}"));
                Failure::nothing_processed(error).print();
                status = ExitStatus::NoneProcessed;
            }
        }
    }
    shown(write(format, &summaries))?;
    Ok(status)
}

fn write(format: Format, jobs: &[Summary]) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match format {
        Format::Table if jobs.is_empty() => {}
        Format::Table => writeln!(out, "{}", table(jobs))?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, jobs)?;
            writeln!(out)?;
        }
        Format::Ndjson => {
            for job in jobs {
                serde_json::to_writer(&mut out, job)?;
                writeln!(out)?;
            }
        }
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(&mut out);
            writer.write_record(["job", "action", "host", "list", "state", "devices"])?;
            for job in jobs {
                let devices = job.counts.total().to_string();
                let job_id = job.job.to_string();
                writer.write_record([
                    &job_id,
                    &job.action,
                    &job.host,
                    &job.list,
                    state(job),
                    &devices,
                ])?;
            }
            writer.flush()?;
        }
    }
    Ok(out.flush()?)
}

fn table(jobs: &[Summary]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(["JOB", "STATE", "WHAT", "DEVICES"]);
    for job in jobs {
        let (total, what) = (job.counts.total(), format!("{} at {}", job.action, job.host));
        // What the total is made of.
        let counts = job.counts.to_string();
        let parts = counts.split_once(": ").map_or("", |(_, parts)| parts);
        table.add_row([&job.job.to_string(), state(job), &what, &format!("{total}: {parts}")]);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.trim_fmt()
}

fn state(job: &Summary) -> &'static str {
    match job.is_finished() {
        true => "done",
        false => "not done",
    }
}
