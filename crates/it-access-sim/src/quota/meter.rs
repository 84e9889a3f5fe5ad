//! A quota at work: it counts the requests of the account.

use std::time::Duration;

use fastrand::Rng;

use super::fixed_window::FixedWindow;
use super::gcra::Gcra;
use super::sliding_window::SlidingWindow;
use super::traffic::Traffic;
use super::{Phase, Quota, QuotaPolicy, RateLimitHeaders};
use crate::clock::Moment;

#[derive(Debug)]
pub(crate) struct Meter {
    quota: Quota,
    count: Count,
    traffic: Option<Traffic>,
}

#[derive(Debug)]
enum Count {
    Fixed(FixedWindow),
    Sliding(SlidingWindow),
    Gcra(Gcra),
}

impl Meter {
    /// Begins to count; the seed decides what the quota leaves to chance.
    pub(crate) fn new(quota: Quota, seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let Quota { limit, window, refused_count, .. } = quota;
        let count = match quota.policy {
            QuotaPolicy::FixedWindow { phase } => {
                let phase = match phase {
                    Phase::AfterStart(phase) => phase,
                    Phase::Random => window.mul_f64(rng.f64()),
                };
                Count::Fixed(FixedWindow::new(limit, window, phase))
            }
            QuotaPolicy::SlidingWindow => {
                Count::Sliding(SlidingWindow::new(limit, window, refused_count))
            }
            QuotaPolicy::Gcra => Count::Gcra(Gcra::new(limit, window, refused_count)),
        };
        let traffic = Traffic::new(quota.other_traffic, rng);
        Self { quota, count, traffic }
    }

    /// Counts a request, and tells whether the quota admits it.
    pub(crate) fn admit(&mut self, now: Duration) -> bool {
        self.catch_up(now);
        self.count.admit(now)
    }

    /// What an answer at this moment tells of the quota.
    pub(crate) fn headers(&mut self, moment: Moment) -> RateLimitHeaders {
        self.catch_up(moment.since_start);
        let (remaining, reset) = self.count.standing(moment.since_start);
        RateLimitHeaders::new(&self.quota, remaining, reset, moment.wall)
    }

    /// Counts what others have sent in the meantime.
    fn catch_up(&mut self, now: Duration) {
        let Some(traffic) = &mut self.traffic else { return };
        traffic.skip_to(now.saturating_sub(2 * self.quota.window));
        while let Some(moment) = traffic.next_until(now) {
            self.count.admit(moment);
        }
    }
}

impl Count {
    fn admit(&mut self, now: Duration) -> bool {
        match self {
            Self::Fixed(count) => count.admit(now),
            Self::Sliding(count) => count.admit(now),
            Self::Gcra(count) => count.admit(now),
        }
    }

    /// How many requests are left, and how long until there are more.
    fn standing(&mut self, now: Duration) -> (u32, Duration) {
        match self {
            Self::Fixed(count) => (count.remaining(now), count.reset(now)),
            Self::Sliding(count) => (count.remaining(now), count.reset(now)),
            Self::Gcra(count) => (count.remaining(now), count.reset(now)),
        }
    }
}
