//! Lists of devices: CSV, text, JSON and NDJSON, read as a stream and checked to the end.

mod bad_lines;
mod column;
mod csv;
mod element;
mod error;
mod format;
mod json;
mod lines;
mod ndjson;
mod start;
mod text;

use std::{
    fmt,
    fs::File,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
};

pub(crate) use self::lines::Lines;
pub use self::{
    bad_lines::BadLine,
    column::{Column, InvalidColumn},
    error::ListError,
    format::{ListFormat, UnknownFormat},
};

use self::{bad_lines::BadLines, error::Problem};
use crate::IdKind;

/// A list of devices, and how to read it.
///
/// Nothing is read before it is used. Then all of it is: one bad line, and none of it is used.
///
/// ```
/// use it_access::DeviceAction;
/// use it_access_jobs::{Column, IdKind, List, ListFormat, Plan};
///
/// let csv = "name;serial\nlobby;device123\nlab;device456\n";
/// let list = List::reading("standard input", csv.as_bytes())
///     .format(ListFormat::Csv)
///     .column(Column::named("serial"));
/// let plan = Plan::builder(DeviceAction::Unexempt, IdKind::Hwids, list).build()?;
/// assert_eq!(plan.len(), 2);
/// # Ok::<(), it_access_jobs::PlanError>(())
/// ```
#[must_use]
pub struct List {
    name: String,
    source: Source,
    format: Option<ListFormat>,
    layout: Layout,
}

enum Source {
    File(PathBuf),
    Reader(Box<dyn BufRead>),
}

/// Where in an entry the device is named.
#[derive(Debug, Default)]
struct Layout {
    column: Option<Column>,
    has_header: Option<bool>,
    delimiter: Option<u8>,
}

impl List {
    /// A file. Its extension says the format, unless [`List::format`] does.
    pub fn file(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        Self::new(path.display().to_string(), Source::File(path.to_owned()))
    }

    /// Standard input: text, unless [`List::format`] says otherwise.
    pub fn standard_input() -> Self {
        Self::reading("standard input", BufReader::new(io::stdin()))
    }

    /// Anything that can be read, by a name for messages: text, unless [`List::format`] says otherwise.
    pub fn reading(name: impl Into<String>, input: impl BufRead + 'static) -> Self {
        Self::new(name.into(), Source::Reader(Box::new(input)))
    }

    fn new(name: String, source: Source) -> Self {
        Self { name, source, format: None, layout: Layout::default() }
    }

    /// Sets the format.
    pub fn format(mut self, format: ListFormat) -> Self {
        self.format = Some(format);
        self
    }

    /// Sets the column of a CSV file, or the key of JSON objects, that names the device. If not set, it is `hwid` or `mac`,
    /// or else `id`, or the only one.
    pub fn column(mut self, column: Column) -> Self {
        self.layout.column = Some(column);
        self
    }

    /// Sets whether the first line of a CSV file names the columns. If not set, it must show: by the name of the column,
    /// or by a MAC address.
    pub fn header(mut self, has_header: bool) -> Self {
        self.layout.has_header = Some(has_header);
        self
    }

    /// Sets what separates the columns of a CSV file: an ASCII character. If not set, it is the comma, semicolon or tab
    /// that is most frequent in the first line.
    pub fn delimiter(mut self, delimiter: u8) -> Self {
        self.layout.delimiter = Some(delimiter);
        self
    }

    /// What the list is called in messages: the path, for a file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Reads the list to its end, and tells of each device its line and its canonical name.
    ///
    /// # Errors
    ///
    /// If anything is wrong with any line; what was told is then not to be used.
    pub(crate) fn read(
        self,
        kind: IdKind,
        mut found: impl FnMut(u64, &str),
    ) -> Result<(), ListError> {
        let Self { name, source, format, layout } = self;
        let mut bad = BadLines::default();
        let mut devices = 0_u64;
        let mut entry = |line: u64, text: Result<&str, String>| {
            let id = text
                .and_then(short)
                .and_then(|text| kind.canonical(text).map_err(|invalid| invalid.to_string()));
            match id {
                Ok(id) => {
                    devices += 1;
                    found(line, &id);
                }
                Err(reason) => bad.add(line, reason),
            }
        };
        let read = source.open(format).and_then(|(input, format)| {
            let input = start::checked(input)?;
            match format {
                ListFormat::Csv => csv::read(input, &layout, kind, &mut entry),
                ListFormat::Text => text::read(input, &layout, kind, &mut entry),
                ListFormat::Json => json::read(input, &layout, kind, &mut entry),
                ListFormat::Ndjson => ndjson::read(input, &layout, kind, &mut entry),
            }
        });
        match read {
            Err(problem) => Err(ListError::new(name, problem)),
            Ok(()) if !bad.is_empty() => Err(ListError::new(name, Problem::BadLines(bad))),
            Ok(()) if devices == 0 => Err(ListError::new(name, Problem::Empty)),
            Ok(()) => Ok(()),
        }
    }
}

/// Longer than any name of a device, and short enough for a line of a plan, whatever the format.
const LONGEST_ID: usize = 1024 * 1024;

fn short(text: &str) -> Result<&str, String> {
    match text.len() > LONGEST_ID {
        true => Err(lines::too_long(LONGEST_ID)),
        false => Ok(text),
    }
}

impl Layout {
    /// Refuses what is said of the lines of a table, for a list in a format that has none.
    fn refuse_lines_of_a_table(&self, format: &str) -> Result<(), Problem> {
        if self.has_header == Some(true) {
            return Err(Problem::no_table("header", format));
        }
        match self.delimiter {
            Some(_) => Err(Problem::no_table("delimiter", format)),
            None => Ok(()),
        }
    }
}

impl Source {
    fn open(self, format: Option<ListFormat>) -> Result<(Box<dyn BufRead>, ListFormat), Problem> {
        match self {
            Self::Reader(input) => Ok((input, format.unwrap_or(ListFormat::Text))),
            Self::File(path) => {
                let format = match format {
                    Some(format) => format,
                    None => ListFormat::of(&path).ok_or(Problem::Format)?,
                };
                let file = File::open(&path).map_err(Problem::Unreadable)?;
                Ok((Box::new(BufReader::new(file)), format))
            }
        }
    }
}

impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("List")
            .field("name", &self.name)
            .field("format", &self.format)
            .field("layout", &self.layout)
            .finish_non_exhaustive()
    }
}

/// Is told every entry of a list: its line, and its text or what is wrong with it.
type Entry<'a> = dyn FnMut(u64, Result<&str, String>) + 'a;
