//! When a token is renewed, and how long a failing endpoint is left alone.

use std::time::Duration;

use tokio::time::Instant;

use crate::TokenError;

/// The lifetime of a token if the endpoint states none, or none that can be read.
const DEFAULT_LIFETIME: Duration = Duration::from_secs(60 * 60);

/// A shorter lifetime is taken as this one, or callers that wait for one token would have to ask for one each.
const SHORTEST_LIFETIME: Duration = Duration::from_secs(10);

/// A longer lifetime is taken as this one.
const LONGEST_LIFETIME: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The most time before its end that a token is renewed at, but for chance, which may double it.
const LONGEST_MARGIN: Duration = Duration::from_secs(5 * 60);

/// A token is not renewed sooner after it was issued. Some endpoints give the old token again as long as it is valid,
/// with less and less time left.
const SHORTEST_USE: Duration = Duration::from_secs(30);

/// How long an endpoint is left alone after it failed once.
const FIRST_PAUSE: Duration = Duration::from_secs(1);

/// How long an endpoint is left alone after it failed often, or for good.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// The most that `Retry-After` can ask for.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(5 * 60);

/// How long a token is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lease {
    /// From then on it is renewed when somebody needs it.
    pub(super) renew: Instant,
    /// From then on it is no longer used.
    pub(super) end: Instant,
}

impl Lease {
    /// The lease of a token that was `asked` for then: its lifetime may have begun as early as that. `chance` is a fraction
    /// of 1.
    pub(super) fn new(asked: Instant, lifetime: Option<Duration>, chance: f64) -> Self {
        let lifetime =
            lifetime.unwrap_or(DEFAULT_LIFETIME).clamp(SHORTEST_LIFETIME, LONGEST_LIFETIME);
        let margin = (lifetime / 10).min(LONGEST_MARGIN);
        let usual = lifetime - margin - margin.mul_f64(chance);
        let first_use = usual.max(SHORTEST_USE).min(lifetime);
        Self { renew: asked + first_use, end: asked + lifetime }
    }
}

/// How long an endpoint is left alone after so many `failures` in a row, of which `error` is the last. `chance` is a
/// fraction of 1.
pub(super) fn pause(error: &TokenError, failures: u32, chance: f64) -> Duration {
    let doubled = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(failures.saturating_sub(1)));
    let longest = if error.is_permanent() { LONGEST_PAUSE } else { doubled.min(LONGEST_PAUSE) };
    let asked_for = error.retry_after().unwrap_or_default().min(LONGEST_RETRY_AFTER);
    (longest / 2 + (longest / 2).mul_f64(chance)).max(asked_for)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_renewed_in_good_time_and_not_in_a_hurry() {
        let asked = Instant::now();
        // The lifetime; when it is renewed without chance, and with the most of it; when it ends. All in seconds.
        let cases = [
            (Some(43_199), 42_899, 42_599, 43_199),
            (Some(3_600), 3_300, 3_000, 3_600),
            (None, 3_300, 3_000, 3_600),
            (Some(1_000), 900, 800, 1_000),
            (Some(100), 90, 80, 100),
            (Some(36), 32, 30, 36),
            (Some(20), 20, 20, 20),
            (Some(0), 10, 10, 10),
            (Some(u64::MAX), 2_591_700, 2_591_400, 2_592_000),
        ];
        for (lifetime, late, early, end) in cases {
            let lifetime = lifetime.map(Duration::from_secs);
            for (chance, renewed) in [(0.0, late), (1.0, early)] {
                let lease = Lease::new(asked, lifetime, chance);
                assert_eq!((lease.renew - asked).as_secs(), renewed, "{lifetime:?}, {chance}");
                assert_eq!((lease.end - asked).as_secs(), end, "{lifetime:?}, {chance}");
            }
        }
    }

    #[test]
    fn pauses_grow_and_hear_what_the_endpoint_asks_for() {
        let failed = || TokenError::new("failed");
        let asks = |seconds| failed().with_retry_after(Duration::from_secs(seconds));
        // The failures; the shortest and the longest pause, in milliseconds.
        let cases = [
            (failed(), 1, 500, 1_000),
            (failed(), 2, 1_000, 2_000),
            (failed(), 6, 16_000, 32_000),
            (failed(), 7, 30_000, 60_000),
            (failed(), u32::MAX, 30_000, 60_000),
            (failed().permanent(), 1, 30_000, 60_000),
            (asks(0), 1, 500, 1_000),
            (asks(90), 1, 90_000, 90_000),
            (asks(u64::MAX), 1, 300_000, 300_000),
        ];
        for (error, failures, shortest, longest) in cases {
            let pauses = [0.0, 1.0].map(|chance| pause(&error, failures, chance).as_millis());
            assert_eq!(pauses, [shortest, longest], "{failures}, {error:?}");
        }
    }
}
