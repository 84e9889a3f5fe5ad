//! Lists as tables: values with a comma, semicolon or tab between them.

mod header;
mod quotes;
mod tidy;

use std::io::{BufRead, Cursor, Read};

use ::csv::{ByteRecord, ReaderBuilder};

use self::{header::Header, tidy::Tidy};
use super::{Entry, Layout, error::Problem, text::LONGEST_LINE};
use crate::IdKind;

pub(super) fn read(
    mut input: impl BufRead,
    layout: &Layout,
    kind: IdKind,
    entry: &mut Entry<'_>,
) -> Result<(), Problem> {
    if let Some(delimiter @ (b'\n' | b'\r' | b'"')) = layout.delimiter {
        let delimiter = char::from(delimiter);
        return Err(Problem::Layout(format!(
            "cannot have {delimiter:?} between its columns, which has another meaning there; say another delimiter"
        )));
    }
    let start = first_line(&mut input)?;
    let delimiter = layout.delimiter.unwrap_or_else(|| likely_delimiter(&start));
    let input = Tidy::new(Cursor::new(start).chain(input), delimiter);
    let quotes = input.quotes();
    let mut table = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(input);

    let mut record = ByteRecord::new();
    let Some(mut line) = next(&mut table, &mut record)? else { return Ok(()) };
    let Header { column, columns, is_there } = Header::of(&record, layout, kind)?;
    let mut is_left = !is_there || advance(&mut table, &mut record, &mut line)?;
    while is_left {
        entry(line, cell(&record, column, columns).and_then(|cell| whole(cell, columns, layout)));
        is_left = advance(&mut table, &mut record, &mut line)?;
    }
    match quotes.get().problem() {
        Some((line, reason)) => Err(Problem::Syntax { line, reason: reason.to_owned() }),
        None => Ok(()),
    }
}

type Table<R> = ::csv::Reader<R>;

fn advance<R: Read>(
    table: &mut Table<R>,
    record: &mut ByteRecord,
    line: &mut u64,
) -> Result<bool, Problem> {
    Ok(next(table, record)?.map(|next| *line = next).is_some())
}

/// Reads the next record, and says on which line it begins.
fn next<R: Read>(table: &mut Table<R>, record: &mut ByteRecord) -> Result<Option<u64>, Problem> {
    match table.read_byte_record(record) {
        Ok(true) => {
            let inside = record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
            Ok(Some((table.position().line() - inside).saturating_sub(1).max(1)))
        }
        Ok(false) => Ok(None),
        Err(error) => Err(match error.into_kind() {
            ::csv::ErrorKind::Io(error) => Problem::Unreadable(error),
            other => Problem::Syntax { line: 0, reason: format!("{other:?}") },
        }),
    }
}

/// The device of a record. One with a cell more or less than the first is bad: its cells may be shifted, and the device
/// be another.
fn cell(record: &ByteRecord, column: usize, columns: usize) -> Result<&str, String> {
    if record.len() != columns {
        let cells = if record.len() == 1 { "cell" } else { "cells" };
        return Err(format!("has {} {cells}, where the first line has {columns}", record.len()));
    }
    str::from_utf8(&record[column]).map_err(|_| "is not in UTF-8".to_owned())
}

/// Refuses what another separator may divide: of a table of one column nobody has said, and no header shows, which it has.
fn whole<'a>(cell: &'a str, columns: usize, layout: &Layout) -> Result<&'a str, String> {
    match columns == 1 && layout.delimiter.is_none() && cell.contains([';', '\t']) {
        true => Err(format!("{cell:?} may be several cells; say the delimiter")),
        false => Ok(cell),
    }
}

/// The first line that is not blank, with those before it.
fn first_line(input: &mut impl BufRead) -> Result<Vec<u8>, Problem> {
    let mut start = Vec::new();
    while start.trim_ascii().is_empty() && start.len() < LONGEST_LINE {
        if input.by_ref().take(LONGEST_LINE as u64).read_until(b'\n', &mut start)? == 0 {
            break;
        }
    }
    Ok(start)
}

/// The separator that is most frequent outside quotes; a comma, if there is none.
fn likely_delimiter(line: &[u8]) -> u8 {
    let mut is_quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in line {
        is_quoted ^= *byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(it, _)| it == byte && !is_quoted) {
            *count += 1;
        }
    }
    let [comma, others @ ..] = counts;
    others.into_iter().fold(comma, |best, it| if it.1 > best.1 { it } else { best }).0
}
