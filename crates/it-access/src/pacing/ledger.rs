//! The rules of pacing, without a clock and without waiting.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use super::{
    alignment::Alignment,
    openings::Openings,
    others::{Others, Own},
    refusals::Refusals,
};
use crate::{Observation, RequestEnd};

/// A point in time: how long after an origin that the ledger's owner chooses, and keeps to.
pub type Moment = Duration;

/// Who has taken which slot until when, and what the answers said of the quota.
///
/// It has no clock: every method is told what time it is. So the same rules hold wherever a ledger is kept, in the memory
/// of a program or in a store that several share.
///
/// - There are as many slots as the limit says, or fewer if the service states a lower one. A slot is taken when a request
///   is granted, and free again one window after the request's answer. Then no window, wherever it begins, holds more
///   requests than the limit, whenever each was counted between its sending and its answer.
/// - A request without an answer may still be counted until its timeout: its slot is free one window after that.
/// - If others on the account have used some of the quota, no more requests are granted until the reset than the service
///   says remain, less those that it may not have counted yet.
/// - A refusal (429) stops all grants until the reset. Then a slot is left to others for ten windows.
///
/// What it is serialized as is for a store to read again, and no form to build on: another version may have another.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ledger {
    #[serde(deserialize_with = "at_least_one")]
    limit: u32,
    #[serde(deserialize_with = "at_least_a_millisecond")]
    window: Duration,
    /// The limit by the latest answer that stated one, even if it is above ours.
    stated_limit: Option<u32>,
    taken: Vec<Taken>,
    others: Others,
    refusals: Refusals,
    /// How long the service usually takes to answer.
    latency: Duration,
    alignment: Option<Alignment>,
    next_number: u64,
}

/// A granted request: what its end is told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    number: u64,
    sent_at: Moment,
    given_up_at: Moment,
}

/// A slot that is in use.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Taken {
    ticket: Ticket,
    /// The last moment at which the service may have counted the request.
    pub(super) counted_by: Moment,
    free_at: Moment,
    progress: Progress,
}

/// How far a granted request has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Progress {
    InFlight,
    Answered,
    /// It has ended without an answer: the service may have counted it, or not.
    Lost,
}

/// The longest time from the grant of a request to its sending. Whoever takes longer gives the grant back: the quota counts from it,
/// and the service from the request.
pub const LONGEST_HANDOVER: Duration = Duration::from_secs(1);

/// A request that has got no answer for so long will never get one, whatever its timeout. No slot is kept for longer.
pub const LONGEST_TIMEOUT: Duration = Duration::from_secs(24 * 60 * 60);

/// Of fewer, nothing would ever be granted; of shorter ones, anything.
const LOWEST_LIMIT: u32 = 1;
const SHORTEST_WINDOW: Duration = Duration::from_millis(1);

fn at_least_one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let limit = u32::deserialize(deserializer)?;
    if limit < LOWEST_LIMIT {
        return Err(D::Error::custom("the limit of a quota is zero"));
    }
    Ok(limit)
}

pub(super) fn at_least_a_millisecond<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Duration, D::Error> {
    let window = Duration::deserialize(deserializer)?;
    if window < SHORTEST_WINDOW {
        return Err(D::Error::custom("the window of a quota is shorter than a millisecond"));
    }
    Ok(window)
}

impl Ledger {
    /// A quota of `limit` requests in each `window`, of at least one request and one millisecond: nothing else would ever
    /// grant anything.
    #[must_use]
    pub fn new(limit: u32, window: Duration) -> Self {
        Self {
            limit: limit.max(LOWEST_LIMIT),
            window: window.max(SHORTEST_WINDOW),
            stated_limit: None,
            taken: Vec::new(),
            others: Others::default(),
            refusals: Refusals::default(),
            latency: Duration::ZERO,
            alignment: None,
            next_number: 0,
        }
    }

    /// Frees slots at the end of the service's window, once it has shown that it has fixed ones.
    ///
    /// That takes evidence from several windows, and ends for good with the first refusal or contradiction.
    #[must_use]
    pub fn with_alignment(mut self) -> Self {
        self.alignment = Some(Alignment::new(self.window));
        self
    }

    /// Whether slots are freed at the end of the service's window now.
    #[must_use]
    pub fn is_aligned(&self) -> bool {
        self.alignment.as_ref().is_some_and(Alignment::is_shown)
    }

    /// Grants a request that may take `timeout`, if there is room for one now.
    pub fn take(&mut self, now: Moment, timeout: Duration) -> Option<Ticket> {
        if self.earliest(now, 1) > now {
            return None;
        }
        self.taken.retain(|taken| taken.free_at > now);
        let ticket = self.ticket(now, timeout);
        self.taken.push(Taken {
            ticket,
            counted_by: ticket.given_up_at,
            free_at: ticket.given_up_at.saturating_add(self.window),
            progress: Progress::InFlight,
        });
        Some(ticket)
    }

    /// Takes every slot that is not in use, for requests of which nothing is known but that they may have been sent up to
    /// now, each with this timeout at most.
    ///
    /// For a store that has lost what it held, or some of it.
    pub fn take_all(&mut self, now: Moment, timeout: Duration) {
        self.taken.retain(|taken| taken.free_at > now);
        for _ in self.taken.len()..self.limit as usize {
            let ticket = self.ticket(now, timeout);
            let counted_by = ticket.given_up_at;
            let free_at = counted_by.saturating_add(self.window);
            self.occupy(ticket, Progress::Lost, counted_by, free_at);
        }
    }

