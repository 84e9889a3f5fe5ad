//! A window that ends now, whenever that is.

use std::collections::VecDeque;
use std::time::Duration;

#[derive(Debug)]
pub(super) struct SlidingWindow {
    limit: usize,
    window: Duration,
    refused_count: bool,
    /// When the newest requests that count came, oldest first; never more than the limit, because
    /// older ones decide nothing.
    counted: VecDeque<Duration>,
}

impl SlidingWindow {
    pub(super) fn new(limit: u32, window: Duration, refused_count: bool) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Self { limit, window, refused_count, counted: VecDeque::new() }
    }

    /// Counts a request, and tells whether there was one left.
    pub(super) fn admit(&mut self, now: Duration) -> bool {
        self.forget(now);
        let admitted = self.counted.len() < self.limit;
        if admitted || self.refused_count {
            if !admitted {
                self.counted.pop_front();
            }
            self.counted.push_back(now);
        }
        admitted
    }

    pub(super) fn remaining(&mut self, now: Duration) -> u32 {
        self.forget(now);
        u32::try_from(self.limit - self.counted.len()).unwrap_or(u32::MAX)
    }

    /// The time until the oldest request no longer counts; zero if none does.
    pub(super) fn reset(&mut self, now: Duration) -> Duration {
        self.forget(now);
        let oldest = self.counted.front();
        oldest.map_or(Duration::ZERO, |&oldest| (oldest + self.window).saturating_sub(now))
    }

    fn forget(&mut self, now: Duration) {
        while self.counted.front().is_some_and(|&oldest| oldest + self.window <= now) {
            self.counted.pop_front();
        }
    }
}
