//! Windows that follow each other.

use std::time::Duration;

use super::nanos;

#[derive(Debug)]
pub(super) struct FixedWindow {
    limit: u32,
    window: Duration,
    /// How long before the simulator's start the window at its start began.
    head_start: Duration,
    index: u64,
    used: u32,
}

impl FixedWindow {
    pub(super) fn new(limit: u32, window: Duration, phase: Duration) -> Self {
        let phase = Duration::from_nanos(nanos(phase) % nanos(window));
        let head_start = if phase.is_zero() { Duration::ZERO } else { window - phase };
        Self { limit, window, head_start, index: 0, used: 0 }
    }

    /// Counts a request, and tells whether there was one left.
    pub(super) fn admit(&mut self, now: Duration) -> bool {
        self.turn(now);
        let admitted = self.used < self.limit;
        self.used = self.limit.min(self.used + 1);
        admitted
    }

    pub(super) fn remaining(&mut self, now: Duration) -> u32 {
        self.turn(now);
        self.limit - self.used
    }

    /// The time until the next window.
    pub(super) fn reset(&self, now: Duration) -> Duration {
        let into_window = nanos(now + self.head_start) % nanos(self.window);
        self.window - Duration::from_nanos(into_window)
    }

    /// Begins a new window if it is time.
    fn turn(&mut self, now: Duration) {
        let index = nanos(now + self.head_start) / nanos(self.window);
        if index != self.index {
            self.index = index;
            self.used = 0;
        }
    }
}
