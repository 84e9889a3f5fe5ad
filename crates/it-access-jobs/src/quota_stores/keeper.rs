//! The thread that works with a store, so that nobody else ever waits for a disk or a network without knowing.

use std::{
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread,
    time::Duration,
};

use it_access::{RequestEnd, pacing::Ticket};
use tokio::sync::oneshot;

use super::{StoreError, book::Book, store::Store};

/// How long until it is tried again to write down how a request ended.
const RETRY: Duration = Duration::from_secs(1);

/// A way to the thread that works with a store. The thread ends with the last of them.
#[derive(Debug)]
pub(super) struct Keeper<S> {
    jobs: Sender<Job<S>>,
    name: String,
}

type Job<S> = Box<dyn FnOnce(&mut Desk<S>) + Send>;

/// What the thread works at.
pub(super) struct Desk<S> {
    store: S,
    /// How requests ended, as far as it could not be written down yet. There are no more than slots: a store that cannot be
    /// written to grants nothing.
    unsettled: Vec<(Ticket, RequestEnd)>,
}

impl<S: Store> Keeper<S> {
    pub(super) fn start(store: S) -> Result<Self, StoreError> {
        let name = store.name().to_owned();
        let (jobs, waiting) = mpsc::channel();
        let desk = Desk { store, unsettled: Vec::new() };
        let thread = thread::Builder::new().name("quota".to_owned());
        match thread.spawn(move || desk.work(&waiting)) {
            Ok(_) => Ok(Self { jobs, name }),
            Err(_) => Err(StoreError::Stopped { store: name }),
        }
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Has something done, and waits for what comes of it. It is done even if nobody waits any more.
    pub(super) async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Desk<S>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, replied) = oneshot::channel();
        self.tell(move |desk| drop(reply.send(work(desk))));
        replied.await.unwrap_or_else(|_| Err(StoreError::Stopped { store: self.name.clone() }))
    }

    /// Has something done after all that was asked for before, without waiting for it.
    pub(super) fn tell(&self, work: impl FnOnce(&mut Desk<S>) + Send + 'static) {
        // If the thread has ended, whoever asks next is told so.
        drop(self.jobs.send(Box::new(work)));
    }

    /// Waits until all is done that was asked for before, but not longer than this. Blocks the thread.
    pub(super) fn flush(&self, at_most: Duration) {
        let (done, is_done) = mpsc::channel();
        // If nobody waits any more, or not to the end: what is not written down frees its slot later, which is the safe side.
        self.tell(move |_| _ = done.send(()));
        _ = is_done.recv_timeout(at_most);
    }
}

impl<S> Clone for Keeper<S> {
    fn clone(&self) -> Self {
        Self { jobs: self.jobs.clone(), name: self.name.clone() }
    }
}

impl<S: Store> Desk<S> {
    fn work(mut self, jobs: &Receiver<Job<S>>) {
        loop {
            let job = match self.unsettled.is_empty() {
                true => jobs.recv().map_err(RecvTimeoutError::from),
                false => jobs.recv_timeout(RETRY),
            };
            match job {
                Ok(job) => job(&mut self),
                Err(RecvTimeoutError::Timeout) => self.try_to_settle(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        if !self.unsettled.is_empty() {
            self.try_to_settle();
        }
    }

    pub(super) fn change<T>(
        &mut self,
        mut change: impl FnMut(&mut Book) -> T,
    ) -> Result<T, StoreError> {
        let Self { store, unsettled } = self;
        let changed = store.change(|book| {
            for (ticket, end) in unsettled.iter() {
                book.settle(*ticket, end);
            }
            change(book)
        })?;
        unsettled.clear();
        Ok(changed)
    }

    pub(super) fn read<T>(&mut self, read: impl FnOnce(&Book) -> T) -> Result<T, StoreError> {
        self.store.read(read)
    }

    /// Writes down how a request ended, now or as soon as that is possible: a refusal must come to be known.
    pub(super) fn settle(&mut self, ticket: Ticket, end: RequestEnd) {
        self.unsettled.push((ticket, end));
        self.try_to_settle();
    }

    fn try_to_settle(&mut self) {
        // An error is no loss: it is tried again, and who asks for a permit is told.
        drop(self.change(|_| ()));
    }
}
