//! The time of a ledger that outlives the clocks it is read from.

use std::time::Duration;

use it_access::pacing::Moment;
use serde::{Deserialize, Serialize};

/// What a clock shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reading {
    /// Which clock it is. One that has started anew is another.
    pub(super) clock: String,
    pub(super) shows: Duration,
}

/// A time that goes on whatever clock is read.
///
/// When another clock takes over, or one has been set back, nobody knows how much time has passed. Then none has: slots are
/// freed too late rather than too early.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Timeline {
    read: Reading,
    now: Moment,
    /// Whether another clock has taken over at the last reading.
    #[serde(skip)]
    has_changed_clocks: bool,
}

impl Timeline {
    pub(super) fn starting_with(reading: &Reading) -> Self {
        Self { read: reading.clone(), now: reading.shows, has_changed_clocks: false }
    }

    /// Goes on by what has passed since the clock was read before.
    pub(super) fn advance(&mut self, reading: &Reading) -> Moment {
        self.has_changed_clocks = self.read.clock != reading.clock;
        if !self.has_changed_clocks {
            let passed = reading.shows.saturating_sub(self.read.shows);
            self.now = self.now.saturating_add(passed);
        }
        self.read = reading.clone();
        self.now
    }

    /// What time it was when a clock was read last.
    pub(super) fn now(&self) -> Moment {
        self.now
    }

    /// Whether another clock has taken over then.
    #[cfg(feature = "redis")]
    pub(super) fn has_changed_clocks(&self) -> bool {
        self.has_changed_clocks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_damaged_store_says_is_no_reason_to_panic() {
        let reading = |shows| Reading { clock: "a".to_owned(), shows };
        let mut timeline =
            Timeline { now: Moment::MAX, ..Timeline::starting_with(&reading(Duration::ZERO)) };
        assert_eq!(timeline.advance(&reading(Duration::from_secs(1))), Moment::MAX);
    }

    #[test]
    fn goes_on_and_never_leaps() {
        let reading = |clock: &str, shows| Reading {
            clock: clock.to_owned(),
            shows: Duration::from_secs(shows),
        };
        let mut timeline = Timeline::starting_with(&reading("a", 100));
        for (clock, shows, expected) in [
            ("a", 100, 100),
            ("a", 107, 107),
            ("a", 50, 107), // set back
            ("a", 52, 109),
            ("b", 1_000_000, 109), // started anew
            ("b", 1_000_003, 112),
            ("a", 53, 112), // two hosts on one file
            ("b", 1_000_004, 112),
        ] {
            let now = timeline.advance(&reading(clock, shows));
            assert_eq!(now, Duration::from_secs(expected), "{clock} {shows}");
        }
    }
}
