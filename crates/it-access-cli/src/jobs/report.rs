//! `it-access report`: what became of each device of a job.

use std::{
    fmt::Display,
    io::{self, BufWriter, Write},
    path::Path,
};

use anyhow::anyhow;
use comfy_table::{Table, presets};
use it_access_jobs::{ListFormat, Report, ReportError, ReportFormat, Row, StateName};
use tempfile::NamedTempFile;

use super::{find, folder, out_file::refuse_other_than_a_file};
use crate::{
    arguments::{self, Format},
    exit_status::ExitStatus,
    failure::Failure,
    settings::{Settings, Source},
    shown::unless_enough_was_seen,
    talk::say,
};

/// So many devices are shown in a table at most: it is held in memory as a whole, and read by a person.
const MOST_SHOWN: usize = 1000;

/// Writes the report.
pub(crate) fn report(
    settings: &Settings<'_>,
    said: &arguments::Report,
) -> Result<ExitStatus, Failure> {
    said.out.as_deref().map_or(Ok(()), refuse_other_than_a_file)?;
    let format = format(settings, said.out.as_deref()).map_err(Failure::usage)?;
    let job = find(&folder(settings, &said.folder)?, said.job.as_ref())?;
    let report = job.report().map_err(Failure::nothing_processed)?;
    let summary = report.summary().map_err(Failure::nothing_processed)?;
    match &said.out {
        None => {
            let written = write(format, &report, &said.only, &mut io::stdout().lock());
            unless_enough_was_seen(written.map_err(|error| not_written(error, "standard output")))?;
        }
        Some(path) => {
            new_file(path, said.replace, |out| write(format, &report, &said.only, out))
                .map_err(|error| Failure::nothing_processed(not_written(error, path.display())))?
        }
    }
    say(format_args!("job {}: {} at {}", summary.job, summary.action, summary.host));
    if let Some(reason) = &summary.stopped_by {
        say(format_args!("its last run ended early: {reason}"));
    }
    say(summary.balance());
    Ok(ExitStatus::AllApplied)
}

/// The form that is asked for; of a file, unless an option says otherwise, the one that its name says: a table would be no list
/// again.
fn format(settings: &Settings<'_>, out: Option<&Path>) -> anyhow::Result<Format> {
    let said = settings.format()?;
    let named = match out.and_then(ListFormat::of) {
        Some(ListFormat::Csv) => Some(Format::Csv),
        Some(ListFormat::Json) => Some(Format::Json),
        Some(ListFormat::Ndjson) => Some(Format::Ndjson),
        Some(ListFormat::Text) | None => None,
    };
    Ok(match said.source {
        Source::Option { .. } => said.value,
        _ => named.unwrap_or(said.value),
    })
}

/// Writes a file as a whole or not at all, and over none that is there unless that is wanted.
fn new_file(
    path: &Path,
    replaces: bool,
    write: impl FnOnce(&mut dyn Write) -> Result<(), ReportError>,
) -> Result<(), ReportError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    write(&mut BufWriter::new(file.as_file_mut()))?;
    let kept = match replaces {
        true => file.persist(path),
        false => file.persist_noclobber(path),
    };
    Ok(kept.map(drop).map_err(|error| error.error)?)
}

/// Says where the report was to go, and what to do: the journal has it still.
fn not_written(error: ReportError, place: impl Display) -> anyhow::Error {
    match error {
        ReportError::Output(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            anyhow!("{place}: it is there already; add --replace")
        }
        ReportError::Output(error) => anyhow::Error::new(error).context(format!(
            "the report could not be written to {place}; see that there is space and a right to \
             write, then ask for it again"
        )),
        error => error.into(),
    }
}

fn write(
    format: Format,
    report: &Report,
    only: &[StateName],
    out: &mut dyn Write,
) -> Result<(), ReportError> {
    let format = match format {
        Format::Table => return write_table(report, only, out),
        Format::Json => ReportFormat::Json,
        Format::Ndjson => ReportFormat::Ndjson,
        Format::Csv => ReportFormat::Csv,
    };
    report.write(format, only, out)
}

fn write_table(
    report: &Report,
    only: &[StateName],
    out: &mut dyn Write,
) -> Result<(), ReportError> {
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
