//! Who hears what happens in a run: the progress bar, and a scheduler.

use std::{
    fs::OpenOptions,
    io::{self, Write},
    path::Path,
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, anyhow};
use it_access::{Error, Observer, RequestInfo};
use it_access_jobs::{Event, Events, NdjsonEvents, QuotaEvents};

use super::progress::Progress;
use crate::{arguments::Running, failure::Failure, settings::Settings, tell::Tell};

/// All who hear what happens.
#[derive(Debug)]
struct Listeners(Vec<Box<dyn Events>>);

impl Events for Listeners {
    fn happened(&self, event: &Event) {
        for listener in &self.0 {
            listener.happened(event);
        }
    }
}

/// Those who are to hear what happens.
pub(super) fn listeners(
    settings: &Settings<'_>,
    running: &Running,
) -> Result<Arc<dyn Events>, Failure> {
    let mut listeners: Vec<Box<dyn Events>> = Vec::new();
    if let Some(path) = &running.events {
        let lines = open(path).map_err(Failure::usage)?;
        listeners.push(Box::new(NdjsonEvents::new(lines)));
    }
    if let Some(progress) = Progress::at_a_terminal(settings, running) {
        listeners.push(Box::new(progress));
    }
    Ok(Arc::new(Listeners(listeners)))
}

fn open(path: &Path) -> anyhow::Result<Box<dyn Write + Send>> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stderr()));
    }
    let file = OpenOptions::new().append(true).create(true).open(path);
    Ok(Box::new(file.with_context(|| anyhow!("--events: {} cannot be written", path.display()))?))
}

/// What a client tells of its requests in a run: waits to those who hear of them, further attempts to the person.
#[derive(Debug)]
pub(super) struct Watch(QuotaEvents);

impl Watch {
    pub(super) fn new(events: Arc<dyn Events>) -> Self {
        Self(QuotaEvents::new(events))
    }
}

impl Observer for Watch {
    fn waiting(&self, request: &RequestInfo<'_>, about: Duration) {
        self.0.waiting(request, about);
    }

    fn retried(&self, request: &RequestInfo<'_>, error: &Error, pause: Duration) {
        Tell.retried(request, error, pause);
    }
}
