//! What a store keeps for an account: the ledger, who waits, and what time it is.

use std::time::Duration;

use it_access::{
    RateLimit, RequestEnd,
    pacing::{LONGEST_HANDOVER, LONGEST_RETRY_AFTER, LONGEST_TIMEOUT, Ledger, Moment, Ticket},
};
use serde::{Deserialize, Serialize, de::IgnoredAny};

use super::{
    line::Line,
    timeline::{Reading, Timeline},
};

/// The version of the form in which books are written. Raise it whenever an older program would misread a newer book: also
/// if the form of a ledger changes.
const VERSION: u32 = 1;

/// What a store keeps for an account.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Book {
    /// Tells this book from another that was begun after it was lost.
    id: u64,
    rate: Rate,
    timeline: Timeline,
    ledger: Ledger,
    line: Line,
    longest_timeout: Duration,
    /// Up to when requests may have been granted that are missing here, because the store has lost something.
    lost_until: Option<Moment>,
}

/// How many requests may be sent in which time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rate {
    pub(super) limit: u32,
    pub(super) window: Duration,
}

/// Somebody who waits for a slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asker {
    pub(super) id: u64,
    pub(super) timeout: Duration,
    /// How much time is left until the deadline, if there is one.
    pub(super) time_left: Option<Duration>,
    /// How long to wait at most without looking again.
    pub(super) patience: Duration,
}

/// What somebody finds who looks whether there is a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Granted(Ticket),
    /// Look again after so long.
    Wait(Duration),
    TooLate {
        ready_in: Duration,
    },
}

/// Why a text is not this account's book.
#[derive(Debug)]
pub(super) enum Misfit {
    Garbled(serde_json::Error),
    Newer { version: u32 },
    OtherRate { found: Rate },
}

#[derive(Serialize, Deserialize)]
struct Versioned<B> {
    version: u32,
    book: B,
}

impl Book {
    /// A book without any entries.
    pub(super) fn new(rate: Rate, reading: &Reading) -> Self {
        Self {
            id: fastrand::u64(..),
            rate,
            timeline: Timeline::starting_with(reading),
            ledger: Ledger::new(rate.limit, rate.window),
            line: Line::default(),
            longest_timeout: Duration::ZERO,
            lost_until: None,
        }
    }

    /// Opens the book that stands in a text, or a new one in place of none, and of one in which nothing holds any more.
    pub(super) fn open(text: Option<&str>, rate: Rate, reading: &Reading) -> Result<Self, Misfit> {
        let Some(text) = text else { return Ok(Self::new(rate, reading)) };
        let mut book = Self::read(text)?;
        let written_at = book.timeline.now();
        let lapses_at = written_at.saturating_add(book.lapses_after());
        if book.timeline.advance(reading) >= lapses_at {
            // On the same timeline: a request that was on its way all the time is settled in this book.
            return Ok(Self { timeline: book.timeline, ..Self::new(rate, reading) });
        }
        if book.rate != rate {
            return Err(Misfit::OtherRate { found: book.rate });
        }
        Ok(book)
    }

    fn read(text: &str) -> Result<Self, Misfit> {
        let Versioned::<IgnoredAny> { version, .. } =
            serde_json::from_str(text).map_err(Misfit::Garbled)?;
        if version > VERSION {
            return Err(Misfit::Newer { version });
        }
        let Versioned { book, .. } = serde_json::from_str(text).map_err(Misfit::Garbled)?;
        Ok(book)
    }

    pub(super) fn to_text(&self) -> String {
        let versioned = Versioned { version: VERSION, book: self };
        serde_json::to_string(&versioned).expect("a book is numbers, texts and lists")
    }

    pub(super) fn now(&self) -> Moment {
        self.timeline.now()
    }

    /// After how long without a change nothing in it holds any more: no slot, no pause, and nothing left to others.
    pub(super) fn lapses_after(&self) -> Duration {
        let window = self.rate.window;
        let slots = self.longest_timeout.saturating_add(window.saturating_mul(10));
        LONGEST_RETRY_AFTER.saturating_add(slots).saturating_add(window)
    }

