//! The outcomes of a run, as they come.

use std::{
    collections::VecDeque,
    fmt, iter,
    num::NonZeroUsize,
    ops::Range,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use futures_util::stream::FuturesUnordered;
use tokio::time::Instant;

use super::{Bulk, BulkError, BulkReport, StopReason, states::States};
use crate::{
    ActionReport, BoxFuture, DeviceReport, DeviceState, Error, RequestReport, StopHandle, Targets,
    UnaskedResult, journal::NoJournal, request::Request,
};

/// The outcome of each device of a run, as it comes: a [`Stream`] of [`DeviceReport`], every device once.
///
/// When a run stops early, what was not sent comes out as unprocessed at the end; [`Outcomes::into_report`] says why. Who
/// drops it cuts off what is on its way: stop it by [`Bulk::stop_handle`] and take the rest instead.
///
/// While nobody asks for the next outcome nothing goes on: requests are not read to their end, though their time runs, and
/// what waits for the quota, or renews the token, makes others on the same client wait. Whoever does something slow with
/// each outcome should do it elsewhere.
#[must_use = "nothing is sent until the outcomes are asked for"]
pub struct Outcomes {
    run: Arc<Bulk>,
    started_at: Option<Instant>,
    batch_size: NonZeroUsize,
    /// What is to be sent, in order, each part with its place in the input.
    pending: VecDeque<Part>,
    in_flight: FuturesUnordered<InFlight>,
    /// Of each request that has ended, the places of the devices that were not asked for yet.
    ready: VecDeque<Range<usize>>,
    /// By the place in the input. What nobody sets in the end stays unknown: it belonged to a request that has panicked, in a
    /// journal or an observer, after it was sent perhaps.
    states: States,
    unasked: Vec<UnaskedResult>,
    failures: usize,
    requests: u64,
    /// What stops this run alone, or is stopped from outside.
    stop: StopHandle,
    stopped_by: Option<StopReason>,
}

/// Some of the targets, and the place of the first in the input.
#[derive(Clone)]
struct Part {
    place: usize,
    targets: Targets,
}

struct InFlight {
    part: Part,
    /// Whether it may have reached the service.
    is_on_its_way: Arc<AtomicBool>,
    result: BoxFuture<'static, Result<RequestReport, Error>>,
}

impl Outcomes {
    pub(super) fn new(run: Bulk) -> Self {
        Self {
            started_at: None,
            batch_size: run.batch_size,
            pending: [Part { place: 0, targets: run.targets.clone() }].into(),
            in_flight: FuturesUnordered::new(),
            ready: VecDeque::new(),
            states: States::unknown(run.targets.len()),
            unasked: Vec::new(),
            failures: 0,
            requests: 0,
            stop: run.stop.child(),
            stopped_by: None,
            run: Arc::new(run),
        }
    }

    /// The next outcome. `None`, once every device has come out.
    pub async fn next(&mut self) -> Option<DeviceReport> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// What became of all devices, in the order of the input.
    ///
    /// Before the end, what is on its way is cut off: its devices are unknown. What was not sent is unprocessed.
    ///
    /// # Errors
    ///
    /// If the run has stopped early. The error holds the same report.
    pub fn into_report(mut self) -> Result<BulkReport, BulkError> {
        if !(self.in_flight.is_empty() && self.pending.is_empty()) {
            self.stopped_by.get_or_insert(StopReason::Stopped);
            self.cut_off();
            self.give_up_pending();
        }

        let report = ActionReport::new(&self.run.targets, self.states.iter(), self.unasked);
        let report = BulkReport { report, requests: self.requests };
        match self.stopped_by.take() {
            None => Ok(report),
            Some(reason) => Err(BulkError::new(reason, report)),
        }
    }

    /// Waits for all outcomes, each of which [`Outcomes::into_report`] tells then.
    pub(super) async fn finish(&mut self) {
        while std::future::poll_fn(|cx| self.poll_request(cx)).await {
            self.ready.clear();
        }
    }

    /// Waits for the end of a request, and keeps its outcomes. Says whether there was one left, sent or not.
    fn poll_request(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        if self.stop.is_stopped() && !self.pending.is_empty() {
            self.stop(StopReason::Stopped);
        }
        self.begin();
        if let Some((part, result)) = ready!(Pin::new(&mut self.in_flight).poll_next(cx)) {
            self.end(part, result);
            return Poll::Ready(true);
        }
        let is_left = !self.pending.is_empty();
        self.give_up_pending();
        Poll::Ready(is_left)
    }

    /// Begins as many requests as may be on their way at once.
    fn begin(&mut self) {
        let started_at = *self.started_at.get_or_insert_with(Instant::now);
        while self.stopped_by.is_none() && self.in_flight.len() < self.run.concurrency.get() {
            let Some(part) = self.next_part() else { return };
            self.requests += 1;
            let (run, stop) = (Arc::clone(&self.run), self.stop.clone());
            let targets = part.targets.clone();
            let is_on_its_way = Arc::new(AtomicBool::new(false));
            let shared = Arc::clone(&is_on_its_way);
            let result = Box::pin(async move {
                let request = Request {
                    account: run.client.account(),
                    action: &run.action,
                    targets: &targets,
                    limits: run.limits(started_at),
                    stop: &stop,
                    journal: run.journal.as_deref().unwrap_or(&NoJournal),
                    is_on_its_way: &shared,
                };
                request.perform().await.map(|(report, _)| report)
            });
            self.in_flight.push(InFlight { part, is_on_its_way, result });
        }
    }

    fn next_part(&mut self) -> Option<Part> {
        let Part { place, targets } = self.pending.pop_front()?;
        let (first, rest) = targets.split_first(self.batch_size);
        if let Some(rest) = rest {
            self.pending.push_front(Part { place: place + first.len(), targets: rest });
        }
        Some(Part { place, targets: first })
    }

    fn end(&mut self, part: Part, result: Result<RequestReport, Error>) {
        match result {
            Ok(report) => {
                let (states, unasked) = report.into_parts();
                self.unasked.extend(unasked);
                self.record(&part, states);
            }
            Err(error) if is_too_large(&error) && part.targets.len() > 1 => self.halve(part),
            Err(error) => {
                self.record(&part, iter::repeat(error.device_state()));
                self.stop(match error {
                    error if error.is_stopped() => StopReason::Stopped,
                    error if error.is_time_over() => StopReason::TimeOver,
                    error => StopReason::Failed(error),
                });
            }
        }
        if let Some(most) = self.run.max_failures
            && self.failures >= most.get()
        {
            self.stop(StopReason::TooManyFailures { failures: self.failures });
        }
    }

    /// Sends nothing more, of what waits for the quota or for another attempt neither.
    fn stop(&mut self, reason: StopReason) {
        self.stopped_by.get_or_insert(reason);
        self.stop.stop();
    }

    /// The service takes no request of this size: neither this part nor those that follow are sent so again.
    fn halve(&mut self, part: Part) {
        let half = part.targets.len().div_ceil(2);
        self.batch_size =
            NonZeroUsize::new(half).map_or(self.batch_size, |half| half.min(self.batch_size));
        self.pending.push_front(part);
    }

    fn record(&mut self, part: &Part, states: impl IntoIterator<Item = DeviceState>) {
        let places = part.place..part.place + part.targets.len();
        for (place, state) in places.clone().zip(states) {
            self.states.set(place, state);
            self.failures += usize::from(!state.is_applied());
        }
        self.ready.push_back(places);
    }

    fn next_ready(&mut self) -> Option<DeviceReport> {
        while let Some(places) = self.ready.front_mut() {
            if let Some(place) = places.next() {
                let (id, state) = (self.run.targets.device(place), self.states.get(place));
                return Some(DeviceReport { id, state });
            }
            self.ready.pop_front();
        }
        None
    }

    fn cut_off(&mut self) {
        for InFlight { part, is_on_its_way, .. } in std::mem::take(&mut self.in_flight) {
            let state = match is_on_its_way.load(Ordering::Relaxed) {
                true => DeviceState::Unknown,
                false => DeviceState::Unprocessed,
            };
            self.record(&part, iter::repeat(state));
        }
    }

    fn give_up_pending(&mut self) {
        while let Some(part) = self.pending.pop_front() {
            self.record(&part, iter::repeat(DeviceState::Unprocessed));
        }
    }
}

impl Future for InFlight {
    type Output = (Part, Result<RequestReport, Error>);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let result = ready!(self.result.as_mut().poll(cx));
        Poll::Ready((self.part.clone(), result))
    }
}

/// 413, of a request that has certainly changed nothing.
fn is_too_large(error: &Error) -> bool {
    error.status() == Some(413) && !error.may_have_been_applied()
}

impl Stream for Outcomes {
    type Item = DeviceReport;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<DeviceReport>> {
        loop {
            if let Some(device) = self.next_ready() {
                return Poll::Ready(Some(device));
            }
            if !ready!(self.poll_request(cx)) {
                return Poll::Ready(None);
            }
        }
    }
}

impl fmt::Debug for Outcomes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outcomes")
            .field("requests", &self.requests)
            .field("in_flight", &self.in_flight.len())
            .field("stopped_by", &self.stopped_by)
            .finish_non_exhaustive()
    }
}
