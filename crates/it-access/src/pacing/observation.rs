//! What an answer says of the quota.

use std::{
    ops::RangeInclusive,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use it_access_api::headers::DeviceAction as RateLimitHeaders;
use reqwest::{StatusCode, header::HeaderMap};

use crate::answer_headers::{date, retry_after};

/// The longest `Retry-After` that is believed: an hour.
pub const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60 * 60);

/// What a header in whole seconds may be off by: nobody says whether it is rounded up or down.
pub(crate) const ROUNDING: Duration = Duration::from_secs(1);

/// What an answer says of the quota. Whatever it leaves out, or says in no sensible way, is `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Observation {
    /// The status of the answer.
    pub status: StatusCode,
    /// The account's limit in one window (`X-RateLimit-Limit`).
    pub limit: Option<u32>,
    /// How many requests are left in the current window (`X-RateLimit-Remaining`).
    pub remaining: Option<u32>,
    /// How long until the limit is reset, from the answer on; at most a day (`X-RateLimit-Reset-Time`).
    pub reset_in: Option<Duration>,
    /// Between which times the reset truly lies, counted from when the service wrote the answer. `None` if that depends
    /// on this machine's clock, which may be wrong.
    pub reset_between: Option<RangeInclusive<Duration>>,
    /// How long to wait before another request; at most [`LONGEST_RETRY_AFTER`] (`Retry-After`).
    pub retry_after: Option<Duration>,
}

impl Observation {
    /// An answer that says nothing but its status.
    #[must_use]
    pub fn new(status: StatusCode) -> Self {
        Self {
            status,
            limit: None,
            remaining: None,
            reset_in: None,
            reset_between: None,
            retry_after: None,
        }
    }

    /// Reads the headers of an answer that came at `now`, by this machine's clock, under a quota of this `window`.
    ///
    /// The vendor does not say what `X-RateLimit-Reset-Time` counts from. Up to a day it is read as seconds from the answer
    /// on, and otherwise as Unix time, in seconds or milliseconds, of the coming day. A time is held against the answer's
    /// own `Date`, and against `now` only if there is none.
    #[must_use]
    pub fn read(
        status: StatusCode,
        headers: &HeaderMap,
        now: SystemTime,
        window: Duration,
    ) -> Self {
        let declared = RateLimitHeaders::from(headers);
        let date = date(headers);
        let clock = date.unwrap_or(now);
        let reset = declared.x_rate_limit_reset_time.and_then(|value| Reset::read(value, clock));
        Self {
            status,
            limit: declared.x_rate_limit_limit.and_then(|limit| match u32::try_from(limit) {
                Ok(0) | Err(_) => None,
                Ok(limit) => Some(limit),
            }),
            // Some services count below zero.
            remaining: declared
                .x_rate_limit_remaining
                .map(|remaining| u32::try_from(remaining.max(0)).unwrap_or(u32::MAX)),
            reset_in: reset.map(Reset::wait),
            reset_between: reset.and_then(|reset| reset.between(date.is_some(), window)),
            retry_after: retry_after(headers, clock).map(|wait| wait.min(LONGEST_RETRY_AFTER)),
        }
    }

    /// Whether the service refused the request because the quota was used up (429).
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        self.status == StatusCode::TOO_MANY_REQUESTS
    }

    /// How long nobody should send, after a refusal. A reset in whole seconds may be rounded down.
    pub(crate) fn pause(&self, window: Duration) -> Duration {
        self.retry_after
            .or_else(|| self.reset_in.map(|reset| reset.saturating_add(ROUNDING).min(window)))
            .unwrap_or(window)
    }
}

/// How a reset was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reset {
    /// As seconds from now.
    In(Duration),
    /// As a time, which this is left of by the clock that it was held against.
    At(Duration),
}

/// A number of seconds up to this is taken to count from now.
const LONGEST_WAIT: i64 = 24 * 60 * 60;

impl Reset {
    fn read(value: i64, clock: SystemTime) -> Option<Self> {
        let now = i64::try_from(clock.duration_since(UNIX_EPOCH).ok()?.as_millis()).ok()?;
        if value <= LONGEST_WAIT {
            return Some(Self::In(Duration::from_secs(u64::try_from(value).unwrap_or(0))));
        }
        // The nearer reading of the two is the right one: they are fifty thousand years apart.
        let ahead = [value.saturating_mul(1000), value]
            .map(|time| time.saturating_sub(now))
            .into_iter()
            .min_by_key(|ahead| ahead.unsigned_abs())?;
        // A time that has passed, beyond what `Date` leaves out, speaks of another clock than the one at hand.
        (-2000..=LONGEST_WAIT * 1000)
            .contains(&ahead)
            .then(|| Self::At(Duration::from_millis(u64::try_from(ahead).unwrap_or(0))))
    }

    fn wait(self) -> Duration {
        match self {
            Self::In(wait) | Self::At(wait) => wait,
        }
    }

    /// A `Date` leaves out the fraction of its second: the time may be up to a second nearer.
    fn between(self, has_date: bool, window: Duration) -> Option<RangeInclusive<Duration>> {
        let (wait, early) = match self {
            Self::In(wait) => (wait, ROUNDING),
            Self::At(wait) if has_date => (wait, 2 * ROUNDING),
            Self::At(_) => return None,
        };
        (wait <= window.saturating_add(ROUNDING))
            .then(|| wait.saturating_sub(early)..=wait + ROUNDING)
    }
}
