//! Results for spreadsheets.

use std::io::{self, Write};

use it_access::{BulkReport, DeviceReport};
use serde::Serialize;

/// The columns have the names and values of the JSON form.
#[derive(Serialize)]
struct Row {
    id: String,
    state: serde_json::Value,
    code: serde_json::Value,
}

pub(super) fn write(report: &BulkReport, out: impl Write) -> io::Result<()> {
    let mut writer = ::csv::Writer::from_writer(out);
    for DeviceReport { id, state } in report.devices() {
        let mut state = serde_json::to_value(state)?;
        let row =
            Row { id: id.to_string(), state: state["state"].take(), code: state["code"].take() };
        writer.serialize(row).map_err(io::Error::from)?;
    }
    writer.flush()
}
