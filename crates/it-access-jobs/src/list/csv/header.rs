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
        let usual = usual_column(&names, kind);
        let (column, is_there) = match (&layout.column, layout.has_header) {
            (Some(Column::Name(name)), Some(false)) => {
                return Err(Problem::Column(format!(
                    "has no header, so that no column can be called {name:?}; say its number"
                )));
            }
            (Some(Column::Name(name)), _) => (named(&names, name)?, true),
            (Some(Column::Number(number)), has_header) => {
                let column = number.get() - 1;
                let Some(name) = names.get(column) else {
                    return Err(Problem::Column(format!(
                        "has no column {number}; {}",
                        listed(&names)
                    )));
                };
                (column, is_header(has_header, usual.is_some(), name, kind)?)
            }
            (None, None | Some(true)) if usual.is_some() => (usual.unwrap_or_default(), true),
            (None, has_header) => match names.as_slice() {
                [only] => (0, is_header(has_header, false, only, kind)?),
                _ => {
                    return Err(Problem::Column(format!(
                        "does not show which column names the device; say its name or number; {}",
                        listed(&names)
                    )));
                }
            },
        };
        Ok(Self { column, columns, is_there })
    }
}

fn is_header(
    said: Option<bool>,
    has_usual_name: bool,
    cell: &str,
    kind: IdKind,
) -> Result<bool, Problem> {
    let is_address = kind == IdKind::MacAddresses && cell.parse::<MacAddress>().is_ok();
    match said {
        Some(said) => Ok(said),
        None if has_usual_name => Ok(true),
        None if is_address => Ok(false),
        None => Err(Problem::Column(format!(
            "does not show whether its first line is a header ({cell:?}); say so"
        ))),
    }
}

fn usual_column(names: &[String], kind: IdKind) -> Option<usize> {
    let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    kind.usual_columns().iter().find_map(|usual| names.iter().position(|name| name == usual))
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
        [] => Err(Problem::Column(format!("has no column {wanted:?}; {}", listed(names)))),
        _ => Err(Problem::Column(format!(
            "has several columns {wanted:?}; say the number of the right one; {}",
            listed(names)
        ))),
    }
}

fn positions(names: &[String], matches: impl Fn(&str) -> bool) -> Vec<usize> {
    (0..names.len()).filter(|index| matches(names[*index].trim())).collect()
}

fn listed(names: &[String]) -> String {
    let names: Vec<String> =
        (1..).zip(names).map(|(number, name)| format!("{number} {name:?}")).collect();
    format!("its first line has {}", names.join(", "))
}
