//! The generic cell rate algorithm: a bucket that is filled evenly.

use std::time::Duration;

use super::nanos;

#[derive(Debug)]
pub(super) struct Gcra {
    limit: u32,
    /// The time in which one request is earned.
    interval: Duration,
    refused_count: bool,
    /// When the bucket is full again: the algorithm's "theoretical arrival time".
    full_at: Duration,
}

impl Gcra {
    pub(super) fn new(limit: u32, window: Duration, refused_count: bool) -> Self {
        // At least a nanosecond, so that it can be divided by.
        let interval = (window / limit).max(Duration::from_nanos(1));
        Self { limit, interval, refused_count, full_at: Duration::ZERO }
    }

    /// Counts a request, and tells whether there was one left.
    ///
    /// A refused request that counts cannot cost what is not there: it begins the wait for the next
    /// one anew.
    pub(super) fn admit(&mut self, now: Duration) -> bool {
        let admitted = self.remaining(now) > 0;
        if admitted {
            self.full_at = self.full_at.max(now) + self.interval;
        } else if self.refused_count {
            // Not the window, of which the intervals may be a little less.
            self.full_at = now + self.interval * self.limit;
        }
        admitted
    }

    pub(super) fn remaining(&self, now: Duration) -> u32 {
        let missing = nanos(self.full_at.saturating_sub(now)).div_ceil(nanos(self.interval));
        self.limit.saturating_sub(u32::try_from(missing).unwrap_or(u32::MAX))
    }

    /// The time until one more request is left; zero if the bucket is full.
    pub(super) fn reset(&self, now: Duration) -> Duration {
        let to_full = nanos(self.full_at.saturating_sub(now));
        let missing = to_full.div_ceil(nanos(self.interval));
        Duration::from_nanos(to_full - missing.saturating_sub(1) * nanos(self.interval))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_a_refusal_that_counts_the_next_is_earned_when_it_says() {
        for limit in [1, 3, 7, 9, 10] {
            let mut quota = Gcra::new(limit, Duration::from_secs(60), true);
            assert!((0..limit).all(|_| quota.admit(Duration::ZERO)), "{limit}");
            assert!(!quota.admit(Duration::ZERO), "{limit}");
            let reset = quota.reset(Duration::ZERO);
            let before = reset - Duration::from_nanos(1);
            assert_eq!((quota.remaining(before), quota.remaining(reset)), (0, 1), "{limit}");
        }
    }
}
