//! Headers that any answer may have, and that say something of time.

use std::time::{Duration, SystemTime};

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// When the answer was written, by its own clock.
pub(crate) fn date(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(DATE)?.to_str().ok()?).ok()
}

/// How long to wait before another request: `Retry-After` in seconds or, held against `clock`, as a date.
pub(crate) fn retry_after(headers: &HeaderMap, clock: SystemTime) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    match text.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => {
            Some(httpdate::parse_http_date(text).ok()?.duration_since(clock).unwrap_or_default())
        }
    }
}
