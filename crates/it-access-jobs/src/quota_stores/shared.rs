//! How callers wait for a slot in a store.

use std::{
    sync::Arc,
    time::{Duration, Instant as StoreInstant},
};

use it_access::{
    Ask, Permit, QuotaError, RequestEnd, Slot,
    pacing::{LONGEST_HANDOVER, Ticket},
};
use tokio::{
    select,
    sync::Notify,
    time::{Instant, sleep},
};

use super::{
    StoreError,
    book::{Asker, Look, Rate},
    keeper::{Desk, Keeper},
    store::Store,
};

/// How long a quota that is dropped waits for what is still to be written down.
const FLUSH: Duration = Duration::from_secs(2);

/// The longest time without looking again: somebody ahead may have left the line.
const LONGEST_PATIENCE: Duration = Duration::from_secs(3);

/// How often a slot that comes too late is asked for anew, before the store is given up.
const MOST_LATE_SLOTS: u32 = 5;

/// A quota in a store.
pub(super) struct SharedQuota<S: Store> {
    keeper: Keeper<S>,
    /// Tells all who wait in this program that one of its requests has ended.
    changed: Arc<Notify>,
    window: Duration,
    /// How long it may take from a grant until it is here.
    handover: Duration,
}

impl<S: Store> SharedQuota<S> {
    pub(super) fn new(store: S, rate: Rate) -> Result<Self, StoreError> {
        let keeper = Keeper::start(store)?;
        Ok(Self {
            keeper,
            changed: Arc::default(),
            window: rate.window,
            handover: LONGEST_HANDOVER,
        })
    }

    /// Which store it is.
    pub(super) fn name(&self) -> &str {
        self.keeper.name()
    }

    /// Waits, in the order of arrival among all who share the store, until a request may be sent.
    pub(super) async fn acquire(&self, ask: Ask) -> Result<Permit, QuotaError> {
        let asked_at = Instant::now();
        let mut late_slots = 0;
        let mut place = Place { keeper: &self.keeper, id: fastrand::u64(..), is_in_line: false };
        loop {
            place.is_in_line = true;
            let changed = self.changed.notified();
            let found = self.look(place.id, ask).await;
            place.is_in_line = matches!(found, Ok(Found::NoSlot { .. }));
            match found.map_err(no_permit)? {
                Found::Slot { .. } if self.is_over(ask.deadline, asked_at) => {
                    return Err(no_permit(self.too_slow()));
                }
                Found::Slot { slot, granted_at } if granted_at.elapsed() <= self.handover => {
                    let permit = Permit::new(Box::new(slot)).with_age(granted_at.elapsed());
                    return Ok(permit.with_waited(asked_at.elapsed()));
                }
                // The store took so long that the slot might be free again too early. It goes back, and is asked for anew.
                Found::Slot { .. } if late_slots < MOST_LATE_SLOTS => late_slots += 1,
                Found::Slot { .. } => return Err(no_permit(self.too_slow())),
                Found::NoSlot { look_in } => select! {
                    () = changed => {}
                    () = sleep(look_in + self.jitter()) => {}
                },
                Found::TooLate { ready_in } => return Err(QuotaError::TooLate { ready_in }),
            }
        }
    }

    /// How long it takes until so many requests have been sent, if nobody else sends any.
    pub(super) async fn estimate(&self, requests: u64) -> Result<Duration, StoreError> {
        self.keeper.ask(move |desk| desk.read(|book| book.estimate(requests))).await
    }

    fn too_slow(&self) -> StoreError {
        StoreError::TooSlow { store: self.name().to_owned(), limit: self.handover }
    }

    /// Whether a deadline has been missed, because the store took long. One that had come already when the permit was asked for
    /// means that the store is asked once.
    fn is_over(&self, deadline: Option<Instant>, asked_at: Instant) -> bool {
        deadline.is_some_and(|deadline| Instant::now() > deadline.max(asked_at) + self.handover)
    }

