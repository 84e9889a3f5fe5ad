//! What is said to a person, on standard error.

use std::{
    fmt::Display,
    io::{self, Write},
    sync::atomic::{AtomicBool, Ordering},
};

static IS_QUIET: AtomicBool = AtomicBool::new(false);

/// Says nothing any more but what is wrong: `--quiet`.
pub(crate) fn be_quiet() {
    IS_QUIET.store(true, Ordering::Relaxed);
}

pub(crate) fn is_quiet() -> bool {
    IS_QUIET.load(Ordering::Relaxed)
}

/// Says a line, unless only what is wrong is to be said.
pub(crate) fn say(line: impl Display) {
    if !is_quiet() {
        warn(line);
    }
}

/// Says a line that must be heard. Where standard error is closed nobody listens, which is no reason to fail: results and
/// exit status come all the same.
pub(crate) fn warn(line: impl Display) {
    let _ = writeln!(io::stderr(), "{line}");
}
