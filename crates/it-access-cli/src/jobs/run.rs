//! A run of a job: from the connection to what it has come to.

use std::{num::NonZeroUsize, sync::Arc, thread};

use anyhow::anyhow;
use it_access::StopHandle;
use it_access_jobs::{Event, Events, Job, RunEnd, RunError, RunOptions, RunReport};
use it_access_sim::Fleet;
use tokio::sync::oneshot;

use super::{SIMULATED_SERVICE, events, next_steps::NextSteps, outcome};
use crate::{
    arguments::{Format, Running},
    confirm,
    connect::{Connection, connect},
    exit_status::ExitStatus,
    failure::Failure,
    interrupts::{BROKEN_OFF, Interrupts},
    settings::Settings,
    talk::{say, warn},
};

/// What was said of a run beside how it is carried out.
#[derive(Clone, Copy, Default)]
pub(super) struct Orders {
    /// Whether a person must agree first.
    pub(super) asks: bool,
    /// Whether a plan that was carried out may be carried out once more.
    pub(super) again: bool,
    /// Whether to go on although a safeguard has stopped the last run.
    pub(super) goes_on: bool,
    /// Whether devices that are unknown are sent again.
    pub(super) retry_unknown: bool,
    /// The most devices in one request, if not those of the plan.
    pub(super) batch_size: Option<NonZeroUsize>,
}

/// A run that can begin.
pub(super) struct Run<'a> {
    settings: &'a Settings<'a>,
    running: &'a Running,
    connection: Connection,
    events: Arc<dyn Events>,
    format: Format,
}

impl<'a> Run<'a> {
    /// Connects, to a simulated service with these devices if that is asked for. No action is sent yet.
    pub(super) async fn prepare(
        settings: &'a Settings<'a>,
        running: &'a Running,
        fleet: impl FnOnce() -> Fleet,
    ) -> Result<Self, Failure> {
        let format = settings.format().map_err(Failure::usage)?.value;
        let events = events::listeners(settings, running)?;
        let watch = events::Watch::new(Arc::clone(&events));
        let connection = connect(settings, &running.sending, watch, fleet).await?;
        Ok(Self { settings, running, connection, events, format })
    }

    pub(super) fn base_url(&self) -> &str {
        self.connection.client.base_url()
    }

    /// Sends what is left to send, and says what the job has come to.
    pub(super) async fn carry_out(self, job: &Job, orders: Orders) -> Result<ExitStatus, Failure> {
        let s = if job.len() == 1 { "" } else { "s" };
        say(format_args!("job {}: {} {} device{s}", job.id(), job.action(), job.len()));
        let stop = StopHandle::default();
        let mut interrupts = Interrupts::listen().map_err(Failure::nothing_processed)?;
        let mut report =
            self.send(job, orders, self.running.canary, &stop, &mut interrupts).await?;
        if let Some(RunReport { end: end @ RunEnd::CanaryFailed { .. }, counts, .. }) = &report
            && confirm::can_ask()
            && !stop.is_stopped()
        {
            warn(format_args!("{end}\n{counts}"));
            if wants_to_go_on(&mut interrupts).await {
                let orders = Orders { goes_on: true, ..orders };
                match self.send(job, orders, None, &stop, &mut interrupts).await {
                    Ok(second) => report = second,
                    // The first devices were processed: the exit status is theirs.
                    Err(failure) => failure.print(),
                }
            }
        }
        if report.is_none() {
            self.tell_broken_off(job);
        }
        let next = NextSteps::of(self.settings, self.running, orders.batch_size, job.id());
        outcome::tell(self.format, job, report.as_ref(), &next)
    }

    /// Says what a run that was broken off could not say any more.
    fn tell_broken_off(&self, job: &Job) {
        // A journal that cannot be read is told of with the outcome.
        if let Ok(summary) = job.report().and_then(|report| report.summary()) {
            let (reason, counts) = (BROKEN_OFF.to_owned(), summary.counts);
            self.events.happened(&Event::Stopped { reason, counts });
        }
        warn(BROKEN_OFF);
    }

    /// Runs until nothing is left, something stops it, or it is interrupted: once, and the request on its way is waited for;
    /// twice, and it is not, so that there is no report but the journal.
    async fn send(
        &self,
        job: &Job,
        orders: Orders,
        canary: Option<NonZeroUsize>,
        stop: &StopHandle,
        interrupts: &mut Interrupts,
    ) -> Result<Option<RunReport>, Failure> {
        let mut options = RunOptions::default()
            .go_on(orders.goes_on)
            .retry_unknown(orders.retry_unknown)
            .stop_handle(stop.clone())
            .events(Arc::clone(&self.events));
        if let Some(size) = orders.batch_size {
            options = options.batch_size(size);
        }
        if let Some(devices) = canary {
            options = options.canary(devices);
        }
        if let Some(most) = self.running.max_failures {
            options = options.max_failures(most);
        }

        tokio::select! {
            report = job.run(&self.connection.client, options) => {
                report.map(Some).map_err(not_begun)
            }
            () = interrupts.stop(stop) => Ok(None),
        }
    }
}

/// Asks whether to go on with the others. An interrupt is a no.
async fn wants_to_go_on(interrupts: &mut Interrupts) -> bool {
    let (answer, answered) = oneshot::channel();
    // Reading from a terminal blocks, and cannot be broken off: the thread ends with the process.
    thread::spawn(move || answer.send(confirm::ask_to_go_on()));
    tokio::select! {
        answer = answered => answer.unwrap_or(false),
        _ = interrupts.next() => false,
    }
}

fn not_begun(error: RunError) -> Failure {
    match error {
        RunError::Journal(error) => Failure::nothing_processed(error),
        RunError::OtherHost { planned, host } => {
            let remedy = match (&*planned, &*host) {
                (SIMULATED_SERVICE, _) => "add --simulate",
                (_, SIMULATED_SERVICE) => "leave out --simulate",
                _ => "use the --profile and the --base-url that it was made with",
            };
            Failure::usage(anyhow!(
                "the job is for {planned}, and this is {host}; {remedy}, or begin another job here"
            ))
        }
        error => Failure::usage(error),
    }
}
