//! A job: one action on any number of devices, in as many requests as that takes.

use std::num::NonZeroUsize;

use it_access::{ActionReport, Client, DeviceAction, DeviceState, Error, Targets};

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
    pub devices: ActionReport,
    /// The failure of a request, after which nothing more was sent.
    pub stopped_by: Option<Error>,
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
        let mut report = JobReport { devices: ActionReport::default(), stopped_by: None };
        for batch in self.targets.batches(self.batch_size) {
            let result = match &report.stopped_by {
                None => client.act(&self.action, &batch).await,
                Some(_) => Ok(ActionReport::uniform(&batch, DeviceState::Unprocessed)),
            };
            report.devices.append(result.unwrap_or_else(|error| {
                let failed = ActionReport::uniform(&batch, error.device_state());
                report.stopped_by = Some(error);
                failed
            }));
        }
        report
    }
}
