//! A job: one action on any number of devices, in as many requests as that takes.

use std::num::NonZeroUsize;

use it_access::{BulkReport, Client, DeviceAction, StopReason, Targets};

/// The most devices in one request, unless a job says otherwise: known to be safe with a sibling API.
pub const DEFAULT_BATCH_SIZE: NonZeroUsize = NonZeroUsize::new(50).expect("50 is not zero");

/// One action on any number of devices.
#[derive(Debug, Clone)]
pub struct Job {
    action: DeviceAction,
    targets: Targets,
    batch_size: NonZeroUsize,
}

/// What became of a job: the state of every device, and what stopped the job, if anything did.
#[derive(Debug)]
#[must_use]
pub struct JobReport {
    /// Every target once, in the order of the input.
    pub devices: BulkReport,
    /// Why nothing more was sent, if something was left.
    pub stopped_by: Option<StopReason>,
}

impl Job {
    /// Makes a job that sends at most [`DEFAULT_BATCH_SIZE`] devices in one request.
    #[must_use]
    pub fn new(action: DeviceAction, targets: Targets) -> Self {
        Self { action, targets, batch_size: DEFAULT_BATCH_SIZE }
    }

    /// Sets the most devices in one request.
    #[must_use]
    pub fn with_batch_size(mut self, batch_size: NonZeroUsize) -> Self {
        self.batch_size = batch_size;
        self
    }

    /// Sends one request after the other, and stops at the first that fails as a whole.
    ///
    /// Never fails: the devices of a request that failed come out as unprocessed or unknown, those after it as
    /// unprocessed, those before it as the service reported them.
    pub async fn run(&self, client: &Client) -> JobReport {
        let run = client.act(self.action.clone(), &self.targets).batch_size(self.batch_size);
        match run.await {
            Ok(devices) => JobReport { devices, stopped_by: None },
            Err(stopped) => {
                let (devices, reason) = stopped.into_parts();
                JobReport { devices, stopped_by: Some(reason) }
            }
        }
    }
}
