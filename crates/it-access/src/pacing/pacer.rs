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

/// A quota in the memory of one program, by the rules of [`Ledger`].
///
/// Its clones share the quota, and so should all clients of one account: the service counts them together. Callers are
/// served in the order in which they came. Nothing runs beside them, and no clock is used that can be set.
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
    /// Who is first in the line has the turn. The others wait for it, in order.
    turn: Turnstile<()>,
    /// Tells all who wait that the ledger has changed.
    changed: Notify,
}

struct State {
    ledger: Ledger,
    /// The numbers of those who wait, in order.
    line: VecDeque<u64>,
    next_number: u64,
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
        let place = Place::at_the_end(&self.0);
        let _turn = place.turn(ask.deadline).await?;
        let ticket = place.take(ask).await?;
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
    /// The earliest moment at which the `nth` in the line can be served, unless that is after the deadline.
    fn in_time(
        &self,
        nth: u64,
        now: Moment,
        deadline: Option<Moment>,
    ) -> Result<Moment, QuotaError> {
        let ready_at = self.ledger.earliest(now, nth);
        match deadline.map(|deadline| deadline.max(now)) {
            Some(deadline) if deadline < ready_at => {
                let ready_in = self.ledger.expected(now, nth).saturating_sub(now);
                Err(QuotaError::TooLate { ready_in })
            }
            _ => Ok(ready_at),
        }
    }

    /// The first in the line is at one.
    fn position(&self, number: u64) -> u64 {
        1 + self.line.partition_point(|other| *other < number) as u64
    }

    fn leave(&mut self, number: u64) {
        if let Ok(index) = self.line.binary_search(&number) {
            self.line.remove(index);
        }
    }
}

/// A place in the line of those who wait. Who drops it has left the line.
struct Place<'a> {
    shared: &'a Shared,
    number: u64,
}

impl<'a> Place<'a> {
    fn at_the_end(shared: &'a Shared) -> Self {
        let mut state = shared.state();
        let number = state.next_number;
        state.next_number += 1;
        state.line.push_back(number);
        Self { shared, number }
    }

    /// Waits for the turn, as long as it can come in time.
    async fn turn(&self, deadline: Option<Instant>) -> Result<Turn<'a, ()>, QuotaError> {
        let Some(deadline) = deadline else { return Ok(self.shared.turn.lock().await) };
        let mut turn = pin!(self.shared.turn.lock());
        loop {
            let changed = self.shared.changed.notified();
            self.check_in_time(deadline)?;
            // After the deadline, only those are still here whom a slot is waiting for.
            let is_ahead = Instant::now() < deadline;
            select! {
                biased;
                turn = &mut turn => return Ok(turn),
                () = changed => {}
                () = sleep_until(deadline), if is_ahead => {}
            }
        }
    }

    /// Takes a slot as soon as there is one. For the caller whose turn it is.
    async fn take(&self, ask: Ask) -> Result<Ticket, QuotaError> {
        let deadline = ask.deadline.map(|deadline| self.shared.moment(deadline));
        loop {
            let changed = self.shared.changed.notified();
            let now = self.shared.now();
            if let Some(ticket) = self.take_now(now, ask.timeout) {
                return Ok(ticket);
            }
            let ready_at = self.shared.state().in_time(1, now, deadline)?;
            let wait = ready_at.saturating_sub(now).min(LONGEST_SLEEP);
            select! {
                () = changed => {}
                () = sleep_until(Instant::now() + wait) => {}
            }
        }
    }

    /// Takes a slot, if there is one, and leaves the line in the same moment: who has both, a slot and a place before others,
    /// would count twice for them.
    fn take_now(&self, now: Moment, timeout: Duration) -> Option<Ticket> {
        let mut state = self.shared.state();
        let ticket = state.ledger.take(now, timeout)?;
        state.leave(self.number);
        Some(ticket)
    }

    /// Position and slots are looked up in the same moment, for the same reason.
    fn check_in_time(&self, deadline: Instant) -> Result<(), QuotaError> {
        let (now, deadline) = (self.shared.now(), self.shared.moment(deadline));
        let state = self.shared.state();
        state.in_time(state.position(self.number), now, Some(deadline)).map(drop)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.shared.state().leave(self.number);
    }
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
        let place = Place::at_the_end(&quota.0);
        let turn = place.turn(None).await.unwrap();
        place.take(ask).await.unwrap();
        // Another thread may ask before the place is dropped.
        let (other, ()) = tokio::join!(quota.acquire(ask.without_waiting()), async { drop(turn) });
        other.unwrap().not_sent();
    }
}
