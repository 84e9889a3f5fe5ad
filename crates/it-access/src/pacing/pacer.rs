//! A quota in the memory of one program.

use std::{
    collections::VecDeque,
    fmt,
    pin::pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    select,
    sync::{Mutex as Turnstile, MutexGuard as Turn, Notify},
    time::{Instant, sleep_until},
};

use super::ledger::{Ledger, Moment, Ticket};
use crate::{Ask, BoxFuture, Permit, Quota, QuotaError, RequestEnd, Slot};

/// The longest sleep without looking again: a moment further off may not even be an instant.
const LONGEST_SLEEP: Duration = Duration::from_secs(60 * 60);

/// How long one who waits may be overdue before the others go without it. Its future is there, and nobody polls it: perhaps
/// because who should do so waits for one of them.
const PATIENCE: Duration = Duration::from_secs(1);

/// A quota in the memory of one program, by the rules of [`Ledger`].
///
/// Its clones share the quota, and so should all clients of one account: the service counts them together. Callers are
/// served in the order in which they came; who waits, and is not polled when a slot is free, is passed over after a second.
/// Nothing runs beside them, and no clock is used that can be set.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), it_access::QuotaError> {
/// use std::time::Duration;
/// use it_access::{Ask, Pacer, Quota};
///
/// let quota = Pacer::new(2, Duration::from_secs(60));
/// let ask = Ask::new(Duration::from_secs(30)).without_waiting();
/// let _first = quota.acquire(ask).await?;
/// let second = quota.acquire(ask).await?;
/// let refusal = quota.acquire(ask).await.unwrap_err();
/// assert!(refusal.ready_in() > Some(Duration::from_secs(59)));
///
/// second.not_sent();
/// let _third = quota.acquire(ask).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Pacer(Arc<Shared>);

struct Shared {
    /// What the ledger's moments count from.
    origin: Instant,
    state: Mutex<State>,
    /// Who is first in the line has the turn, and looks as soon as there can be a slot. The others wait for it, in order.
    turn: Turnstile<()>,
    /// Tells all who wait that the ledger has changed.
    changed: Notify,
}

struct State {
    ledger: Ledger,
    /// Those who wait, in order.
    line: VecDeque<Waiting>,
    next_number: u64,
}

/// One who waits.
struct Waiting {
    number: u64,
    /// When it looks for a slot once more, if its future is polled.
    looks_again_at: Moment,
}

impl Pacer {
    /// A quota of `limit` requests in each `window`, of at least one request and one millisecond. It starts wholly free.
    #[must_use]
    pub fn new(limit: u32, window: Duration) -> Self {
        Self(Arc::new(Shared {
            origin: Instant::now(),
            state: Mutex::new(State {
                ledger: Ledger::new(limit, window),
                line: VecDeque::new(),
                next_number: 0,
            }),
            turn: Turnstile::new(()),
            changed: Notify::new(),
        }))
    }

    /// Uses the service's fixed windows, once it has shown that it has them: see [`Ledger::with_alignment`].
    #[must_use]
    pub fn with_alignment(self) -> Self {
        let mut state = self.0.state();
        state.ledger = state.ledger.clone().with_alignment();
        drop(state);
        self
    }

    /// Whether the service has shown fixed windows, and they are used now.
    #[must_use]
    pub fn is_aligned(&self) -> bool {
        self.0.state().ledger.is_aligned()
    }

    async fn grant(&self, ask: Ask) -> Result<Permit, QuotaError> {
        let asked_at = Instant::now();
        let ticket = Place::new(&self.0).take(ask).await?;
        let slot = GrantedSlot { shared: Arc::clone(&self.0), ticket };
        Ok(Permit::new(Box::new(slot)).with_waited(asked_at.elapsed()))
    }
}

impl Quota for Pacer {
    fn acquire(&self, ask: Ask) -> BoxFuture<'_, Result<Permit, QuotaError>> {
        Box::pin(self.grant(ask))
    }

    fn estimate(&self, requests: u64) -> BoxFuture<'_, Result<Duration, QuotaError>> {
        Box::pin(async move {
            let now = self.0.now();
            Ok(self.0.state().ledger.expected(now, requests).saturating_sub(now))
        })
    }
}

impl fmt::Debug for Pacer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let State { ledger, line, .. } = &*self.0.state();
        f.debug_struct("Pacer").field("ledger", ledger).field("waiting", &line.len()).finish()
    }
}

impl Shared {
    fn now(&self) -> Moment {
        self.moment(Instant::now())
    }

    fn moment(&self, instant: Instant) -> Moment {
        instant.saturating_duration_since(self.origin)
    }

    /// The lock is held for moments only, and nothing panics in them that would leave the state half changed.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Joins the line at its end.
    fn join(&mut self, now: Moment) -> u64 {
        let number = self.next_number;
        self.next_number += 1;
        self.line.push_back(Waiting { number, looks_again_at: now });
        number
    }

