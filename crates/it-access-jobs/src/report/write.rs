//! Reports as files, which are lists again: `id` names the device.

use std::{
    fmt,
    io::{self, Write},
    str::FromStr,
};

use serde::Serialize;

use super::{Report, Row};
use crate::{JournalError, StateName, timestamp};

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportFormat {
    /// A table with a header. The ids are as they were in the list, so that it is one again: a spreadsheet takes one that begins
    /// with `=`, `+`, `-` or `@` for a formula.
    Csv,
    /// One object: the summary, and the `devices`.
    Json,
    /// One device a line.
    Ndjson,
}

/// A name of no format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no format of a report; choose csv, json or ndjson")]
pub struct UnknownReportFormat(String);

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The journal cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// There is no writing to where it should go.
    #[error("the report could not be written")]
    Output(#[from] io::Error),
}

impl Report {
    /// Writes the devices in these states, or all, if there is none.
    ///
    /// # Errors
    ///
    /// If the journal cannot be read, or `out` cannot be written.
    pub fn write(
        &self,
        format: ReportFormat,
        states: &[StateName],
        out: &mut dyn Write,
    ) -> Result<(), ReportError> {
        match format {
            ReportFormat::Csv => self.write_csv(states, out),
            ReportFormat::Json => self.write_json(states, out),
            ReportFormat::Ndjson => {
                for row in self.rows(states) {
                    serde_json::to_writer(&mut *out, &row?).map_err(io::Error::from)?;
                    out.write_all(b"\n")?;
                }
                Ok(out.flush()?)
            }
        }
    }

    fn write_csv(&self, states: &[StateName], out: &mut dyn Write) -> Result<(), ReportError> {
        let mut table = csv::Writer::from_writer(out);
        table.write_record(HEADER).map_err(io_error)?;
        for row in self.rows(states) {
            table.write_record(cells(&row?)).map_err(io_error)?;
        }
        Ok(table.flush()?)
    }

    fn write_json(&self, states: &[StateName], out: &mut dyn Write) -> Result<(), ReportError> {
        #[derive(Serialize)]
        struct Head {
            #[serde(flatten)]
            summary: super::Summary,
            unasked: Vec<it_access::UnaskedResult>,
        }
        let head = Head { summary: self.summary()?, unasked: self.unasked()? };
        let head = serde_json::to_string(&head).map_err(io::Error::from)?;
        // The devices are written as they are read, so that they are added to the object by hand.
        write!(out, "{},\"devices\":[", head.strip_suffix('}').unwrap_or(&head))?;
        for (index, row) in self.rows(states).enumerate() {
            out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &row?).map_err(io::Error::from)?;
        }
        out.write_all(b"\n]}\n")?;
        Ok(out.flush()?)
    }
}

/// The error below that of the table, whose kind says whether anybody still reads.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

const HEADER: [&str; 8] =
    ["line", "id", "state", "code", "http_status", "request", "time", "reason"];

fn cells(row: &Row) -> [String; 8] {
    let code = match row.state {
        it_access::DeviceState::Reported(status) => status.code().to_string(),
        _ => String::new(),
    };
    [
        row.line.to_string(),
        row.id.clone(),
        StateName::from(row.state).to_string(),
        code,
        row.http_status.map(|it| it.to_string()).unwrap_or_default(),
        row.request.map(|it| it.to_string()).unwrap_or_default(),
        row.time.map(timestamp::text).unwrap_or_default(),
        row.reason.clone().unwrap_or_default(),
    ]
}

impl FromStr for ReportFormat {
    type Err = UnknownReportFormat;

    fn from_str(name: &str) -> Result<Self, UnknownReportFormat> {
        [Self::Csv, Self::Json, Self::Ndjson]
            .into_iter()
            .find(|format| format.to_string() == name)
            .ok_or_else(|| UnknownReportFormat(name.to_owned()))
    }
}

impl fmt::Display for ReportFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
        })
    }
}
