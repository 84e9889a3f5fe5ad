//! What the quota tells a client.

use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::{Quota, ResetForm, RetryAfterForm};

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET_TIME: HeaderName = HeaderName::from_static("x-ratelimit-reset-time");

/// The state of the quota after a request, as its answer tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RateLimitHeaders {
    limit: u32,
    remaining: u32,
    reset: u128,
    retry_after: Option<(RetryAfterForm, Duration, SystemTime)>,
}

impl RateLimitHeaders {
    pub(super) fn new(quota: &Quota, remaining: u32, reset: Duration, wall: SystemTime) -> Self {
        let since_epoch =
            |moment: SystemTime| moment.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let reset_number = match quota.reset_form {
            ResetForm::DeltaSeconds => seconds(reset).into(),
            ResetForm::EpochSeconds => seconds(since_epoch(wall + reset)).into(),
            ResetForm::EpochMilliseconds => {
                since_epoch(wall + reset).as_nanos().div_ceil(1_000_000)
            }
        };
        Self {
            limit: quota.limit,
            remaining,
            reset: reset_number,
            retry_after: quota.retry_after.map(|form| (form, reset, wall)),
        }
    }

    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        headers.insert(LIMIT, self.limit.into());
        headers.insert(REMAINING, self.remaining.into());
        headers.insert(RESET_TIME, number(self.reset));
    }

    /// Writes `Retry-After`, which only a 429 carries.
    pub(crate) fn write_retry_after(&self, headers: &mut HeaderMap) {
        let Some((form, reset, wall)) = self.retry_after else { return };
        let value = match form {
            RetryAfterForm::Seconds => seconds(reset).into(),
            RetryAfterForm::Date => {
                let since_epoch = (wall + reset).duration_since(SystemTime::UNIX_EPOCH);
                let whole = Duration::from_secs(seconds(since_epoch.unwrap_or_default()));
                date(SystemTime::UNIX_EPOCH + whole)
            }
        };
        headers.insert(RETRY_AFTER, value);
    }
}

/// A moment as HTTP writes it, in whole seconds.
pub(crate) fn date(moment: SystemTime) -> HeaderValue {
    HeaderValue::try_from(httpdate::fmt_http_date(moment)).expect("a date is ASCII")
}

fn number(number: u128) -> HeaderValue {
    HeaderValue::try_from(number.to_string()).expect("digits are ASCII")
}

/// Whole seconds, rounded up: who waits so long has waited long enough.
fn seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}
