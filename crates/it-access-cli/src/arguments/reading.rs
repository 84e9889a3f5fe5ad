//! How a list of devices is read, and what of it is left out.

use std::path::{Path, PathBuf};

use clap::Args;
use it_access_jobs::{Column, List, ListFormat};

/// How a list of devices is read, and what of it is left out.
#[derive(Args)]
#[command(next_help_heading = "List of devices")]
pub(crate) struct Reading {
    /// The column or key that names the device, or its number from 1 [default: hwid, mac or id, or the only one]
    #[arg(long, value_name = "NAME|N")]
    column: Option<Column>,

    /// How the list is written: csv, text, json or ndjson [default: as its name says; text on standard input]
    #[arg(long, value_name = "FORMAT")]
    list_format: Option<ListFormat>,

    /// What separates the columns of a CSV file [default: the most frequent of comma, semicolon and tab]
    #[arg(long, value_name = "CHARACTER", value_parser = delimiter)]
    delimiter: Option<u8>,

    /// The first line of a CSV file is a header
    #[arg(long, conflicts_with = "no_header")]
    header: bool,

    /// The first line of a CSV file is a device already
    #[arg(long)]
    no_header: bool,

    /// Leave out the devices of this list, read by the same --column; repeat it for more
    #[arg(long, value_name = "FILE")]
    pub(crate) protect: Vec<PathBuf>,

    /// Refuse the list if it has more devices than this
    #[arg(long, value_name = "N")]
    pub(crate) max_devices: Option<usize>,
}

impl Reading {
    /// The list in a file, of which `-` is standard input.
    pub(crate) fn list(&self, path: &Path) -> List {
        let list = match path == Path::new("-") {
            true => List::standard_input(),
            false => List::file(path),
        };
        let mut list = self.in_column(list);
        if let Some(format) = self.list_format {
            list = list.format(format);
        }
        self.as_table(list)
    }

    /// A list of devices to leave out. It is read by the same column as the other list: by another it would be a list of other
    /// names, and protect nothing. What its own name says of its format goes first.
    pub(crate) fn protected_list(&self, path: &Path) -> List {
        let list = List::file(path);
        let Some(format) = ListFormat::of(path).or(self.list_format) else { return list };
        let list = list.format(format);
        match format {
            ListFormat::Text => list,
            ListFormat::Csv => self.as_table(self.in_column(list)),
            ListFormat::Json | ListFormat::Ndjson => self.in_column(list),
        }
    }

    fn in_column(&self, list: List) -> List {
        match &self.column {
            Some(column) => list.column(column.clone()),
            None => list,
        }
    }

    fn as_table(&self, mut list: List) -> List {
        if let Some(delimiter) = self.delimiter {
            list = list.delimiter(delimiter);
        }
        if self.header || self.no_header {
            list = list.header(self.header);
        }
        list
    }

    /// What of it was said, though there is no list.
    pub(super) fn given(&self) -> [(&'static str, bool); 7] {
        [
            ("--column <NAME|N>", self.column.is_some()),
            ("--list-format <FORMAT>", self.list_format.is_some()),
            ("--delimiter <CHARACTER>", self.delimiter.is_some()),
            ("--header", self.header),
            ("--no-header", self.no_header),
            ("--protect <FILE>", !self.protect.is_empty()),
            ("--max-devices <N>", self.max_devices.is_some()),
        ]
    }
}

fn delimiter(text: &str) -> Result<u8, &'static str> {
    match text.as_bytes() {
        b"\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii() => Ok(*byte),
        _ => Err("write one ASCII character, or \\t for a tab"),
    }
}
