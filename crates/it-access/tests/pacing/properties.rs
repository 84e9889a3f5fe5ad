//! What holds for every sequence of events.

use std::time::Duration;

use it_access::{
    Observation, RequestEnd,
    pacing::{LONGEST_RETRY_AFTER, Ledger, Moment, Ticket},
};
use proptest::prelude::*;
use reqwest::StatusCode;

use crate::support::{TIMEOUT, WINDOW};

const LIMIT: usize = 10;

#[derive(Debug, Clone)]
enum Event {
    Wait(Duration),
    /// Takes all slots that are free, up to a number.
    Take(usize),
    /// Ends one of the requests that are on their way.
    End(usize, RequestEnd),
}

fn event() -> impl Strategy<Value = Event> {
    let wait = prop_oneof![0..3_000_u64, 0..70_000_u64];
    prop_oneof![
        4 => wait.prop_map(|millis| Event::Wait(Duration::from_millis(millis))),
        3 => (1..=LIMIT).prop_map(Event::Take),
        6 => (0..LIMIT, end()).prop_map(|(index, end)| Event::End(index, end)),
    ]
}

fn end() -> impl Strategy<Value = RequestEnd> {
    prop_oneof![
        1 => Just(RequestEnd::NotSent),
        1 => Just(RequestEnd::Lost),
        6 => observation().prop_map(RequestEnd::Answered),
    ]
}

fn observation() -> impl Strategy<Value = Observation> {
    let refused = prop::bool::weighted(0.1);
    let limit = prop::option::weighted(0.3, 0..20_u32);
    let remaining = prop::option::of(0..12_u32);
    let reset = prop::option::of(0..=60_u64);
    let retry_after = prop::option::weighted(0.2, 0..=3600_u64);
    (refused, limit, remaining, reset, retry_after).prop_map(
        |(refused, limit, remaining, reset, retry_after)| {
            let status = if refused { StatusCode::TOO_MANY_REQUESTS } else { StatusCode::OK };
            let mut observation = Observation::new(status);
            observation.limit = limit;
            observation.remaining = remaining;
            observation.reset_in = reset.map(Duration::from_secs);
            observation.retry_after = retry_after.map(Duration::from_secs);
            observation
        },
    )
}

/// A ledger, and everything that was ever sent by it.
struct Run {
    ledger: Ledger,
    now: Moment,
    on_their_way: Vec<(Ticket, Moment)>,
    /// From when to when each request may have been counted.
    sent: Vec<(Moment, Moment)>,
}

impl Run {
    fn new() -> Self {
        let ledger = Ledger::new(LIMIT as u32, WINDOW);
        Self { ledger, now: Duration::ZERO, on_their_way: Vec::new(), sent: Vec::new() }
    }

    fn play(&mut self, event: Event) {
        match event {
            Event::Wait(time) => self.wait(time),
            Event::Take(number) => {
                for _ in 0..number {
                    let Some(ticket) = self.ledger.take(self.now, TIMEOUT) else { break };
                    self.on_their_way.push((ticket, self.now));
                }
            }
            Event::End(index, end) => {
                if index < self.on_their_way.len() {
                    let (ticket, sent_at) = self.on_their_way.remove(index);
                    self.end(ticket, sent_at, end);
                }
            }
        }
    }

    /// A sender gives up at its timeout at the latest.
    fn wait(&mut self, time: Duration) {
        let until = self.now + time;
        for (ticket, sent_at) in std::mem::take(&mut self.on_their_way) {
            if sent_at + TIMEOUT <= until {
                self.now = sent_at + TIMEOUT;
                self.end(ticket, sent_at, RequestEnd::Lost);
            } else {
                self.on_their_way.push((ticket, sent_at));
            }
        }
        self.now = until;
    }

    fn end(&mut self, ticket: Ticket, sent_at: Moment, end: RequestEnd) {
        match end {
            RequestEnd::NotSent => {}
            RequestEnd::Answered(_) => self.sent.push((sent_at, self.now)),
            RequestEnd::Lost => self.sent.push((sent_at, self.now.max(sent_at + TIMEOUT))),
        }
        self.ledger.settle(ticket, &end, self.now);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// However the requests were counted between their sending and their answer. The worst window begins with a request
    /// that is counted at its answer.
    #[test]
    fn no_window_holds_more_than_the_limit(events in prop::collection::vec(event(), 1..200)) {
        let mut run = Run::new();
        for event in events {
            run.play(event);
        }
        run.wait(TIMEOUT);
        for (_, began) in &run.sent {
            let counted =
                run.sent.iter().filter(|(sent_at, by)| by >= began && *sent_at < *began + WINDOW);
            prop_assert!(counted.count() <= LIMIT, "in the window from {began:?}");
        }
    }

    /// Whatever the service has said, it goes on some time, and when it was foretold.
    #[test]
    fn nothing_stops_for_good(events in prop::collection::vec(event(), 1..200)) {
        let mut run = Run::new();
        for event in events {
            run.play(event);
        }
        run.wait(TIMEOUT);
        let ready_at = run.ledger.earliest(run.now, 1);
        prop_assert!(ready_at <= run.now + LONGEST_RETRY_AFTER.max(TIMEOUT + WINDOW));
        if let Some(before) = ready_at.checked_sub(Duration::from_nanos(1))
            && before >= run.now
        {
            prop_assert!(run.ledger.clone().take(before, TIMEOUT).is_none());
        }
        prop_assert!(run.ledger.take(ready_at, TIMEOUT).is_some());
    }

    /// The later in the line, the later.
    #[test]
    fn the_line_is_served_in_order(events in prop::collection::vec(event(), 1..100)) {
        let mut run = Run::new();
        for event in events {
            run.play(event);
        }
        let moments: Vec<Moment> = (0..50).map(|nth| run.ledger.earliest(run.now, nth)).collect();
        prop_assert!(moments.is_sorted(), "{moments:?}");
        for (nth, earliest) in moments.into_iter().enumerate() {
            prop_assert!(earliest <= run.ledger.expected(run.now, nth as u64));
        }
    }
}
