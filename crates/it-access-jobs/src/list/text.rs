//! Lists with one device a line.

use std::io::BufRead;

use super::{Entry, Layout, Lines, column, error::Problem};
use crate::IdKind;

/// In messages.
const FORMAT: &str = "text";

/// Longer than any name of a device.
pub(super) const LONGEST_LINE: usize = 64 * 1024;

pub(super) fn read(
    input: impl BufRead,
    layout: &Layout,
    kind: IdKind,
    entry: &mut Entry<'_>,
) -> Result<(), Problem> {
    if let Some(column) = &layout.column {
        return Err(Problem::no_table(format_args!("column {column}"), FORMAT));
    }
    layout.refuse_lines_of_a_table(FORMAT)?;
    let mut lines = Lines::new(input, LONGEST_LINE);
    let mut is_first = true;
    while let Some(line) = lines.next()? {
        match line.text {
            Ok(text) => {
                let text = text.strip_suffix('\r').unwrap_or(text);
                if text.trim().is_empty() || text.starts_with('#') {
                    continue;
                }
                let is_header = is_first && kind.usual_columns().contains(&&*column::plain(text));
                is_first = false;
                entry(line.number, if is_header { Err(header(text)) } else { plain(text) });
            }
            Err(reason) => entry(line.number, Err(reason)),
        }
    }
    Ok(())
}

/// Refuses what somebody has saved in another format: an HWID can be any text, so that nothing else would notice.
fn plain(text: &str) -> Result<&str, String> {
    if text.starts_with(['{', '[', '"']) {
        return Err(format!("{} is JSON; say json or ndjson", shown(text)));
    }
    if text.contains([',', ';', '\t']) {
        return Err(format!("{} has several columns; say csv", shown(text)));
    }
    if text.trim().contains("  ") {
        let text = shown(text);
        return Err(format!("{text} has spaces like a table for people; save that as csv"));
    }
    Ok(text)
}

/// Refuses what is the name of a column, and no device most likely.
fn header(text: &str) -> String {
    format!("{} looks like a header; remove it, or say csv", shown(text))
}

fn shown(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        None => format!("{text:?}"),
        Some((end, _)) => format!("{:?}…", &text[..end]),
    }
}