    /// Takes note of how a granted request ended, now.
    pub fn settle(&mut self, ticket: Ticket, end: &RequestEnd, now: Moment) {
        self.taken.retain(|taken| taken.ticket != ticket);
        match end {
            RequestEnd::NotSent => {}
            RequestEnd::Lost => {
                let counted_by = ticket.given_up_at.max(now);
                let free_at = counted_by.saturating_add(self.window);
                self.occupy(ticket, Progress::Lost, counted_by, free_at);
            }
            RequestEnd::Answered(observation) => {
                let whole_window = now.saturating_add(self.window);
                let over = self
                    .alignment
                    .as_mut()
                    .and_then(|alignment| alignment.observe(ticket.sent_at, observation, now));
                let free_at = over.map_or(whole_window, |over| over.min(whole_window));
                self.occupy(ticket, Progress::Answered, now, free_at);
                self.observe(ticket, observation, now);
            }
        }
    }

    /// The earliest moment at which the `nth` next request could be granted: if all that are on their way were answered
    /// now, and all before it at once. Only a request that turns out not to have been sent makes it earlier still.
    #[must_use]
    pub fn earliest(&self, now: Moment, nth: u64) -> Moment {
        self.forecast(now, nth, Duration::ZERO)
    }

    /// The moment at which the `nth` next request is likely to be granted, with answers that take as long as usual.
    #[must_use]
    pub fn expected(&self, now: Moment, nth: u64) -> Moment {
        self.forecast(now, nth, self.latency)
    }

    fn ticket(&mut self, now: Moment, timeout: Duration) -> Ticket {
        let number = self.next_number;
        self.next_number += 1;
        Ticket {
            number,
            sent_at: now,
            given_up_at: now.saturating_add(timeout.min(LONGEST_TIMEOUT)),
        }
    }

    fn forecast(&self, now: Moment, nth: u64, latency: Duration) -> Moment {
        let round = match self.is_aligned() {
            true => self.window,
            false => self.window.saturating_add(latency),
        };
        let paused_until = self.refusals.paused_until();
        let (left, until) = self.others.leave(&self.taken).unwrap_or((u64::MAX, now));
        let mut openings = Openings::new(round);
        for (moment, number) in self.free_slots(now, latency) {
            let before = number.min(left.saturating_sub(openings.number()));
            openings.add(moment.max(paused_until), before);
            openings.add(moment.max(paused_until).max(until), number - before);
        }
        openings.nth(nth).unwrap_or(now)
    }

    /// When how many slots are free, in order.
    fn free_slots(&self, now: Moment, latency: Duration) -> impl Iterator<Item = (Moment, u64)> {
        let in_use = self.taken.iter().filter(|taken| taken.free_at > now);
        let in_use = in_use.map(|taken| self.likely_free_at(taken, now, latency));
        let limit = self.effective_limit();
        let withheld = self.refusals.left_to_others(now, limit);
        let mut frees: Vec<Moment> = in_use.chain(withheld).collect();
        frees.sort_unstable();
        let limit = u64::from(limit);
        let idle = limit.saturating_sub(frees.len() as u64);
        // More slots are in use than there are, if the limit has been lowered: the first to be free are lost.
        let lost = (frees.len() as u64).saturating_sub(limit) as usize;
        std::iter::once((now, idle)).chain(frees.into_iter().skip(lost).map(|moment| (moment, 1)))
    }

    fn likely_free_at(&self, taken: &Taken, now: Moment, latency: Duration) -> Moment {
        if taken.progress != Progress::InFlight {
            return taken.free_at;
        }
        let answered_at = taken.ticket.sent_at.saturating_add(latency).max(now);
        let aligned = self.alignment.as_ref().and_then(|known| known.next_window(answered_at));
        aligned.unwrap_or(answered_at.saturating_add(self.window)).min(taken.free_at)
    }

    fn occupy(&mut self, ticket: Ticket, progress: Progress, counted_by: Moment, free_at: Moment) {
        self.taken.push(Taken { ticket, counted_by, free_at, progress });
    }

    /// The limit that holds: what the service states can only lower ours.
    fn effective_limit(&self) -> u32 {
        self.stated_limit.map_or(self.limit, |stated| stated.min(self.limit))
    }

    fn observe(&mut self, ticket: Ticket, observation: &Observation, now: Moment) {
        let latency = now.saturating_sub(ticket.sent_at);
        self.latency = match self.latency {
            Duration::ZERO => latency,
            usual => usual.saturating_mul(7).saturating_add(latency) / 8,
        };
        self.stated_limit = observation.limit.filter(|limit| *limit > 0).or(self.stated_limit);
        let (limit, window) = (self.effective_limit(), self.window);
        if observation.is_refusal() {
            let pause = observation.pause(window);
            self.refusals.add(ticket.sent_at, pause, limit, window, now);
        }
        let own = Own { limit, window, taken: &self.taken, sent_at: ticket.sent_at, now };
        self.others.observe(observation, own);
    }
}

impl Taken {
    pub(super) fn sent_at(&self) -> Moment {
        self.ticket.sent_at
    }

    pub(super) fn is_answered(&self) -> bool {
        self.progress == Progress::Answered
    }
}
