//! How a job is run.

use std::{num::NonZeroUsize, sync::Arc, time::Duration};

use it_access::StopHandle;

use super::MaxFailures;
use crate::event::{Events, Unheard};

/// How a job is run. It holds for one run: the next may have others.
#[derive(Debug, Clone)]
#[must_use]
pub struct RunOptions {
    pub(super) batch_size: Option<NonZeroUsize>,
    pub(super) concurrency: NonZeroUsize,
    pub(super) canary: Option<NonZeroUsize>,
    pub(super) max_failures: Option<MaxFailures>,
    pub(super) goes_on: bool,
    pub(super) retries_unknown: bool,
    pub(super) total_timeout: Option<Duration>,
    pub(super) stop: StopHandle,
    pub(super) events: Arc<dyn Events>,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            batch_size: None,
            concurrency: NonZeroUsize::MIN,
            canary: None,
            max_failures: None,
            goes_on: false,
            retries_unknown: false,
            total_timeout: None,
            stop: StopHandle::default(),
            events: Arc::new(Unheard),
        }
    }
}

impl RunOptions {
    /// Sets the most devices in one request. That of the plan, if not set.
    pub fn batch_size(mut self, size: NonZeroUsize) -> Self {
        self.batch_size = Some(size);
        self
    }

    /// Sets how many requests may be on their way at once. One, if not set.
    pub fn concurrency(mut self, requests: NonZeroUsize) -> Self {
        self.concurrency = requests;
        self
    }

    /// Sends so many devices first, and stops if the action is not applied to every one of them. The job keeps it in mind
    /// until that is done, in whichever run.
    pub fn canary(mut self, devices: NonZeroUsize) -> Self {
        self.canary = Some(devices);
        self
    }

    /// Stops once more devices than these have come out as anything but applied, in this run. The job keeps it in mind for
    /// the next run, which counts anew.
    pub fn max_failures(mut self, most: MaxFailures) -> Self {
        self.max_failures = Some(most);
        self
    }

    /// Goes on although a safeguard has stopped the last run, then without a canary unless there is a new one. Somebody has
    /// looked at the devices.
    pub fn go_on(mut self, allowed: bool) -> Self {
        self.goes_on = allowed;
        self
    }

    /// Sends also what is unknown from earlier runs, if the action comes to the same when it is done twice. Otherwise the run
    /// does not begin.
    pub fn retry_unknown(mut self, allowed: bool) -> Self {
        self.retries_unknown = allowed;
        self
    }

    /// Sets the time, from the start of the run, after which nothing more is sent.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = Some(timeout);
        self
    }

    /// Sets what stops the run from outside: what is on its way is waited for, and nothing more is sent.
    pub fn stop_handle(mut self, stop: StopHandle) -> Self {
        self.stop = stop;
        self
    }

    /// Is told what happens.
    pub fn events(mut self, events: Arc<dyn Events>) -> Self {
        self.events = events;
        self
    }
}