    /// The first in the line is at one. Who is overdue stands in nobody's way.
    fn position(&self, number: u64, now: Moment) -> u64 {
        let before = self.line.iter().take_while(|other| other.number < number);
        1 + before.filter(|other| !other.is_overdue(now)).count() as u64
    }

    fn leave(&mut self, number: u64) {
        if let Ok(index) = self.find(number) {
            self.line.remove(index);
        }
    }

    fn will_look_again(&mut self, number: u64, moment: Moment) {
        if let Ok(index) = self.find(number) {
            self.line[index].looks_again_at = moment;
        }
    }

    fn find(&self, number: u64) -> Result<usize, usize> {
        self.line.binary_search_by_key(&number, |waiting| waiting.number)
    }
}

impl Waiting {
    fn is_overdue(&self, now: Moment) -> bool {
        now > self.looks_again_at.saturating_add(PATIENCE)
    }
}

/// A place in the line of those who wait. Who drops it has left the line.
struct Place<'a> {
    shared: &'a Shared,
    /// None until the first look.
    number: Option<u64>,
}

impl<'a> Place<'a> {
    fn new(shared: &'a Shared) -> Self {
        Self { shared, number: None }
    }

    /// Takes a slot as soon as there is one, besides one for each who is before it.
    async fn take(&mut self, ask: Ask) -> Result<Ticket, QuotaError> {
        let shared = self.shared;
        let mut coming = pin!(shared.turn.lock());
        let mut turn: Option<Turn<'_, ()>> = None;
        loop {
            let changed = shared.changed.notified();
            let again_at = match self.look(ask, turn.is_some())? {
                Look::Granted(ticket) => return Ok(ticket),
                Look::AgainAt(moment) => shared.origin + moment,
            };
            // Of the others, only those are told of each change for whom it may be too late by then.
            let is_told = turn.is_some() || ask.deadline.is_some();
            select! {
                biased;
                first = &mut coming, if turn.is_none() => turn = Some(first),
                () = changed, if is_told => {}
                () = sleep_until(again_at) => {}
            }
        }
    }

    /// Joins the line, takes a slot or gives up, and leaves the line, all in the same moment: who has both, a slot and a
    /// place before others, would count twice for them, and who has given up would count at all.
    fn look(&mut self, ask: Ask, has_turn: bool) -> Result<Look, QuotaError> {
        let now = self.shared.now();
        let mut state = self.shared.state();
        let number = *self.number.get_or_insert_with(|| state.join(now));
        let nth = state.position(number, now);
        let ready_at = state.ledger.earliest(now, nth);
        if ready_at <= now
            && let Some(ticket) = state.ledger.take(now, ask.timeout)
        {
            state.leave(number);
            return Ok(Look::Granted(ticket));
        }
        let deadline = ask.deadline.map_or(Moment::MAX, |it| self.shared.moment(it).max(now));
        if deadline < ready_at {
            let ready_in = state.ledger.expected(now, nth).saturating_sub(now);
            state.leave(number);
            return Err(QuotaError::TooLate { ready_in });
        }
        // The others look by themselves only if the turn does not come to them when it should.
        let patience = if has_turn { Duration::ZERO } else { PATIENCE };
        let again_at = ready_at.saturating_add(patience).min(deadline).min(now + LONGEST_SLEEP);
        state.will_look_again(number, again_at);
        Ok(Look::AgainAt(again_at))
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(number) = self.number {
            self.shared.state().leave(number);
        }
    }
}

/// What comes of a look at the slots.
enum Look {
    Granted(Ticket),
    AgainAt(Moment),
}

/// What a permit of a pacer holds.
struct GrantedSlot {
    shared: Arc<Shared>,
    ticket: Ticket,
}

impl Slot for GrantedSlot {
    fn settle(self: Box<Self>, end: RequestEnd) {
        let now = self.shared.now();
        self.shared.state().ledger.settle(self.ticket, &end, now);
        self.shared.changed.notify_waiters();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_has_taken_a_slot_stands_in_nobodys_way() {
        let quota = Pacer::new(2, Duration::from_secs(60));
        let ask = Ask::new(Duration::from_secs(30));
        // Another thread may ask before the place is dropped.
        let mut place = Place::new(&quota.0);
        place.take(ask).await.unwrap();
        quota.acquire(ask.without_waiting()).await.unwrap().not_sent();
    }

    #[tokio::test]
    async fn who_has_given_up_stands_in_nobodys_way() {
        let quota = Pacer::new(1, Duration::from_secs(60));
        let ask = Ask::new(Duration::from_secs(30));
        let permit = quota.acquire(ask).await.unwrap();
        let mut place = Place::new(&quota.0);
        place.take(ask.without_waiting()).await.unwrap_err();
        permit.not_sent();
        quota.acquire(ask.without_waiting()).await.unwrap().not_sent();
    }
}
