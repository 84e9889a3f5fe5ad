//! What is said while something long runs.

use std::{
    fmt::Display,
    io::{self, Write},
};

/// Says how far it has come, on standard error. Whoever does not listen misses nothing.
pub(crate) fn progress(line: impl Display) {
    let _ = writeln!(io::stderr(), "{line}");
}
