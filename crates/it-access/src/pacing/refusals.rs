//! What follows from a refusal (429).

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::ledger::Moment;

/// For how many windows a slot is left to others after a refusal.
const WINDOWS_LEFT_TO_OTHERS: u32 = 10;

/// A pause, and room for others.
///
/// Our own requests alone are never refused. So somebody else is on the account, and what they use is missing to us for
/// longer than until the reset. If the service counts refused requests too, going on as before would have most refused.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Refusals {
    paused_until: Moment,
    latest: Option<Moment>,
    /// Until when a slot each is left to others.
    left: Vec<Moment>,
}

impl Refusals {
    /// Until when nobody may send.
    pub(super) fn paused_until(&self) -> Moment {
        self.paused_until
    }

    /// When the slots are free again that are left to others, of `limit`: it may have fallen since, and one stays ours.
    pub(super) fn left_to_others(&self, now: Moment, limit: u32) -> impl Iterator<Item = Moment> {
        let most = limit.saturating_sub(1) as usize;
        self.left.iter().rev().take(most).copied().filter(move |until| *until > now)
    }

    /// Pauses, and leaves one more slot to others, of `limit` slots of which at least one stays ours. A request that was on
    /// its way already at the refusal before tells nothing new.
    pub(super) fn add(
        &mut self,
        sent_at: Moment,
        pause: Duration,
        limit: u32,
        window: Duration,
        now: Moment,
    ) {
        self.paused_until = self.paused_until.max(now.saturating_add(pause));
        self.left.retain(|until| *until > now);
        let is_news = self.latest.is_none_or(|latest| sent_at > latest);
        if is_news && self.left.len() + 1 < limit as usize {
            let until = now.saturating_add(window.saturating_mul(WINDOWS_LEFT_TO_OTHERS));
            self.left.push(until);
        }
        self.latest = Some(now);
    }
}