    async fn look(&self, id: u64, ask: Ask) -> Result<Found<S>, StoreError> {
        let asked_at = StoreInstant::now();
        let time_left =
            ask.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let asker = Asker { id, timeout: ask.timeout, time_left, patience: self.patience() };
        let (keeper, changed) = (self.keeper.clone(), Arc::clone(&self.changed));
        let look = move |desk: &mut Desk<S>| {
            let (look, looked_at) = desk.change(|book| {
                let passed = asked_at.elapsed();
                let time_left = time_left.map(|time_left| time_left.saturating_sub(passed));
                (book.look(Asker { time_left, ..asker }), StoreInstant::now())
            })?;
            Ok(match look {
                Look::Granted(ticket) => {
                    let slot = GrantedSlot { keeper, changed, ticket: Some(ticket) };
                    Found::Slot { slot, granted_at: looked_at }
                }
                Look::Wait(look_in) => Found::NoSlot { look_in },
                Look::TooLate { ready_in } => Found::TooLate { ready_in },
            })
        };
        self.keeper.ask(look).await
    }

    /// How long to wait at most without looking again.
    fn patience(&self) -> Duration {
        (self.window / 20).min(LONGEST_PATIENCE).mul_f64(1.0 - fastrand::f64() / 4.0)
    }

    /// Up to a thousandth of the window, so that those who wait for slots that are free together do not all look together.
    fn jitter(&self) -> Duration {
        (self.window / 1000).mul_f64(fastrand::f64())
    }
}

impl<S: Store> Drop for SharedQuota<S> {
    fn drop(&mut self) {
        self.keeper.flush(FLUSH);
    }
}

pub(super) fn no_permit(error: StoreError) -> QuotaError {
    QuotaError::Store(Box::new(error))
}

/// What came of a look.
enum Found<S: Store> {
    Slot { slot: GrantedSlot<S>, granted_at: StoreInstant },
    NoSlot { look_in: Duration },
    TooLate { ready_in: Duration },
}

/// A place in the line of those who wait. Who drops it has left the line.
struct Place<'a, S: Store> {
    keeper: &'a Keeper<S>,
    id: u64,
    is_in_line: bool,
}

impl<S: Store> Drop for Place<'_, S> {
    fn drop(&mut self) {
        if self.is_in_line {
            let id = self.id;
            // If that fails, the place is lost soon by itself.
            self.keeper.tell(move |desk| drop(desk.change(|book| book.leave(id))));
        }
    }
}

/// What a permit holds. One that never came to be a permit gives its slot back.
struct GrantedSlot<S: Store> {
    keeper: Keeper<S>,
    changed: Arc<Notify>,
    ticket: Option<Ticket>,
}

impl<S: Store> GrantedSlot<S> {
    fn end(&mut self, end: RequestEnd) {
        if let Some(ticket) = self.ticket.take() {
            self.keeper.tell(move |desk| desk.settle(ticket, end));
            self.changed.notify_waiters();
        }
    }
}

impl<S: Store> Slot for GrantedSlot<S> {
    fn settle(mut self: Box<Self>, end: RequestEnd) {
        self.end(end);
    }
}

impl<S: Store> Drop for GrantedSlot<S> {
    fn drop(&mut self) {
        self.end(RequestEnd::NotSent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quota_stores::{AccountKey, sqlite::SqliteStore};

    const RATE: Rate = Rate { limit: 10, window: Duration::from_secs(60) };

    #[tokio::test]
    async fn a_store_that_is_too_slow_is_given_up() -> Result<(), StoreError> {
        let folder = tempfile::tempdir().expect("a folder");
        let account = AccountKey::new("https://tenant.example", "a");
        let store = SqliteStore::open(&folder.path().join("quota"), &account, RATE)?;
        let mut quota = SharedQuota::new(store, RATE)?;
        // Nothing takes no time.
        quota.handover = Duration::ZERO;
        let ask = Ask::new(Duration::from_secs(60));
        for ask in [ask, ask.without_waiting()] {
            let Err(QuotaError::Store(error)) = quota.acquire(ask).await else {
                panic!("a permit")
            };
            assert!(error.to_string().ends_with("put it on a faster disk, or nearer"), "{error}");
        }
        // Each slot went back.
        assert_eq!(quota.estimate(10).await?, Duration::ZERO);
        Ok(())
    }
}
