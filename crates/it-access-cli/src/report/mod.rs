//! The results on standard output, in the form that was asked for.

mod csv;
mod json;
pub(crate) mod states;
mod table;

use std::io::{self, Write};

use comfy_table::{Attribute, Cell};
use it_access::{BulkReport, StopReason};

use crate::arguments::Format;

/// What became of the devices, and what stopped the run, if anything did.
pub(crate) struct Results {
    pub(crate) devices: BulkReport,
    pub(crate) stopped_by: Option<StopReason>,
}

pub(crate) fn write(format: Format, results: &Results, out: &mut impl Write) -> io::Result<()> {
    match format {
        Format::Table => writeln!(out, "{}", table::table(&results.devices))?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &json::Report::from(results))?;
            writeln!(out)?;
        }
        Format::Ndjson => {
            for device in results.devices.devices() {
                serde_json::to_writer(&mut *out, device)?;
                writeln!(out)?;
            }
        }
        Format::Csv => csv::write(&results.devices, &mut *out)?,
    }
    out.flush()
}

/// The name of a column.
fn bold(name: &str) -> Cell {
    Cell::new(name).add_attribute(Attribute::Bold)
}
