//! A million requests, and what became of them.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use it_access::Pacer;

use super::{Behavior, LIMIT, Load, Outcome, Policy, WINDOW, run};

const ONE: Load = Load { callers: 1, cancels: false, hours: 8 };
const FIFTY: Load = Load { callers: 50, cancels: true, hours: 8 };

/// One line of the table: the runs with all ways in which headers are written and refusals counted.
#[derive(Debug, Clone, Copy)]
struct Line {
    is_aligned: bool,
    load: Load,
    policy: Policy,
    others: f64,
}

#[test]
fn a_million_requests_are_refused_only_because_of_others() {
    let lines = lines();
    let outcomes = run_all(&lines);

    println!("pacing   callers  policy            others/min  requests    429  own  quota used");
    for (line, outcome) in lines.iter().zip(&outcomes) {
        let Line { is_aligned, load, policy, others } = line;
        println!(
            "{:<8} {:>7}  {:<16}  {others:>10}  {:>8}  {:>5}  {:>3}  {:>9.2}%",
            if *is_aligned { "aligned" } else { "default" },
            load.callers,
            format!("{policy:?}"),
            outcome.tally.requests,
            outcome.tally.refused,
            outcome.tally.refused_by_own_making,
            outcome.used() * 100.0,
        );
    }
    let total: u64 = outcomes.iter().map(|outcome| outcome.tally.requests).sum();
    println!("{total} requests");

    assert!(total >= 1_000_000);
    for (line, outcome) in lines.iter().zip(&outcomes) {
        assert_eq!(outcome.tally.refused_by_own_making, 0, "{line:?}");
        if line.others == 0.0 {
            assert_eq!(outcome.tally.refused, 0, "{line:?}");
            assert!(outcome.used() >= line.least_use(), "{line:?}");
        }
    }
}

impl Line {
    /// Windows that begin with the first request are later by as much as their end is known badly.
    fn least_use(&self) -> f64 {
        match (self.is_aligned, self.policy) {
            (true, Policy::FixedWindow) => 0.995,
            (true, Policy::WindowFromFirst) => 0.95,
            _ => 0.98,
        }
    }

    /// The same service in all its ways, by a number from 0 to 7.
    fn behavior(&self, way: u64) -> Behavior {
        let bit = |place: u32| way >> place & 1 == 1;
        Behavior {
            policy: self.policy,
            others: self.others,
            tells_time: bit(0),
            rounds_up: bit(1),
            counts_refused: bit(2),
            // Without it, a time proves nothing, and nothing is aligned.
            has_date: self.is_aligned || bit(1),
            has_retry_after: bit(0) != bit(2),
            resets_when_empty: bit(1) != bit(2),
        }
    }
}

fn lines() -> Vec<Line> {
    use Policy::{FixedWindow, Gcra, SlidingWindow, WindowFromFirst};

    let mut lines = Vec::new();
    for is_aligned in [false, true] {
        for load in [ONE, FIFTY] {
            for policy in [FixedWindow, WindowFromFirst, SlidingWindow, Gcra] {
                for others in [0.0, 2.0] {
                    lines.push(Line { is_aligned, load, policy, others });
                }
            }
        }
    }
    lines
}

/// Runs every line in its eight ways, on all processors.
fn run_all(lines: &[Line]) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(vec![Outcome::default(); lines.len()]);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(line) = lines.get(index / 8) else { break };
                    let way = (index % 8) as u64;
                    let outcome = run(line.behavior(way), line.load, index as u64, || {
                        let pacer = Pacer::new(LIMIT, WINDOW);
                        if line.is_aligned { pacer.with_alignment() } else { pacer }
                    });
                    outcomes.lock().unwrap()[index / 8] += outcome;
                }
            });
        }
    });
    outcomes.into_inner().unwrap()
}
