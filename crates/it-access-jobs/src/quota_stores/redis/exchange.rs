//! The one script that is run on the server.

use std::{sync::LazyLock, time::Duration};

use redis::{Connection, RedisResult, Script};

use crate::quota_stores::timeline::Reading;

static SCRIPT: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("exchange.lua")));

/// What is to be written.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewBook<'a> {
    /// The edition that it takes the place of; empty if there was none.
    pub(super) replaces: &'a str,
    pub(super) book: &'a str,
    pub(super) vanishes_after: Duration,
}

/// What the server holds, and when.
#[derive(Debug)]
pub(super) struct Held {
    /// Whether what was to be written has been written. Then this is what was held before.
    pub(super) is_written: bool,
    /// Empty, if there is no book. Another one with each book that is written.
    pub(super) edition: String,
    pub(super) book: String,
    pub(super) reading: Reading,
    /// How long the server has been running, at least.
    pub(super) uptime: Duration,
}

/// Reads what the server holds, and writes a book, if one is given and nobody else has written one in between.
pub(super) fn exchange(
    connection: &mut Connection,
    key: &str,
    new: Option<NewBook<'_>>,
) -> RedisResult<Held> {
    let mut call = SCRIPT.key(key);
    match new {
        None => call.arg("").arg("").arg("").arg(0),
        Some(NewBook { replaces, book, vanishes_after }) => {
            let edition = format!("{:016x}", fastrand::u64(..));
            let millis = u64::try_from(vanishes_after.as_millis()).unwrap_or(u64::MAX);
            call.arg(replaces).arg(edition).arg(book).arg(millis)
        }
    };
    type Reply = (u32, String, String, u64, u64, String, u64);
    let (is_written, edition, book, seconds, micros, run_id, uptime): Reply =
        call.invoke(connection)?;
    let shows = Duration::from_secs(seconds).saturating_add(Duration::from_micros(micros));
    Ok(Held {
        is_written: is_written == 1,
        edition,
        book,
        reading: Reading { clock: run_id, shows },
        // It counts whole seconds of the time of day.
        uptime: Duration::from_secs(uptime.saturating_sub(1)),
    })
}
