//! `it-access report`: what became of each device of a job.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
};

use anyhow::Context;
use comfy_table::{Table, presets};
use it_access_jobs::{Report, ReportFormat, Row, StateName};

use super::{find, folder};
use crate::{
    arguments::{self, Format},
    exit_status::ExitStatus,
    failure::Failure,
    settings::Settings,
    talk::say,
};

/// So many devices are shown in a table at most: it is held in memory as a whole, and read by a person.
const MOST_SHOWN: usize = 1000;

/// Writes the report.
pub(crate) fn report(
    settings: &Settings<'_>,
    said: &arguments::Report,
) -> Result<ExitStatus, Failure> {
    let format = settings.format().map_err(Failure::usage)?.value;
    let job = find(&folder(settings, &said.folder)?, said.job.as_ref())?;
    let report = job.report().map_err(Failure::nothing_processed)?;
    let summary = report.summary().map_err(Failure::nothing_processed)?;
    let written = match &said.out {
        None => write(format, &report, &said.only, &mut io::stdout().lock()),
        Some(path) => File::create(path)
            .map_err(anyhow::Error::from)
            .and_then(|file| write(format, &report, &said.only, &mut BufWriter::new(file)))
            .with_context(|| path.display().to_string()),
    };
    written.map_err(Failure::nothing_processed)?;
    say(format_args!("job {}: {} at {}", summary.job, summary.action, summary.host));
    if let Some(reason) = &summary.stopped_by {
        say(format_args!("its last run ended early: {reason}"));
    }
    say(summary.balance());
    Ok(ExitStatus::AllApplied)
}

fn write(
    format: Format,
    report: &Report,
    only: &[StateName],
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let format = match format {
        Format::Table => return write_table(report, only, out),
        Format::Json => ReportFormat::Json,
        Format::Ndjson => ReportFormat::Ndjson,
        Format::Csv => ReportFormat::Csv,
    };
    report.write(format, only, out)?;
    Ok(out.flush()?)
}

fn write_table(report: &Report, only: &[StateName], out: &mut dyn Write) -> anyhow::Result<()> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(["LINE", "DEVICE", "RESULT", "REQUEST", "REASON"]);
    let mut rows = report.rows(only);
    for row in rows.by_ref().take(MOST_SHOWN) {
        let Row { line, id, state, request, reason, .. } = row?;
        let request = request.map(|number| number.to_string()).unwrap_or_default();
        let reason = reason.unwrap_or_default();
        table.add_row([line.to_string(), id, state.to_string(), request, reason]);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    writeln!(out, "{}", table.trim_fmt())?;
    let more = rows.count();
    if more > 0 {
        writeln!(out, "and {more} more: --format csv, json or ndjson shows all")?;
    }
    Ok(out.flush()?)
}
