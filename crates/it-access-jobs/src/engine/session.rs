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
    pub(super) fn close(
        &mut self,
        stopped_by: Option<&str>,
        is_halted: bool,
    ) -> (Vec<End>, Option<JournalError>) {
        let closed = self.catch_up().and_then(|()| self.writer.stopped(stopped_by, is_halted));
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use it_access::{ActionStatus, DeviceAction, DeviceId, DeviceReport};
    use tempfile::TempDir;

    use super::*;
    use crate::{IdKind, Job, Jobs, List, Plan, StateName, event::Unheard};

    fn session(folder: &TempDir) -> (Job, Session) {
        let text = (1..=60).map(|number| format!("device{number}\n")).collect::<String>();
        let list = List::reading("list", std::io::Cursor::new(text));
        let plan = Plan::builder(DeviceAction::Delete, IdKind::Hwids, list).build().unwrap();
        let job = Jobs::in_folder(folder.path()).create(&plan, "https://tenant.example").unwrap();
        let writer = Writer::open(job.path()).unwrap();
        let tally = writer.tally(job.record()).unwrap();
        (job, Session::new(writer, tally, Arc::new(Unheard)))
    }

    fn applied(request: u64, devices: std::ops::RangeInclusive<u64>) -> End {
        let state = DeviceState::Reported(ActionStatus::Applied);
        let report = |number: u64| {
            let id = DeviceId::Hwid(format!("device{number}").parse().unwrap());
            (number, DeviceReport { id, state })
        };
        End {
            request,
            at: SystemTime::now(),
            status: Some(200),
            // More than fits.
            reason: Some("x".repeat(100_000)),
            devices: devices.map(report).collect(),
            unasked: Vec::new(),
        }
    }

    fn in_state(job: &Job, state: StateName) -> usize {
        job.report().unwrap().rows(&[state]).map(Result::unwrap).count()
    }

    #[test]
    fn a_full_disk_stops_sending_and_what_is_known_is_kept_until_there_is_space() {
        let folder = tempfile::tempdir().unwrap();
        let (job, session) = session(&folder);
        let mut state = session.state();
        assert_eq!(state.sending(&[1, 2, 3], 1), Some(1));

        state.writer().fill_disk();
        state.ended(applied(1, 1..=3));
        assert_eq!(state.sending(&[4, 5], 1), None);
        assert_eq!(
            (in_state(&job, StateName::Unknown), in_state(&job, StateName::Applied)),
            (3, 0)
        );

        state.writer().empty_disk();
        assert_eq!(state.sending(&[4, 5], 1), Some(2));
        assert_eq!(
            (in_state(&job, StateName::Unknown), in_state(&job, StateName::Applied)),
            (2, 3)
        );
    }

    #[test]
    fn what_could_not_be_written_to_the_end_is_given_back() {
        let folder = tempfile::tempdir().unwrap();
        let (job, session) = session(&folder);
        let mut state = session.state();
        assert_eq!(state.sending(&[1, 2, 3], 1), Some(1));
        state.writer().fill_disk();
        state.ended(applied(1, 1..=3));

        let (unwritten, failure) = state.close(Some("stopped"), false);
        let known: usize = unwritten.iter().map(|end| end.devices.len()).sum();
        assert!(matches!(failure, Some(JournalError::Full { .. })), "{failure:?}");
        assert_eq!((known, in_state(&job, StateName::Unknown)), (3, 3));
        let message = failure.unwrap().to_string();
        assert!(message.contains("there is no space") && message.contains("resume"), "{message}");
    }
}
