//! Some of a job's devices on their way: what the wrapper's journal is told, goes into that of the job.

use std::{
    collections::HashMap,
    error,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use it_access::{
    DeviceId, DeviceReport, DeviceState, Error, Journal, RequestInfo, RequestReport, Targets,
};

use super::session::Session;
use crate::{
    Event, Job, JournalError,
    journal::{End, PendingRow},
};

/// So many devices as are sent by one run of the wrapper.
#[derive(Debug)]
pub(super) struct Wave {
    session: Arc<Session>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    devices: HashMap<DeviceId, Device>,
    /// The numbers of the requests that are on their way: in the job, by those in the client.
    requests: HashMap<u64, u64>,
}

#[derive(Debug)]
struct Device {
    number: u64,
    /// What it is again, after a request that changed nothing.
    before: DeviceState,
    now: DeviceState,
}

/// Why a request was not sent: the journal's own error is what the run ends with.
#[derive(Debug, thiserror::Error)]
#[error("the journal of the job could not be written")]
struct NotWritten;

impl Wave {
    /// Takes up these devices, and says what to send.
    ///
    /// # Errors
    ///
    /// If the journal holds what is no device, or a device twice.
    pub(super) fn begin(
        session: Arc<Session>,
        job: &Job,
        rows: &[PendingRow],
    ) -> Result<(Arc<Self>, Targets), JournalError> {
        let targets = job
            .kind()
            .targets(rows.iter().map(|row| row.id.as_str()))
            .map_err(|invalid| JournalError::corrupt(job.path(), invalid))?;
        if targets.duplicates() > 0 {
            return Err(JournalError::corrupt(job.path(), "a device is in it twice"));
        }
        let devices = targets.iter().zip(rows).map(|(id, row)| {
            (id, Device { number: row.number, before: row.state, now: row.state })
        });
        let state = State { devices: devices.collect(), requests: HashMap::new() };
        Ok((Arc::new(Self { session, state: Mutex::new(state) }), targets))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal for Wave {
    fn sending(
        &self,
        attempt: &RequestInfo<'_>,
        targets: &Targets,
    ) -> Result<(), Box<dyn error::Error + Send + Sync>> {
        let mut wave = self.state();
        let mut session = self.session.state();
        let numbers: Vec<u64> =
            targets.iter().filter_map(|id| Some(wave.devices.get(&id)?.number)).collect();
        let request = session.sending(&numbers, attempt.attempt).ok_or(NotWritten)?;
        wave.requests.insert(attempt.number, request);
        for id in targets.iter() {
            if let Some(device) = wave.devices.get_mut(&id) {
                session.moved(device.now, DeviceState::Unknown);
                device.now = DeviceState::Unknown;
            }
        }
        drop(session);
        self.session.tell(&Event::Sent {
            request,
            attempt: attempt.attempt,
            devices: attempt.devices,
        });
        Ok(())
    }

    fn ended(
        &self,
        attempt: &RequestInfo<'_>,
        targets: &Targets,
        end: Result<&RequestReport, &Error>,
    ) {
        let mut wave = self.state();
        let mut session = self.session.state();
        let Some(request) = wave.requests.remove(&attempt.number) else { return };
        let reported = match end {
            Ok(report) => report.states().to_vec(),
            Err(error) => vec![error.device_state(); targets.len()],
        };
        let mut devices = Vec::with_capacity(reported.len());
        let mut was_unknown = false;
        for (id, state) in targets.iter().zip(reported) {
            let Some(device) = wave.devices.get_mut(&id) else { continue };
            let state = device.after(state);
            was_unknown |= end.is_err() && state == DeviceState::Unknown;
            session.moved(device.now, state);
            device.now = state;
            devices.push((device.number, DeviceReport { id, state }));
        }
        let (status, reason) = match end {
            Ok(_) => (Some(200), None),
            Err(error) => (error.status(), Some(reason(error, was_unknown))),
        };
        let unasked = end.map(|report| report.unasked().to_vec()).unwrap_or_default();
        let at = SystemTime::now();
        session.ended(End { request, at, status, reason: reason.clone(), devices, unasked });
        let counts = session.counts();
        drop(session);
        self.session.tell(&Event::Ended { request, status, reason, counts });
    }
}

impl Device {
    /// The state after a request: what was perhaps applied once stays so, until an answer says more.
    fn after(&mut self, reported: DeviceState) -> DeviceState {
        match reported {
            DeviceState::Unprocessed => self.before,
            DeviceState::Unknown => {
                self.before = DeviceState::Unknown;
                DeviceState::Unknown
            }
            other => other,
        }
    }
}

/// The error and what caused it, in one line.
fn reason(error: &Error, was_unknown: bool) -> String {
    let mut reason = error.to_string();
    let mut source = error::Error::source(error);
    while let Some(cause) = source {
        reason.push_str(&format!(" Cause: {cause}."));
        source = cause.source();
    }
    if was_unknown && !error.may_have_been_applied() {
        reason.push_str(" An earlier request may have been applied.");
    }
    reason
}
