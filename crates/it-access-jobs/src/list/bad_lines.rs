//! What is wrong with a list: the first lines in full, all of them counted.

use std::fmt;

/// As many are kept; all are counted.
const MOST_KEPT: usize = 20;

/// A line that names no device, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct BadLine {
    /// The number of the line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

#[derive(Debug, Default)]
pub(super) struct BadLines {
    first: Vec<BadLine>,
    count: usize,
}

impl BadLines {
    pub(super) fn add(&mut self, line: u64, reason: String) {
        self.count += 1;
        if self.first.len() < MOST_KEPT {
            self.first.push(BadLine { line, reason });
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn first(&self) -> &[BadLine] {
        &self.first
    }
}

impl fmt::Display for BadLines {
    /// One line each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for BadLine { line, reason } in &self.first {
            write!(f, "\n  line {line}: {reason}")?;
        }
        match self.count - self.first.len() {
            0 => Ok(()),
            more => write!(f, "\n  and {more} more"),
        }
    }
}
