//! Whether the service counts in fixed windows, and when they end.

use std::{collections::VecDeque, time::Duration};

use serde::{Deserialize, Serialize};

use super::ledger::{Moment, at_least_a_millisecond};
use crate::Observation;

/// How long after the end of a window the next one is used, for queues and several clocks on the service's side.
const MARGIN: Duration = Duration::from_millis(200);

/// How far two clocks may drift apart in one window.
const DRIFT: Duration = Duration::from_millis(10);

/// What the answers have shown of the service's windows.
///
/// Two things together show fixed windows. The resets that the answers tell, each known to a second or two, lie whole
/// windows apart; those of a service that looks back from each request move with the requests. And the service has
/// forgotten requests that are younger than a window, which one that looks back never does.
///
/// What is shown is used with care. A slot is freed by what the request's own answer says of the end of its window, never
/// by an end that is only foretold. So a service whose windows begin with the first request is paced rightly, too.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Alignment {
    #[serde(deserialize_with = "at_least_a_millisecond")]
    window: Duration,
    /// The requests that were answered within the last window, in the order of their answers.
    answered: VecDeque<Span>,
    /// Where the end of the latest window lies, by all answers together.
    end: Option<Span>,
    /// Whether the ends of two windows on end were one window apart.
    is_periodic: bool,
    has_forgotten: bool,
    is_refuted: bool,
}

impl Alignment {
    pub(super) fn new(window: Duration) -> Self {
        Self {
            window,
            answered: VecDeque::new(),
            end: None,
            is_periodic: false,
            has_forgotten: false,
            is_refuted: false,
        }
    }

    /// Whether fixed windows have shown themselves, and nothing has spoken against them.
    pub(super) fn is_shown(&self) -> bool {
        self.is_periodic && self.has_forgotten && !self.is_refuted
    }

    /// When the next window can be used, after the one that runs at `moment`, as far as can be foretold.
    pub(super) fn next_window(&self, moment: Moment) -> Option<Moment> {
        let end = self.end.filter(|_| self.is_shown())?.last;
        let ahead = match moment.checked_sub(end) {
            Some(passed) => passed.as_nanos() / self.window.as_nanos() + 1,
            None => 0,
        };
        let ahead = self.window.saturating_mul(u32::try_from(ahead).unwrap_or(u32::MAX));
        Some(end.saturating_add(ahead).saturating_add(MARGIN))
    }

    /// Takes note of an answer that has come now, and says when the window is over that its request was counted in.
    pub(super) fn observe(
        &mut self,
        sent_at: Moment,
        observation: &Observation,
        now: Moment,
    ) -> Option<Moment> {
        self.is_refuted |= observation.is_refusal();
        if self.is_refuted {
            self.answered.clear();
            return None;
        }

        let request = Span { first: sent_at, last: now };
        let end = self.end_of_window(request, observation);
        if let Some(end) = end {
            self.compare(end);
            self.has_forgotten |= self.forgets(request, end, observation);
        }
        self.answered.push_back(request);
        while self
            .answered
            .front()
            .is_some_and(|first| first.last < now.saturating_sub(self.window))
        {
            self.answered.pop_front();
        }

        // If the window may have ended before the answer came, the request may have been counted in the next one.
        let end = end.filter(|end| self.is_shown() && now < end.first)?;
        Some(end.last.saturating_add(MARGIN))
    }

    /// When the window ends that a request was counted in, by its answer.
    fn end_of_window(&self, request: Span, observation: &Observation) -> Option<Span> {
        let reset = observation.reset_between.as_ref()?;
        let end = Span {
            first: request.first.saturating_add(*reset.start()),
            last: request.last.saturating_add(*reset.end()),
        };
        // What leaves open a quarter of the window could agree with anything.
        (end.last.saturating_sub(end.first) < self.window / 4).then_some(end)
    }

    /// Holds the end of a window against those of the windows before.
    fn compare(&mut self, end: Span) {
        let Some(known) = self.end else {
            self.end = Some(end);
            return;
        };
        // A late answer tells of a window before.
        let ahead = (end.middle() - known.middle()) / self.window.as_secs_f64();
        let (from, to) = if ahead < -0.5 { (end, known) } else { (known, end) };
        let ahead = ahead.abs().round() as u32;
        match from.later(self.window, ahead).common(to) {
            Some(common) => {
                self.end = Some(common);
                self.is_periodic |= ahead == 1;
            }
            None => self.is_refuted = true,
        }
    }

    /// Whether the service has left out requests that are younger than a window: those of the window before, and all of
    /// them.
    ///
    /// Some services fade out the window before, little by little. They do not pass for ones that have forgotten it if there
    /// were two requests in it, and half of this window is still to come.
    fn forgets(&self, request: Span, end: Span, observation: &Observation) -> bool {
        let (Some(limit), Some(remaining)) = (observation.limit, observation.remaining) else {
            return false;
        };
        let began = end.first.saturating_sub(self.window);
        let younger = request.last.saturating_sub(self.window);
        let (mut counted, mut forgotten) = (1, 0);
        for earlier in &self.answered {
            if earlier.first > younger && earlier.last < request.first {
                counted += 1;
                forgotten += u32::from(earlier.last < began);
            }
        }
        let used = limit.saturating_sub(remaining);
        let is_early = request.last < began.saturating_add(self.window / 2);
        is_early && forgotten >= 2 && used.saturating_add(forgotten) <= counted
    }
}

/// Two moments, and whatever lies between them.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Span {
    first: Moment,
    last: Moment,
}

impl Span {
    fn middle(self) -> f64 {
        f64::midpoint(self.first.as_secs_f64(), self.last.as_secs_f64())
    }

    /// The same, some windows later.
    fn later(self, window: Duration, windows: u32) -> Self {
        let (window, drift) = (window.saturating_mul(windows), DRIFT.saturating_mul(windows));
        Self {
            first: self.first.saturating_add(window).saturating_sub(drift),
            last: self.last.saturating_add(window).saturating_add(drift),
        }
    }

    /// What both have in common, if anything.
    fn common(self, other: Self) -> Option<Self> {
        let common = Self { first: self.first.max(other.first), last: self.last.min(other.last) };
        (common.first <= common.last).then_some(common)
    }
}
