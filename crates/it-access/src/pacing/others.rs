//! What others on the account leave us, by what the service says is left.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{
    ledger::{Moment, Taken},
    observation::ROUNDING,
};
use crate::Observation;

/// What others on the account leave us.
///
/// As long as our own requests explain what has been used, our slots are rule enough, even if nothing is left: they come
/// free as the service forgets the requests. But what others have used is missing until the reset.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Others {
    allowance: Option<Allowance>,
    /// Whether the service has forgotten some of our requests before they were a window old, as it does with fixed windows.
    forgets: bool,
}

/// How many requests may be granted until the next reset, by one answer.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Allowance {
    remaining: u32,
    as_of: Moment,
    until: Moment,
}

/// Our own side, when an answer comes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Own<'a> {
    pub(super) limit: u32,
    pub(super) window: Duration,
    /// The slots in use, with that of the request which has been answered.
    pub(super) taken: &'a [Taken],
    pub(super) sent_at: Moment,
    pub(super) now: Moment,
}

impl Others {
    /// How many more requests may be granted, and until when no more than that; if they have used anything.
    pub(super) fn leave(&self, taken: &[Taken]) -> Option<(u64, Moment)> {
        self.allowance.map(|allowance| (allowance.left(taken), allowance.until))
    }

    /// Takes note of an answer. A refusal bars nothing here, for there is the pause.
    pub(super) fn observe(&mut self, observation: &Observation, own: Own<'_>) {
        let Some(remaining) = observation.remaining.filter(|_| !observation.is_refusal()) else {
            return;
        };
        let reset_in = observation.reset_in.unwrap_or(own.window).min(own.window);
        let allowance =
            Allowance { remaining, as_of: own.now, until: own.now.saturating_add(reset_in) };

        if let Some(limit) = observation.limit {
            self.forgets |= limit.saturating_sub(remaining) < own.certainly_counted();
        }
        let unsure = own.latency().saturating_add(2 * ROUNDING);
        let began = allowance.until.saturating_sub(own.window).saturating_sub(unsure);
        let counted = if self.forgets { own.counted_since(began) } else { own.taken.len() as u32 };
        let is_ours = own.limit.saturating_sub(remaining) <= counted;

        let latest = (!is_ours).then_some(allowance);
        self.allowance = match self.allowance {
            Some(before) if before.outweighs(latest, own) => Some(before),
            _ => latest,
        };
    }
}

impl Allowance {
    /// How many more requests may be granted: those that the service may count after the answer are granted already.
    fn left(&self, taken: &[Taken]) -> u64 {
        let later = taken.iter().filter(|taken| taken.counted_by > self.as_of).count() as u64;
        u64::from(self.remaining).saturating_sub(later)
    }

    /// Whether this still holds, though another answer has come.
    ///
    /// Requests that are on their way together may be counted in another order than they are answered. Of their answers
    /// the one that leaves less holds, until the reset.
    fn outweighs(&self, later: Option<Self>, own: Own<'_>) -> bool {
        own.sent_at < self.as_of
            && own.now < self.until
            && later.is_none_or(|later| self.left(own.taken) < later.left(own.taken))
    }
}

impl Own<'_> {
    fn latency(&self) -> Duration {
        self.now.saturating_sub(self.sent_at)
    }

    /// How many requests of the last window the service has counted for certain, with the one it has answered.
    fn certainly_counted(&self) -> u32 {
        let last_window = self.now.saturating_sub(self.window)..;
        let counted = self.taken.iter().filter(|taken| {
            taken.is_answered()
                && taken.counted_by < self.sent_at
                && last_window.contains(&taken.sent_at())
        });
        1 + counted.count() as u32
    }

    /// How many requests the service may have counted since a moment.
    fn counted_since(&self, moment: Moment) -> u32 {
        self.taken.iter().filter(|taken| taken.counted_by >= moment).count() as u32
    }
}
