//! What is said to a person, on standard error.

use std::{
    fmt::Display,
    io::{self, Write},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use indicatif::ProgressBar;

static IS_QUIET: AtomicBool = AtomicBool::new(false);

/// The progress bar that stands on the terminal's last line, if there is one.
static BAR: Mutex<Option<ProgressBar>> = Mutex::new(None);

/// Says nothing any more but what is wrong: `--quiet`.
pub(crate) fn be_quiet() {
    IS_QUIET.store(true, Ordering::Relaxed);
}

/// Says a line, unless only what is wrong is to be said.
pub(crate) fn say(line: impl Display) {
    if !IS_QUIET.load(Ordering::Relaxed) {
        warn(line);
    }
}

/// Says how many devices were named again, if any were.
pub(crate) fn say_duplicates(count: usize) {
    match count {
        0 => {}
        1 => say("1 duplicate left out"),
        _ => say(format_args!("{count} duplicates left out")),
    }
}

/// Says a line that must be heard. Where standard error is closed nobody listens, which is no reason to fail: results and
/// exit status come all the same.
pub(crate) fn warn(line: impl Display) {
    let say = || {
        let _ = writeln!(io::stderr(), "{line}");
    };
    match &*BAR.lock().unwrap_or_else(PoisonError::into_inner) {
        Some(bar) => bar.suspend(say),
        None => say(),
    }
}

/// From now on says lines above this bar.
pub(crate) fn speak_above(bar: &ProgressBar) {
    *BAR.lock().unwrap_or_else(PoisonError::into_inner) = Some(bar.clone());
}

/// From now on there is no bar.
pub(crate) fn speak_alone() {
    *BAR.lock().unwrap_or_else(PoisonError::into_inner) = None;
}
