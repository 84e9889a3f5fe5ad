//! How many devices are in which state, for people.

use comfy_table::{CellAlignment, Table, presets};
use it_access::Counts;

use crate::color;

/// One row per state in which there are devices.
pub(crate) fn table(counts: &Counts) -> String {
    let Counts { applied, failed, not_supported, other, unreported, unknown, unprocessed, .. } =
        *counts;
    let states = [
        ("applied", applied),
        ("failed", failed),
        ("not supported", not_supported),
        ("other", other),
        ("unreported", unreported),
        ("unknown", unknown),
        ("unprocessed", unprocessed),
        ("total", counts.total()),
    ];
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    if !color::is_allowed() {
        table.force_no_tty();
    }
    table.set_header(["STATE", "DEVICES"].map(super::bold));
    for (state, devices) in states.into_iter().filter(|(_, devices)| *devices > 0) {
        table.add_row([state.to_owned(), devices.to_string()]);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    if let Some(devices) = table.column_mut(1) {
        devices.set_cell_alignment(CellAlignment::Right);
    }
    table.trim_fmt()
}
