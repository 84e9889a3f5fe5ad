//! Results for people.

use comfy_table::{Cell, Color, Table, presets};
use it_access::{ActionStatus, BulkReport, DeviceReport, DeviceState};

use crate::color;

/// One row per device. Coloured at a terminal only, and not where NO_COLOR is set.
pub(super) fn table(report: &BulkReport) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    if !color::is_allowed() {
        table.force_no_tty();
    }
    table.set_header(["DEVICE", "RESULT"].map(super::bold));
    for DeviceReport { id, state } in report.devices() {
        table.add_row([Cell::new(id), Cell::new(state).fg(color_of(*state))]);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.trim_fmt()
}

fn color_of(state: DeviceState) -> Color {
    match state {
        DeviceState::Reported(ActionStatus::Applied) => Color::Green,
        DeviceState::Reported(ActionStatus::Failed) => Color::Red,
        DeviceState::Reported(ActionStatus::NotSupported) => Color::DarkGrey,
        DeviceState::Reported(ActionStatus::Other(_)) => Color::Yellow,
        DeviceState::Unreported | DeviceState::Unknown => Color::Yellow,
        DeviceState::Unprocessed => Color::DarkGrey,
    }
}
