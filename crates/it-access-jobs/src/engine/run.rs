//! A run: from what is pending to what stopped it.

use std::{num::NonZeroUsize, sync::Arc};

use it_access::{BulkReport, Client, StopReason};
use tokio::time::Instant;

use super::{RunEnd, RunError, RunOptions, RunReport, session::Session, wave::Wave};
use crate::{
    Event, Job, JournalError,
    journal::{Lock, PendingRow, Safeguards, Writer},
};

/// So many requests make a wave, at the end of which the next devices are read: enough to lose no time, and few enough to
/// keep the memory small.
const WAVE_REQUESTS: usize = 100;

/// So many devices make a wave at most, unless a request takes more.
const WAVE_DEVICES: usize = 50_000;

impl Job {
    /// Sends what is left to send, and writes everything down: each request before it is sent, and its end after.
    ///
    /// Left to send is what certainly did not get the action: devices that were never sent, and those of requests that
    /// were refused as a whole. A run that is dropped leaves the devices of its request in flight unknown, and loses
    /// nothing else.
    ///
    /// # Errors
    ///
    /// If it does not begin: the journal cannot be used, another process runs the job, the client or the account
    /// is another, or what is unknown must not be sent again. What stops it later stands in the report.
    pub async fn run(&self, client: &Client, options: RunOptions) -> Result<RunReport, RunError> {
        let planned = self.host().to_owned();
        let host = self.destination().at(client.base_url())?;
        if host != planned {
            return Err(RunError::OtherHost { planned, host });
        }
        if options.retries_unknown && !self.action().converges() {
            return Err(RunError::RetryUnknown { action: self.action().clone() });
        }
        let run = Run::begin(self, client, options)?;
        let end = run.send().await;
        Ok(run.finish(end))
    }
}

struct Run<'a> {
    job: &'a Job,
    client: &'a Client,
    options: RunOptions,
    safeguards: Safeguards,
    batch_size: NonZeroUsize,
    started_at: Instant,
    session: Arc<Session>,
    _lock: Lock,
}

/// How far a run has come.
#[derive(Default)]
struct Progress {
    /// The number of the last device that was taken up.
    last: u64,
    /// Devices that came out as anything but applied.
    failures: usize,
    is_past_canary: bool,
}

impl<'a> Run<'a> {
    fn begin(job: &'a Job, client: &'a Client, options: RunOptions) -> Result<Self, RunError> {
        let lock = Lock::take(job.path())?;
        let mut writer = Writer::open(job.path())?;
        let record = writer.record()?;
        if record.plan_sha256 != job.plan_sha256() {
            let problem = "it holds another job than when it was opened";
            return Err(JournalError::corrupt(job.path(), problem).into());
        }
        if record.is_halted && !options.goes_on {
            return Err(RunError::Halted { reason: record.stopped_by.unwrap_or_default() });
        }
        let tally = writer.tally(&record)?;
        let is_over = options.goes_on && record.is_halted;
        let safeguards = Safeguards {
            canary: options.canary.or(record.safeguards.canary.filter(|_| !is_over)),
            max_failures: options.max_failures.or(record.safeguards.max_failures),
        };
        writer.begun(&safeguards)?;
        let counts = tally.counts();
        let unknown = if options.retries_unknown { counts.unknown } else { 0 };
        let session = Arc::new(Session::new(writer, tally, Arc::clone(&options.events)));
        session.tell(&Event::Started {
            job: job.id().clone(),
            action: job.action().to_string(),
            counts,
            pending: counts.unprocessed + unknown,
        });
        let batch_size = options.batch_size.unwrap_or(job.record().batch_size);
        let started_at = Instant::now();
        Ok(Self { job, client, options, safeguards, batch_size, started_at, session, _lock: lock })
    }

    async fn send(&self) -> RunEnd {
        let mut progress =
            Progress { is_past_canary: self.safeguards.canary.is_none(), ..Progress::default() };
        loop {
            let rows = match self.next_rows(&progress) {
                Ok(rows) if rows.is_empty() => return RunEnd::Finished,
                Ok(rows) => rows,
                Err(error) => return RunEnd::Journal(error),
            };
            if self.options.stop.is_stopped() {
                return RunEnd::Stopped;
            }
            if self.options.total_timeout.is_some_and(|total| self.started_at.elapsed() >= total) {
                return RunEnd::TimeOver;
            }
            if let Some(end) = self.send_wave(&rows, &mut progress).await {
                return end;
            }
        }
    }

    fn next_rows(&self, progress: &Progress) -> Result<Vec<PendingRow>, JournalError> {
        let most = match self.safeguards.canary {
            Some(devices) if !progress.is_past_canary => devices.get(),
            _ => wave_devices(self.batch_size.get()),
        };
        let mut state = self.session.state();
        state.writer().pending(progress.last, most, self.options.retries_unknown)
    }

