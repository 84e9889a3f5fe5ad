//! When the requests of a line can go, one by one.

use std::time::Duration;

use super::ledger::Moment;

/// When slots are free, if each is used at once, and again whenever it is free.
#[derive(Debug)]
pub(super) struct Openings {
    /// For how long a slot is in use.
    round: Duration,
    /// When how many slots are free for the first time.
    slots: Vec<(Moment, u64)>,
    /// How many that are.
    number: u64,
}

impl Openings {
    pub(super) fn new(round: Duration) -> Self {
        Self { round, slots: Vec::new(), number: 0 }
    }

    pub(super) fn add(&mut self, moment: Moment, number: u64) {
        if number > 0 {
            self.slots.push((moment, number));
            self.number += number;
        }
    }

    /// How many slots there are.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// When the `nth` request can go. None, if there is no slot, or nothing to send.
    pub(super) fn nth(&self, nth: u64) -> Option<Moment> {
        let rounds = u32::try_from(nth.checked_sub(1)?).unwrap_or(u32::MAX);
        let first = self.slots.iter().map(|(moment, _)| *moment).min()?;
        if self.sent_by(first) >= u128::from(nth) {
            return Some(first);
        }
        // One slot alone would be done by then.
        let (mut too_early, mut done) =
            (first, first.saturating_add(self.round.saturating_mul(rounds)));
        while done - too_early > Duration::from_nanos(1) {
            let middle = too_early + (done - too_early) / 2;
            if self.sent_by(middle) >= u128::from(nth) {
                done = middle;
            } else {
                too_early = middle;
            }
        }
        Some(done)
    }

    fn sent_by(&self, moment: Moment) -> u128 {
        let sent = self.slots.iter().filter_map(|(first, number)| {
            let rounds = moment.checked_sub(*first)?.as_nanos() / self.round.as_nanos();
            Some(u128::from(*number).saturating_mul(rounds + 1))
        });
        sent.fold(0, u128::saturating_add)
    }
}
