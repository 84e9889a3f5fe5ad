//! The simulator's time.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

/// Tells how long the simulator has been running, and what time its clock on the wall shows.
///
/// It follows tokio's clock, which a test can pause, and can be put forward besides.
#[derive(Debug)]
pub(crate) struct Clock {
    started: Instant,
    wall: SystemTime,
    /// Milliseconds.
    put_forward: AtomicU64,
}

/// A moment by both of the simulator's clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// The time since the simulator's start.
    pub(crate) since_start: Duration,
    /// What the clock on the wall shows.
    pub(crate) wall: SystemTime,
}

/// How far a clock can be put forward in all: a century. Dates beyond the year 9999 cannot be
/// written.
pub(crate) const FARTHEST: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// When the year 9900 begins, as a Unix time.
const YEAR_9900: Duration = Duration::from_secs(250_246_627_200);

/// Whether a clock on the wall can start at this time: its dates can be written, however far it is put
/// forward.
pub(crate) fn is_start(wall: SystemTime) -> bool {
    wall.duration_since(SystemTime::UNIX_EPOCH).is_ok_and(|since| since < YEAR_9900)
}

impl Clock {
    pub(crate) fn start(wall: SystemTime) -> Self {
        Self { started: Instant::now(), wall, put_forward: AtomicU64::new(0) }
    }

    pub(crate) fn now(&self) -> Moment {
        let put_forward = Duration::from_millis(self.put_forward.load(Ordering::Acquire));
        let since_start = self.started.elapsed() + put_forward;
        Moment { since_start, wall: self.wall + since_start }
    }

    /// Puts the clock forward by whole milliseconds, as far as it goes.
    pub(crate) fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or(u64::MAX);
        let farthest = u64::try_from(FARTHEST.as_millis()).unwrap_or(u64::MAX);
        let _ = self.put_forward.fetch_update(Ordering::AcqRel, Ordering::Acquire, |sum| {
            Some(sum.saturating_add(by).min(farthest))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn follows_a_paused_clock_and_can_be_put_forward() {
        let clock = Clock::start(SystemTime::UNIX_EPOCH);
        assert_eq!(clock.now().since_start, Duration::ZERO);
        tokio::time::advance(Duration::from_secs(60)).await;
        clock.advance(Duration::from_secs(5));
        let passed = Duration::from_secs(65);
        let expected = Moment { since_start: passed, wall: SystemTime::UNIX_EPOCH + passed };
        assert_eq!(clock.now(), expected);
    }

    #[tokio::test(start_paused = true)]
    async fn goes_no_farther_than_a_century() {
        let clock = Clock::start(SystemTime::UNIX_EPOCH);
        clock.advance(Duration::from_secs(1));
        clock.advance(Duration::MAX);
        assert_eq!(clock.now().since_start, FARTHEST);
    }
}