    /// Sends some devices. `None`, if the run goes on.
    async fn send_wave(&self, rows: &[PendingRow], progress: &mut Progress) -> Option<RunEnd> {
        progress.last = rows.last().map_or(progress.last, |row| row.number);
        let session = Arc::clone(&self.session);
        let (wave, targets) = match Wave::begin(session, self.job, rows) {
            Ok(wave) => wave,
            Err(corrupt) => return Some(RunEnd::Journal(corrupt)),
        };
        let is_canary = !std::mem::replace(&mut progress.is_past_canary, true);
        let mut bulk = self
            .client
            .act(self.job.action().clone(), &targets)
            .batch_size(self.batch_size)
            .concurrency(self.options.concurrency)
            .with_stop_handle(self.options.stop.clone())
            .journal(wave);
        if let Some(total) = self.options.total_timeout {
            bulk = bulk.total_timeout(total.saturating_sub(self.started_at.elapsed()));
        }
        let devices = self.job.len();
        let allowed =
            self.safeguards.max_failures.map(|most| most.left(devices, progress.failures));
        if let Some(allowed) = if is_canary { Some(NonZeroUsize::MIN) } else { allowed } {
            bulk = bulk.stop_after_failures(allowed);
        }

        let (report, reason) = match bulk.await {
            Ok(report) => (report, None),
            Err(stopped) => {
                let (report, reason) = stopped.into_parts();
                (report, Some(reason))
            }
        };
        // That a request failed as a whole tells nothing of its devices: a canary goes first once more.
        let untold = match reason {
            Some(StopReason::Failed(_)) => report.counts().unknown,
            _ => 0,
        };
        let failures = failures(&report) - untold;
        progress.failures += failures;
        let verdict = if is_canary {
            verdict_on_canary(&report, failures)
        } else {
            self.verdict_on_failures(progress.failures)
        };
        if let Some(end) = verdict.and_then(|end| self.if_any_is_left(&report, progress, end)) {
            return Some(end);
        }
        match reason {
            None if is_canary && failures == 0 => self.pass_canary(),
            None | Some(StopReason::TooManyFailures { .. }) => None,
            Some(StopReason::Failed(error)) => Some(RunEnd::Failed(error)),
            Some(StopReason::TimeOver) => Some(RunEnd::TimeOver),
            Some(_) => Some(RunEnd::Stopped),
        }
    }

    /// What stops the job if there were more failures than are allowed.
    fn verdict_on_failures(&self, failures: usize) -> Option<RunEnd> {
        let most = self.safeguards.max_failures?.of(self.job.len());
        (failures > most).then_some(RunEnd::TooManyFailures { failures, most })
    }

    /// Writes down that the first devices were well.
    fn pass_canary(&self) -> Option<RunEnd> {
        self.session.state().writer().canary_passed().err().map(RunEnd::Journal)
    }

    /// The end, unless nothing is left to send, of the last wave or behind it: then a safeguard stops nothing.
    fn if_any_is_left(
        &self,
        wave: &BulkReport,
        progress: &Progress,
        end: RunEnd,
    ) -> Option<RunEnd> {
        let mut state = self.session.state();
        match state.writer().pending(progress.last, 1, self.options.retries_unknown) {
            Ok(others) if others.is_empty() && wave.counts().unprocessed == 0 => None,
            Ok(_) => Some(end),
            Err(error) => Some(RunEnd::Journal(error)),
        }
    }

    fn finish(self, end: RunEnd) -> RunReport {
        let mut state = self.session.state();
        let stopped_by = (!end.is_finished()).then(|| end.to_string());
        let (unwritten, failure) = state.close(stopped_by.as_deref(), end.is_halt());
        let (end, unrecorded_halt) = match failure {
            None => (end, None),
            Some(failure) => (RunEnd::Journal(failure), end.is_halt().then_some(end)),
        };
        let unrecorded = unwritten.into_iter().flat_map(|end| end.devices);
        let unrecorded = unrecorded.map(|(_, device)| device).collect();
        let (counts, requests) = (state.counts(), state.requests());
        drop(state);
        let event = match end.is_finished() {
            true => Event::Finished { counts },
            false => Event::Stopped { reason: end.to_string(), counts },
        };
        self.session.tell(&event);
        RunReport { counts, requests, end, unrecorded, unrecorded_halt }
    }
}

/// What stops the job if the action was not applied to all of the first devices that were sent.
fn verdict_on_canary(first: &BulkReport, failures: usize) -> Option<RunEnd> {
    let devices = first.devices().len() - first.counts().unprocessed;
    (failures > 0).then_some(RunEnd::CanaryFailed { devices, failures })
}

/// How many devices make a wave: as many as fill whole requests, so that the requests are those of a dry run.
fn wave_devices(batch_size: usize) -> usize {
    let requests = (WAVE_DEVICES / batch_size).clamp(1, WAVE_REQUESTS);
    batch_size.saturating_mul(requests)
}

/// The devices that were sent and came out as anything but applied.
fn failures(report: &BulkReport) -> usize {
    let counts = report.counts();
    counts.total() - counts.applied - counts.unprocessed
}

#[cfg(test)]
mod tests {
    use super::wave_devices;

    #[test]
    fn a_wave_is_made_of_whole_requests() {
        for (batch_size, devices) in [
            (1, 100),
            (50, 5000),
            (500, 50_000),
            (501, 49_599),
            (600, 49_800),
            (50_000, 50_000),
            (70_000, 70_000),
            (usize::MAX, usize::MAX),
        ] {
            assert_eq!(wave_devices(batch_size), devices, "{batch_size}");
        }
    }
}