    /// Grants a request if it is the asker's turn and there is a slot, and otherwise says when to look again.
    pub(super) fn look(&mut self, asker: Asker) -> Look {
        let Asker { id, timeout, time_left, patience } = asker;
        let now = self.now();
        let timeout = timeout.saturating_add(LONGEST_HANDOVER).min(LONGEST_TIMEOUT);
        self.longest_timeout = self.longest_timeout.max(timeout);
        if let Some(lost_until) = self.lost_until.take() {
            self.ledger.take_all(lost_until, self.longest_timeout);
        }

        let nth = self.line.stand(id, now);
        let ready_at = self.ledger.earliest(now, nth);
        if ready_at <= now
            && let Some(ticket) = self.ledger.take(now, timeout)
        {
            self.line.leave(id);
            return Look::Granted(ticket);
        }
        let wait = ready_at.saturating_sub(now);
        if time_left.is_some_and(|time_left| time_left < wait) {
            self.line.leave(id);
            let ready_in = self.ledger.expected(now, nth).saturating_sub(now);
            return Look::TooLate { ready_in };
        }
        let wait = wait.min(patience);
        self.line.hold(id, now.saturating_add(wait));
        Look::Wait(wait)
    }

    /// Takes somebody out of the line.
    pub(super) fn leave(&mut self, id: u64) {
        self.line.leave(id);
    }

    pub(super) fn settle(&mut self, ticket: Ticket, end: &RequestEnd) {
        let now = self.now();
        self.ledger.settle(ticket, end, now);
    }

    /// How long it takes until so many requests have been sent, if nobody else sends any.
    pub(super) fn estimate(&self, requests: u64) -> Duration {
        let now = self.now();
        let mut ledger = self.ledger.clone();
        if let Some(lost_until) = self.lost_until {
            ledger.take_all(lost_until, self.longest_timeout);
        }
        ledger.expected(now, requests).saturating_sub(now)
    }
}

/// For stores that may lose what they hold.
#[cfg(feature = "redis")]
impl Book {
    pub(super) fn id(&self) -> u64 {
        self.id
    }

    /// Whether another clock has been used since it was written: the server is another, or has been started anew.
    pub(super) fn has_changed_clocks(&self) -> bool {
        self.timeline.has_changed_clocks()
    }

    /// Takes note that requests may be missing here that were granted up to so long ago.
    pub(super) fn has_lost(&mut self, ago: Duration) {
        self.lost_until = self.lost_until.max(Some(self.now().saturating_sub(ago)));
    }
}

impl From<RateLimit> for Rate {
    /// Of at least one request and one millisecond, as a ledger takes them.
    fn from(rate_limit: RateLimit) -> Self {
        Self {
            limit: rate_limit.limit.max(1),
            window: rate_limit.window.max(Duration::from_millis(1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { limit: 1, window: Duration::from_secs(60) };

    fn asker() -> Asker {
        let (id, timeout) = (fastrand::u64(..), Duration::from_secs(60));
        Asker { id, timeout, time_left: None, patience: Duration::MAX }
    }

    /// A clock that has started anew goes on from what the book told before, which may be days ahead of it.
    #[test]
    fn a_request_that_has_outlived_its_book_is_lost_on_the_same_timeline() {
        let reading = |clock: &str, shows| Reading {
            clock: clock.to_owned(),
            shows: Duration::from_secs(shows),
        };
        let open = |book: &Book, clock, shows| {
            Book::open(Some(&book.to_text()), RATE, &reading(clock, shows)).unwrap()
        };
        let before = Book::new(RATE, &reading("before", 440_000));
        let mut book = open(&before, "after", 600);
        let Look::Granted(ticket) = book.look(asker()) else { panic!("no slot") };
        let mut lapsed = open(&book, "after", 600 + 5 * 60 * 60);
        assert_ne!(lapsed.id, book.id);
        lapsed.settle(ticket, &RequestEnd::Lost);
        assert_eq!(lapsed.estimate(1), RATE.window);
    }
}
