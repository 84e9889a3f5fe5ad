//! Lists of what the simulated service assumes, and of what it can be told to do wrong.

use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table, presets};
use it_access_sim::{ASSUMPTIONS, FAULTS};

/// Shows which behaviour is documented, which is our reading, and which flags change it.
pub(super) fn show_assumptions() -> io::Result<()> {
    let rows = ASSUMPTIONS.iter().map(|assumption| {
        [
            assumption.topic.to_owned(),
            assumption.basis.to_string(),
            assumption.behaviour.to_owned(),
            assumption.flags.join(" "),
        ]
    });
    show(["TOPIC", "BASIS", "WHAT IT DOES", "CHANGED BY"], rows)
}

/// Shows the faults.
pub(super) fn show_faults() -> io::Result<()> {
    let rows = FAULTS.iter().map(|fault| [fault.example.to_owned(), fault.effect.to_owned()]);
    show(["FAULT", "WHAT GOES WRONG"], rows)?;
    writeln!(
        io::stdout(),
        "\nA fault strikes every request that would be carried out. With p=0.1 it strikes by chance, with nth=3 only\n\
         the third, with next=3 the next three; with at=token it strikes requests for a token: NAME:KEY=VALUE,KEY=VALUE"
    )
}

fn show<const N: usize>(
    headings: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(headings).add_rows(rows);
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let mut out = io::stdout().lock();
    writeln!(out, "{}", table.trim_fmt())?;
    out.flush()
}
