//! What happens in a run, as it happens: for progress bars and schedulers.

use std::{
    fmt,
    io::Write,
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use it_access::{Counts, Observer, RequestInfo};
use serde::Serialize;

use crate::{JobId, timestamp};

/// Is told what happens in a run. It is called between other work, and should return at once.
pub trait Events: fmt::Debug + Send + Sync {
    /// Something has happened. No event holds a secret.
    fn happened(&self, event: &Event);
}

/// Something that happens in a run. Serde writes its name as `event`, and what belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// A run begins, or begins again.
    Started {
        /// The job.
        job: JobId,
        /// What is done.
        action: String,
        /// The devices of the job.
        counts: Counts,
        /// How many of them may be sent in this run.
        pending: usize,
    },
    /// A request has to wait for the quota. Told by [`QuotaEvents`].
    Waiting {
        /// About so long.
        #[serde(rename = "seconds", serialize_with = "seconds")]
        about: Duration,
        /// The number of devices in the request.
        devices: usize,
    },
    /// A request is written down, and is sent.
    Sent {
        /// Its number in the job.
        request: u64,
        /// 1, or more if it is repeated.
        attempt: u32,
        /// The number of devices in it.
        devices: usize,
    },
    /// A request has ended.
    Ended {
        /// Its number in the job.
        request: u64,
        /// The status of the answer, if there was one.
        status: Option<u16>,
        /// Why it failed as a whole, if it did.
        reason: Option<String>,
        /// The devices of the job, as they are now.
        counts: Counts,
    },
    /// The run ends early. What is left can be sent by another run.
    Stopped {
        /// Why.
        reason: String,
        /// The devices of the job.
        counts: Counts,
    },
    /// The run ends, and nothing is left to send.
    Finished {
        /// The devices of the job.
        counts: Counts,
    },
}

fn seconds<S: serde::Serializer>(about: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64(about.as_secs_f64())
}

/// Tells nobody.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unheard;

impl Events for Unheard {
    fn happened(&self, _: &Event) {}
}

/// Writes each event as a line of JSON, with the `time` at which it happened.
pub struct NdjsonEvents<W>(Mutex<W>);

#[derive(Serialize)]
struct Line<'a> {
    #[serde(serialize_with = "timestamp::serialize")]
    time: SystemTime,
    #[serde(flatten)]
    event: &'a Event,
}

impl<W: Write + Send> NdjsonEvents<W> {
    /// Writes to this.
    pub fn new(out: W) -> Self {
        Self(Mutex::new(out))
    }
}

impl<W: Write + Send> Events for NdjsonEvents<W> {
    /// What cannot be written is left out: a run does not stop because nobody listens.
    fn happened(&self, event: &Event) {
        let line = Line { time: SystemTime::now(), event };
        if let Ok(mut line) = serde_json::to_vec(&line) {
            line.push(b'\n');
            let mut out = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = out.write_all(&line).and_then(|()| out.flush());
        }
    }
}

impl<W> fmt::Debug for NdjsonEvents<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("NdjsonEvents").finish_non_exhaustive()
    }
}

/// Tells [`Event::Waiting`]: an observer for the client that a run uses, because it is the client that waits.
///
/// ```
/// use std::sync::Arc;
/// use it_access::Client;
/// use it_access_jobs::{NdjsonEvents, QuotaEvents};
///
/// let events = Arc::new(NdjsonEvents::new(std::io::stderr()));
/// let client = Client::builder().observer(QuotaEvents::new(events.clone()));
/// ```
#[derive(Debug)]
pub struct QuotaEvents(std::sync::Arc<dyn Events>);

impl QuotaEvents {
    /// Tells these.
    pub fn new(events: std::sync::Arc<dyn Events>) -> Self {
        Self(events)
    }
}

impl Observer for QuotaEvents {
    fn waiting(&self, request: &RequestInfo<'_>, about: Duration) {
        self.0.happened(&Event::Waiting { about, devices: request.devices });
    }
}
