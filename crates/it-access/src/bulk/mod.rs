//! One action on any number of devices, in as many requests as that takes.

mod outcomes;
mod report;
mod states;

use std::{num::NonZeroUsize, pin::Pin, sync::Arc, time::Duration};

use tokio::time::Instant;

pub use outcomes::Outcomes;
pub use report::{BulkError, BulkReport, StopReason};

use crate::{
    Client, DeviceAction, Journal, QuotaError, Retry, StopHandle, Targets, request::Limits,
};

/// One action on any number of devices: await it for the whole report, or take its [`Bulk::outcomes`] as they come.
///
/// It stops at the first request that fails as a whole, and where it is told to. Devices whose request was not sent by then
/// come out as unprocessed. Who drops it, by a timeout around it for example, loses the report: [`Bulk::total_timeout`]
/// and [`Bulk::stop_handle`] do not. A clone is stopped by the same handle.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use std::num::NonZeroUsize;
/// use it_access::{Client, Targets};
/// # let service = it_access_sim::Service::new(it_access_sim::Fleet::example(), "example-token")
/// #     .listen("127.0.0.1:0".parse()?).await?;
/// # let client = Client::with_base_url(&service.base_url(), "example-token".parse()?)?;
///
/// let targets = Targets::hwids(["device123", "device456", "device789"])?;
/// let two = NonZeroUsize::new(2).ok_or("zero")?;
/// let report = client.unexempt(&targets).batch_size(two).await?;
/// assert_eq!((report.devices().len(), report.requests()), (3, 2));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[must_use = "nothing is sent until it is awaited, or its outcomes are"]
pub struct Bulk {
    client: Client,
    action: DeviceAction,
    targets: Targets,
    batch_size: NonZeroUsize,
    concurrency: NonZeroUsize,
    timeout: Duration,
    total_timeout: Option<Duration>,
    retry: Retry,
    waits: bool,
    max_failures: Option<NonZeroUsize>,
    stop: StopHandle,
    journal: Option<Arc<dyn Journal>>,
}

/// What a run will take, as far as that can be known before it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Estimate {
    /// The number of requests, if none has to be repeated.
    pub requests: u64,
    /// How long the quota has them wait until the last is sent, if nobody else uses the account. A run whose answers take
    /// longer than that, one after the other, takes as long as these.
    pub duration: Duration,
}

impl Bulk {
    pub(crate) fn new(client: Client, action: DeviceAction, targets: Targets) -> Self {
        let settings = client.account().settings;
        Self {
            client,
            action,
            targets,
            batch_size: settings.batch_size,
            concurrency: NonZeroUsize::MIN,
            timeout: settings.timeout,
            total_timeout: settings.total_timeout,
            retry: settings.retry,
            waits: true,
            max_failures: None,
            stop: StopHandle::default(),
            journal: None,
        }
    }

    /// Sets the most devices in one request.
    pub fn batch_size(mut self, size: NonZeroUsize) -> Self {
        self.batch_size = size;
        self
    }

    /// Sets how many requests may be on their way at once. One, if not set: more gains nothing under ten requests a minute,
    /// unless answers take longer than six seconds, and lets a mistake reach more devices before it is seen.
    pub fn concurrency(mut self, requests: NonZeroUsize) -> Self {
        self.concurrency = requests;
        self
    }

    /// Sets how long one attempt may take. Where that is less than the client's time for a connection, a request that found
    /// none may be taken for one that was sent.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the time, from the start, after which nothing more is sent. A request that the quota cannot serve by then is
    /// refused at once, with the time that it would take: as [`StopReason::Failed`].
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = Some(timeout);
        self
    }

    /// Sets when a request is repeated.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Stops rather than wait: for the quota, or before another attempt.
    pub fn without_waiting(mut self) -> Self {
        self.waits = false;
        self
    }

    /// Stops once this many devices have come out as anything but applied.
    pub fn stop_after_failures(mut self, devices: NonZeroUsize) -> Self {
        self.max_failures = Some(devices);
        self
    }

    /// Writes down each attempt before it is sent, and what came of it.
    pub fn journal(mut self, journal: Arc<dyn Journal>) -> Self {
        self.journal = Some(journal);
        self
    }

    /// Sets what stops this run, so that one handle can stop several.
    pub fn with_stop_handle(mut self, stop: StopHandle) -> Self {
        self.stop = stop;
        self
    }

    /// What stops this run from outside: at Ctrl-C, for example.
    #[must_use]
    pub fn stop_handle(&self) -> StopHandle {
        self.stop.clone()
    }

    /// Says what the run will take. Nothing is sent.
    ///
    /// # Errors
    ///
    /// If the quota's store cannot be reached.
    pub async fn estimate(&self) -> Result<Estimate, QuotaError> {
        let requests = self.targets.len().div_ceil(self.batch_size.get()) as u64;
        let duration = self.client.account().quota().estimate(requests).await?;
        Ok(Estimate { requests, duration })
    }

    /// Starts the run, whose outcomes come as the service answers. Nothing is sent before they are asked for.
    pub fn outcomes(self) -> Outcomes {
        Outcomes::new(self)
    }

    fn limits(&self, started_at: Instant) -> Limits {
        let deadline = Limits::deadline(started_at, self.total_timeout);
        Limits { timeout: self.timeout, deadline, waits: self.waits, retry: self.retry }
    }
}

impl IntoFuture for Bulk {
    type Output = Result<BulkReport, BulkError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let mut outcomes = self.outcomes();
            outcomes.finish().await;
            outcomes.into_report()
        })
    }
}
