//! What is said to a person, on standard error.

use std::{
    fmt::Display,
    io::{self, Write},
};

/// Says a line. Where standard error is closed nobody listens, which is no reason to fail: results and exit status come
/// all the same.
pub(crate) fn say(line: impl Display) {
    let _ = writeln!(io::stderr(), "{line}");
}
