//! What `-v` shows, on standard error.

use std::io;

use tracing_subscriber::filter::LevelFilter;

/// Starts logging: warnings; with `-v` what is done; with `-vv` everything that all crates say.
pub(crate) fn start(verbose: u8) {
    let level = match verbose {
        0 => LevelFilter::WARN,
        1 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    tracing_subscriber::fmt().with_max_level(level).with_writer(io::stderr).without_time().init();
}
