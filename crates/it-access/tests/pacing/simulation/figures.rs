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

    println!(
        "pacing   callers  policy           others  requests   429  own      used  withheld  aligned"
    );
    for (line, (outcome, aligned_runs)) in lines.iter().zip(&outcomes) {
        let Line { is_aligned, load, policy, others } = line;
        println!(
            "{:<8} {:>7}  {:<15}  {others:>6}  {:>8}  {:>4}  {:>3}  {:>7.2}%  {:>7.2}%  {:>5}/8",
            if *is_aligned { "aligned" } else { "default" },
            load.callers,
            format!("{policy:?}"),
            outcome.tally.requests,
            outcome.tally.refused,
            outcome.tally.refused_by_own_making,
            outcome.used() * 100.0,
            outcome.withheld() * 100.0,
            aligned_runs,
        );
    }
    let sum =
        |pick: fn(&Outcome) -> u64| outcomes.iter().map(|(outcome, _)| pick(outcome)).sum::<u64>();
    let total = sum(|outcome| outcome.tally.requests);
    println!(
        "figures: seeds 0 to {}, {total} requests, {} refused because of others, {} by our own making",
        8 * lines.len() - 1,
        sum(|outcome| outcome.tally.refused - outcome.tally.refused_by_own_making),
        sum(|outcome| outcome.tally.refused_by_own_making)
    );

    assert!(total >= 1_000_000);
    for (line, (outcome, aligned_runs)) in lines.iter().zip(&outcomes) {
        assert_eq!(outcome.tally.refused_by_own_making, 0, "{line:?}");
        if line.others == 0.0 {
            assert_eq!(outcome.tally.refused, 0, "{line:?}");
            assert!(line.is_enough(outcome), "{line:?}");
        }
        if !line.is_aligned || matches!(line.policy, Policy::SlidingWindow | Policy::Gcra) {
            assert_eq!(*aligned_runs, 0, "{line:?}");
        }
    }
}

impl Line {
    /// Whether enough of the quota was used. A lost request costs nothing if slots are free at the end of the window anyway.
    fn is_enough(&self, outcome: &Outcome) -> bool {
        match (self.is_aligned, self.policy) {
            (true, Policy::FixedWindow) => outcome.used() >= 0.995,
            _ => outcome.used() + outcome.withheld() >= 0.98,
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

/// Runs every line in its eight ways, on all processors. Says also how many runs were aligned at the end.
fn run_all(lines: &[Line]) -> Vec<(Outcome, u32)> {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(vec![(Outcome::default(), 0); lines.len()]);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(line) = lines.get(index / 8) else { break };
                    let way = (index % 8) as u64;
                    let pacer = match line.is_aligned {
                        true => Pacer::new(LIMIT, WINDOW).with_alignment(),
                        false => Pacer::new(LIMIT, WINDOW),
                    };
                    let outcome = run(line.behavior(way), line.load, index as u64, pacer.clone());
                    let (total, aligned_runs) = &mut outcomes.lock().unwrap()[index / 8];
                    *total += outcome;
                    *aligned_runs += u32::from(pacer.is_aligned());
                }
            });
        }
    });
    outcomes.into_inner().unwrap()
}
