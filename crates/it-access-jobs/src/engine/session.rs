//! The state of a run: the journal that it writes, and what it knows besides.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use it_access::{Counts, DeviceState};

use crate::{
    Event, Events, JournalError,
    journal::{End, Writer},
    tally::Tally,
};

/// What the waves of a run share.
#[derive(Debug)]
pub(super) struct Session {
    state: Mutex<State>,
    events: Arc<dyn Events>,
}

#[derive(Debug)]
pub(super) struct State {
    writer: Writer,
    /// With what is not written down yet.
    tally: Tally,
    requests: u64,
    /// Ends that could not be written down yet.
    unwritten: Vec<End>,
    /// Why an intent could not be written down, which ends the run.
    failure: Option<JournalError>,
}

impl Session {
    pub(super) fn new(writer: Writer, tally: Tally, events: Arc<dyn Events>) -> Self {
        let (requests, unwritten, failure) = (0, Vec::new(), None);
        Self { state: Mutex::new(State { writer, tally, requests, unwritten, failure }), events }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn tell(&self, event: &Event) {
        self.events.happened(event);
    }
}

impl State {
    pub(super) fn writer(&mut self) -> &mut Writer {
        &mut self.writer
    }

    pub(super) fn counts(&self) -> Counts {
        self.tally.counts()
    }

    pub(super) fn requests(&self) -> u64 {
        self.requests
    }

    /// Writes an intent down, and what could not be written down before it. Says whether it is safe, and under which
    /// number; why not, is kept.
    pub(super) fn sending(&mut self, devices: &[u64], attempt: u32) -> Option<u64> {
        let now = SystemTime::now();
        let written = self.catch_up().and_then(|()| self.writer.sending(devices, attempt, now));
        match written {
            Ok(request) => {
                self.requests += 1;
                Some(request)
            }
            Err(error) => {
                self.failure = Some(error);
                None
            }
        }
    }

    /// Writes an end down, now or later.
    pub(super) fn ended(&mut self, end: End) {
        self.unwritten.push(end);
        // If it fails, the next intent finds out, or the end of the run.
        let _ = self.catch_up();
    }

    pub(super) fn moved(&mut self, from: DeviceState, to: DeviceState) {
        self.tally.move_one(from, to);
    }

    /// Tries once more to write down what is not, and why the run ended. Gives back what cannot be written.
    pub(super) fn close(&mut self, stopped_by: Option<&str>) -> (Vec<End>, Option<JournalError>) {
        let closed = self.catch_up().and_then(|()| self.writer.stopped(stopped_by));
        if let Err(error) = closed {
            self.failure.get_or_insert(error);
        }
        (std::mem::take(&mut self.unwritten), self.failure.take())
    }

    fn catch_up(&mut self) -> Result<(), JournalError> {
        while let Some(end) = self.unwritten.first() {
            self.writer.ended(end)?;
            self.unwritten.remove(0);
        }
        Ok(())
    }
}
