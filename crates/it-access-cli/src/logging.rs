//! What `-v` shows, on standard error.

use std::io::{self, IsTerminal};

use tracing_subscriber::{
    filter::{LevelFilter, Targets},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use crate::color;

/// Starts logging: warnings; with `-v` what this program does; with `-vv` everything that all crates say.
pub(crate) fn start(verbose: u8) {
    let shown = Targets::new().with_default(LevelFilter::WARN);
    let shown = match verbose {
        0 => shown,
        // The crates of this project, all of which begin so.
        1 => shown.with_target("it_access", LevelFilter::DEBUG),
        _ => shown.with_default(LevelFilter::TRACE),
    };
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal() && color::is_allowed())
        .without_time()
        // It would panic where standard error is closed.
        .log_internal_errors(false);
    tracing_subscriber::registry().with(lines).with(shown).init();
}
