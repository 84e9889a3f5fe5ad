//! What the tests of single rules share.

use std::time::Duration;

use it_access::{
    Observation, RequestEnd,
    pacing::{Ledger, Moment, Ticket},
};
use reqwest::StatusCode;

pub(crate) const WINDOW: Duration = Duration::from_secs(60);
pub(crate) const TIMEOUT: Duration = Duration::from_secs(30);

pub(crate) fn seconds(seconds: f64) -> Duration {
    Duration::from_secs_f64(seconds)
}

/// An answer that says nothing of the quota.
pub(crate) fn ok() -> Observation {
    Observation::new(StatusCode::OK)
}

pub(crate) fn remaining(remaining: u32, reset_in: Option<f64>) -> Observation {
    let mut observation = ok();
    observation.remaining = Some(remaining);
    observation.reset_in = reset_in.map(seconds);
    observation
}

pub(crate) fn refusal(retry_after: Option<f64>, reset_in: Option<f64>) -> Observation {
    let mut observation = Observation::new(StatusCode::TOO_MANY_REQUESTS);
    observation.retry_after = retry_after.map(seconds);
    observation.reset_in = reset_in.map(seconds);
    observation
}

/// A ledger whose times are written in seconds.
pub(crate) struct Book(pub(crate) Ledger);

impl Book {
    pub(crate) fn new(limit: u32) -> Self {
        Self(Ledger::new(limit, WINDOW))
    }

    /// Takes a slot, which there must be.
    pub(crate) fn take(&mut self, at: f64) -> Ticket {
        self.0.take(seconds(at), TIMEOUT).unwrap()
    }

    /// Sends a request and has it answered.
    pub(crate) fn send(&mut self, at: f64, answered_at: f64, observation: Observation) {
        let ticket = self.take(at);
        self.answer(ticket, answered_at, observation);
    }

    pub(crate) fn answer(&mut self, ticket: Ticket, at: f64, observation: Observation) {
        self.0.settle(ticket, &RequestEnd::Answered(observation), seconds(at));
    }

    pub(crate) fn lose(&mut self, ticket: Ticket, at: f64) {
        self.0.settle(ticket, &RequestEnd::Lost, seconds(at));
    }

    pub(crate) fn give_back(&mut self, ticket: Ticket, at: f64) {
        self.0.settle(ticket, &RequestEnd::NotSent, seconds(at));
    }

    /// How many slots are free. They are all given back.
    pub(crate) fn free(&mut self, at: f64) -> usize {
        let now: Moment = seconds(at);
        let tickets: Vec<Ticket> = std::iter::from_fn(|| self.0.take(now, TIMEOUT)).collect();
        for ticket in &tickets {
            self.0.settle(*ticket, &RequestEnd::NotSent, now);
        }
        tickets.len()
    }
}
