//! A journal in memory, from which the state of each device can be told at any moment.

use std::{
    collections::HashMap,
    error,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{DeviceId, DeviceState, Error, Journal, RequestInfo, RequestReport, Targets};

#[derive(Debug, Default)]
pub(super) struct Notebook {
    states: Mutex<HashMap<DeviceId, DeviceState>>,
    is_full: AtomicBool,
}

impl Notebook {
    /// What is known of a device by what was written down.
    pub(super) fn state(&self, id: &DeviceId) -> DeviceState {
        self.states.lock().unwrap().get(id).copied().unwrap_or(DeviceState::Unprocessed)
    }

    /// From now on, nothing more can be written down.
    pub(super) fn fill(&self) {
        self.is_full.store(true, Ordering::Relaxed);
    }
}

impl Journal for Notebook {
    fn sending(
        &self,
        _: &RequestInfo<'_>,
        targets: &Targets,
    ) -> Result<(), Box<dyn error::Error + Send + Sync>> {
        if self.is_full.load(Ordering::Relaxed) {
            return Err("the notebook is full".into());
        }
        let sent = targets.iter().map(|id| (id, DeviceState::Unknown));
        self.states.lock().unwrap().extend(sent);
        Ok(())
    }

    fn ended(&self, _: &RequestInfo<'_>, targets: &Targets, end: Result<&RequestReport, &Error>) {
        let states = match end {
            Ok(report) => report.states().to_vec(),
            Err(error) => vec![error.device_state(); targets.len()],
        };
        self.states.lock().unwrap().extend(targets.iter().zip(states));
    }
}
