//! The first line of a table: whether it names the columns, and which of them names the device.

use ::csv::ByteRecord;
use it_access::MacAddress;

use super::super::{Column, Layout, column::plain, error::Problem};
use crate::IdKind;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// The column of the devices, from 0.
    pub(super) column: usize,
    /// How many there are.
    pub(super) columns: usize,
    /// Whether the first line is a header, and names no device.
    pub(super) is_there: bool,
}

impl Header {
    /// Understands the first line. Nothing is guessed: to take a device for a header would lose it.
    pub(super) fn of(first: &ByteRecord, layout: &Layout, kind: IdKind) -> Result<Self, Problem> {
        let names: Vec<String> =
            first.iter().map(|it| String::from_utf8_lossy(it).into()).collect();
        let columns = names.len();
        let (column, is_there) = match (&layout.column, layout.has_header) {
            (Some(Column::Name(name)), Some(false)) => {
                return Err(Problem::Layout(format!(
                    "has no header, so that no column can be called {name:?}; say its number"
                )));
            }
            (Some(Column::Name(name)), _) => (named(&names, name)?, true),
            (Some(Column::Number(number)), has_header) => {
                let column = number.get() - 1;
                let Some(name) = names.get(column) else {
                    return Err(Problem::Layout(format!(
                        "has no column {number}; {}",
                        listed(&names)
                    )));
                };
                (column, is_header(has_header, name, kind)?)
            }
            (None, has_header) => match (usual_column(&names, kind, has_header)?, &*names) {
                (Some(column), _) => (column, true),
                (None, [only]) => (0, is_header(has_header, only, kind)?),
                _ => {
                    return Err(Problem::Layout(format!(
                        "does not show which column names the device; say its name or number; {}",
                        listed(&names)
                    )));
                }
            },
        };
        Ok(Self { column, columns, is_there })
    }
}

/// Whether the first line is a header, by the cell of the column that names the device. The others tell nothing: what looks
/// like the name of a column may be the kind of a computer.
fn is_header(said: Option<bool>, cell: &str, kind: IdKind) -> Result<bool, Problem> {
    match said {
        Some(said) => Ok(said),
        None if is_address(cell, kind) => Ok(false),
        None if kind.usual_columns().contains(&&*plain(cell)) => Ok(true),
        None => Err(Problem::Layout(format!(
            "does not show whether its first line is a header ({cell:?}); say header or no header"
        ))),
    }
}

fn is_address(cell: &str, kind: IdKind) -> bool {
    kind == IdKind::MacAddresses && cell.parse::<MacAddress>().is_ok()
}

/// The column that has one of the usual names, if the first line may be a header.
fn usual_column(
    names: &[String],
    kind: IdKind,
    has_header: Option<bool>,
) -> Result<Option<usize>, Problem> {
    let has_address = names.iter().any(|name| is_address(name, kind));
    if !has_header.unwrap_or(!has_address) {
        return Ok(None);
    }
    let of_name = |usual: &&str| positions(names, |name| plain(name) == *usual);
    let found = kind.usual_columns().iter().map(of_name).find(|found| !found.is_empty());
    match found.unwrap_or_default().as_slice() {
        [first, _, ..] => Err(several(names, &names[*first])),
        found => Ok(found.first().copied()),
    }
}

/// The column of this name: as it is written, or else in another case.
fn named(names: &[String], wanted: &str) -> Result<usize, Problem> {
    let exact = positions(names, |name| name == wanted);
    let found = match exact.is_empty() {
        false => exact,
        true => positions(names, |name| name.to_lowercase() == wanted.to_lowercase()),
    };
    match found.as_slice() {
        [column] => Ok(*column),
        [] => Err(Problem::Layout(format!("has no column {wanted:?}; {}", listed(names)))),
        _ => Err(several(names, wanted)),
    }
}

fn several(names: &[String], name: &str) -> Problem {
    Problem::Layout(format!(
        "has several columns {name:?}; say the number of the right one; {}",
        listed(names)
    ))
}

fn positions(names: &[String], matches: impl Fn(&str) -> bool) -> Vec<usize> {
    (0..names.len()).filter(|index| matches(names[*index].trim())).collect()
}

fn listed(names: &[String]) -> String {
    let names: Vec<String> =
        (1..).zip(names).map(|(number, name)| format!("{number} {name:?}")).collect();
    format!("its first line has {}", names.join(", "))
}
