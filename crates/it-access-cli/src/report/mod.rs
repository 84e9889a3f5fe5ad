//! The results on standard output, in the form that was asked for.

mod json;
mod table;

use std::io::{self, Write};

use crate::{act::ActReport, arguments::Format};

pub(crate) fn write(format: Format, report: &ActReport, out: &mut impl Write) -> io::Result<()> {
    match format {
        Format::Table => writeln!(out, "{}", table::table(&report.devices)),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &json::Report::from(report))?;
            writeln!(out)
        }
    }
}
