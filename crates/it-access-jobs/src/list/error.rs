//! Why a list is not used.

use std::{error, fmt, io};

use super::{BadLine, bad_lines::BadLines};

/// Why a list is not used. Nothing of it is then.
#[derive(Debug)]
pub struct ListError {
    name: String,
    problem: Problem,
}

#[derive(Debug)]
pub(super) enum Problem {
    /// It cannot be opened, or not be read to its end.
    Unreadable(io::Error),
    /// Nothing says what is in it.
    Format,
    /// It is in another encoding.
    Utf16,
    /// It stops being what it is here.
    Syntax { line: u64, reason: String },
    /// It is not clear where the devices are named, or it is not laid out as was said.
    Layout(String),
    /// Some lines name no device.
    BadLines(BadLines),
    /// No line does.
    Empty,
}

impl ListError {
    pub(super) fn new(name: String, problem: Problem) -> Self {
        Self { name, problem }
    }

    /// The first lines that name no device: at most 20.
    #[must_use]
    pub fn bad_lines(&self) -> &[BadLine] {
        match &self.problem {
            Problem::BadLines(lines) => lines.first(),
            _ => &[],
        }
    }

    /// How many lines name no device.
    #[must_use]
    pub fn bad_line_count(&self) -> usize {
        match &self.problem {
            Problem::BadLines(lines) => lines.count(),
            _ => 0,
        }
    }
}

impl Problem {
    /// What was said of a table is no use in this format.
    pub(super) fn no_table(part: impl fmt::Display, format: &str) -> Self {
        Self::Layout(format!(
            "has no {part}, because it is read as {format}; say csv if it is a table"
        ))
    }
}

impl From<io::Error> for Problem {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match &self.problem {
            Problem::Unreadable(_) => {
                write!(f, "{name} cannot be read; check its name, and the rights to it")
            }
            Problem::Format => write!(
                f,
                "the name of {name} does not say what is in it; say csv, text, json or ndjson"
            ),
            Problem::Utf16 => write!(f, "{name} is in UTF-16; save it as UTF-8"),
            Problem::Syntax { line, reason } => write!(f, "{name}, line {line}: {reason}"),
            Problem::Layout(reason) => write!(f, "{name} {reason}"),
            Problem::BadLines(lines) => {
                let count = match lines.count() {
                    1 => "one bad line".to_owned(),
                    count => format!("{count} bad lines"),
                };
                write!(f, "{name} has {count}, so that nothing of it is used:{lines}")
            }
            Problem::Empty => write!(f, "{name} names no device"),
        }
    }
}

impl error::Error for ListError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match &self.problem {
            Problem::Unreadable(error) => Some(error),
            _ => None,
        }
    }
}
