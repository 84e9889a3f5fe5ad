//! The account's quota: how it counts, and what it tells of itself.

mod fixed_window;
mod gcra;
mod headers;
mod meter;
mod sliding_window;
mod traffic;

use std::str::FromStr;
use std::time::Duration;

pub(crate) use headers::{RateLimitHeaders, date};
pub(crate) use meter::Meter;

/// A year.
const LONGEST_WINDOW: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Says how many requests the account may send, and how they are counted.
///
/// Documented by the vendor are the ten requests a minute and the names of the headers. All else
/// is our reading, and can be set (see [`ASSUMPTIONS`](crate::ASSUMPTIONS)).
///
/// ```
/// use it_access_sim::{Quota, QuotaPolicy, ResetForm};
///
/// let quota = Quota::documented()
///     .with_policy(QuotaPolicy::SlidingWindow)
///     .with_reset_form(ResetForm::EpochSeconds)
///     .with_other_traffic(2.5);
/// assert_eq!(quota.limit(), 10);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Quota {
    limit: u32,
    window: Duration,
    policy: QuotaPolicy,
    refused_count: bool,
    other_traffic: f64,
    reset_form: ResetForm,
    retry_after: Option<RetryAfterForm>,
}

/// Says when a request is one too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuotaPolicy {
    /// Windows that follow each other without a gap; in each of them, the limit.
    FixedWindow {
        /// When a window begins.
        phase: Phase,
    },
    /// In every stretch of time that is as long as the window, the limit.
    SlidingWindow,
    /// The generic cell rate algorithm: the limit at once, and then one request each time that a
    /// window divided by the limit has passed.
    Gcra,
}

/// Says when the fixed windows begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// One window begins so long after the simulator's start; modulo the length of a window.
    AfterStart(Duration),
    /// At a moment that the simulator's seed decides.
    Random,
}

/// Says in which form `X-RateLimit-Reset-Time` tells the time until there are more requests left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResetForm {
    /// As seconds from now, rounded up.
    DeltaSeconds,
    /// As a Unix time in seconds, rounded up.
    EpochSeconds,
    /// As a Unix time in milliseconds, rounded up.
    EpochMilliseconds,
}

/// Says in which form a 429 carries `Retry-After`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfterForm {
    /// As seconds from now, rounded up.
    Seconds,
    /// As a date, rounded up to seconds.
    Date,
}

/// Says that a text is no quota.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a quota: write REQUESTS or REQUESTS/SECONDS, both at least 1 and the latter up to a year, such as 10/60"
)]
pub struct InvalidQuota(());

impl Quota {
    /// Makes the documented quota: ten requests a minute for the account.
    ///
    /// For what the vendor leaves open it takes fixed windows, of which the first begins with the
    /// simulator, refused requests that count, no other traffic, seconds from now, and no
    /// `Retry-After`.
    #[must_use]
    pub fn documented() -> Self {
        Self::new(10, Duration::from_secs(60))
    }

    /// Makes a quota of `limit` requests in a window, which is else as the documented one.
    ///
    /// # Panics
    ///
    /// If the limit or the window is zero, or the window is longer than a year.
    #[must_use]
    pub fn new(limit: u32, window: Duration) -> Self {
        assert!(limit > 0 && !window.is_zero(), "a quota needs a limit and a window");
        assert!(window <= LONGEST_WINDOW, "a window of up to a year is needed");
        Self {
            limit,
            window,
            policy: QuotaPolicy::FixedWindow { phase: Phase::AfterStart(Duration::ZERO) },
            refused_count: true,
            other_traffic: 0.0,
            reset_form: ResetForm::DeltaSeconds,
            retry_after: None,
        }
    }

    /// Sets when a request is one too many.
    #[must_use]
    pub fn with_policy(mut self, policy: QuotaPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Sets whether requests that were refused by the quota count as well.
    #[must_use]
    pub fn with_refused_counted(mut self, counted: bool) -> Self {
        self.refused_count = counted;
        self
    }

    /// Sets how many requests a minute other programs send for the account, on average and at
    /// moments that the simulator's seed decides (a Poisson process).
    ///
    /// # Panics
    ///
    /// If the rate is negative, not a number, or above 100,000.
    #[must_use]
    pub fn with_other_traffic(mut self, per_minute: f64) -> Self {
        assert!((0.0..=100_000.0).contains(&per_minute), "a rate from 0 to 100,000 is needed");
        self.other_traffic = per_minute;
        self
    }

    /// Sets the form of `X-RateLimit-Reset-Time`.
    #[must_use]
    pub fn with_reset_form(mut self, form: ResetForm) -> Self {
        self.reset_form = form;
        self
    }

    /// Sets the form of the `Retry-After` of a 429, or that there is none.
    #[must_use]
    pub fn with_retry_after(mut self, form: Option<RetryAfterForm>) -> Self {
        self.retry_after = form;
        self
    }

    /// Returns the number of requests in a window.
    #[must_use]
    pub fn limit(&self) -> u32 {
        self.limit
    }

    /// Returns the length of a window.
    #[must_use]
    pub fn window(&self) -> Duration {
        self.window
    }
}

impl FromStr for Quota {
    type Err = InvalidQuota;

    /// Reads `10/60`, ten requests in sixty seconds, or `10`, which is the same.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (limit, seconds) = text.split_once('/').unwrap_or((text, "60"));
        let positive = |number: &str| number.parse().ok().filter(|&number: &u32| number > 0);
        let window = positive(seconds).map(|seconds| Duration::from_secs(seconds.into()));
        match (positive(limit), window.filter(|window| *window <= LONGEST_WINDOW)) {
            (Some(limit), Some(window)) => Ok(Self::new(limit, window)),
            _ => Err(InvalidQuota(())),
        }
    }
}

/// Nanoseconds: 64 bits hold those of five centuries.
fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_quota_from_text() {
        for (text, expected) in [
            ("10", Some((10, 60))),
            ("10/60", Some((10, 60))),
            ("1/1", Some((1, 1))),
            ("1/31536000", Some((1, 31_536_000))),
            ("1/31536001", None),
            ("0", None),
            ("10/0", None),
            ("-1", None),
            ("10/60/1", None),
            ("10 / 60", None),
            ("off", None),
            ("", None),
        ] {
            let quota: Option<Quota> = text.parse().ok();
            let read = quota.map(|quota| (quota.limit(), quota.window().as_secs()));
            assert_eq!(read, expected, "{text:?}");
        }
    }
}
