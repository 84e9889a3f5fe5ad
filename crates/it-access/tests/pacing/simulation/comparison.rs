//! Other ways to pace, with the same service: why there are slots.

use std::{collections::VecDeque, time::Duration};

use it_access::{
    Ask, BoxFuture, Pacer, Permit, Quota, QuotaError, RequestEnd, Slot, pacing::Moment,
};
use tokio::{
    sync::Mutex,
    time::{Instant, sleep_until},
};

use super::{Behavior, LIMIT, Load, Policy, WINDOW, run};

const RUNS: u64 = 60;
const LOAD: Load = Load { callers: 10, cancels: false, hours: 2 };

/// A service with fixed windows, which is the kindest to whoever paces by the clock.
const SERVICE: Behavior = Behavior {
    policy: Policy::FixedWindow,
    tells_time: false,
    rounds_up: false,
    counts_refused: false,
    others: 0.0,
    has_date: true,
    has_retry_after: false,
    resets_when_empty: false,
};

#[test]
fn other_ways_of_pacing_are_refused() {
    let ours = refusals("ten slots", || Pacer::new(LIMIT, WINDOW));
    let aligned = refusals("ten slots, aligned", || Pacer::new(LIMIT, WINDOW).with_alignment());
    let log = refusals("sliding log from the send", || Timed::new(Log(VecDeque::new())));
    let burst = refusals("bucket of ten", || Timed::new(Bucket { burst: 10, full_at: ZERO }));
    let even = refusals("one in six seconds", || Timed::new(Bucket { burst: 1, full_at: ZERO }));

    assert_eq!((ours, aligned), (0, 0));
    assert!(log > 0 && burst > 0 && even > 0, "{log}, {burst}, {even}");
}

/// How many requests are refused in all runs. Prints the same for ten hours.
#[expect(clippy::print_stdout, reason = "whoever compares wants to see the figures")]
fn refusals<Q: Quota + 'static>(name: &str, quota: impl Fn() -> Q) -> u64 {
    let outcomes: Vec<_> = (0..RUNS).map(|seed| run(SERVICE, LOAD, seed, quota())).collect();
    let refused: Vec<u64> = outcomes.iter().map(|outcome| outcome.tally.refused).collect();
    let used = outcomes.iter().map(|outcome| outcome.used()).sum::<f64>() / RUNS as f64;
    let ten_hours = 10.0 / LOAD.hours as f64;
    println!(
        "{name:<25}  {:>6.2}% used, {:>5.1} refused in 10 h (at most {:.0})",
        used * 100.0,
        refused.iter().sum::<u64>() as f64 / RUNS as f64 * ten_hours,
        refused.iter().copied().max().unwrap_or(0) as f64 * ten_hours,
    );
    refused.iter().sum()
}

const ZERO: Moment = Duration::ZERO;

/// Says when the next request may be sent, by the moments of sending only.
trait Rule: Send + 'static {
    fn next(&mut self, now: Moment) -> Moment;
}

/// Ten in any window, from send to send.
struct Log(VecDeque<Moment>);

impl Rule for Log {
    fn next(&mut self, now: Moment) -> Moment {
        let next = match self.0.len() < LIMIT as usize {
            true => now,
            false => now.max(self.0.pop_front().unwrap() + WINDOW),
        };
        self.0.push_back(next);
        next
    }
}

/// A bucket that refills evenly (GCRA).
struct Bucket {
    burst: u32,
    full_at: Moment,
}

impl Rule for Bucket {
    fn next(&mut self, now: Moment) -> Moment {
        let refill = WINDOW / LIMIT;
        let next = now.max((self.full_at + refill).saturating_sub(refill * self.burst));
        self.full_at = self.full_at.max(next) + refill;
        next
    }
}

/// A quota that follows a rule and listens to nothing.
struct Timed<R> {
    origin: Instant,
    rule: Mutex<R>,
}

impl<R: Rule> Timed<R> {
    fn new(rule: R) -> Self {
        Self { origin: Instant::now(), rule: Mutex::new(rule) }
    }
}

impl<R> std::fmt::Debug for Timed<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Timed")
    }
}

impl<R: Rule> Quota for Timed<R> {
    fn acquire(&self, _: Ask) -> BoxFuture<'_, Result<Permit, QuotaError>> {
        Box::pin(async {
            let mut rule = self.rule.lock().await;
            let next = rule.next(self.origin.elapsed());
            sleep_until(self.origin + next).await;
            Ok(Permit::new(Box::new(NoSlot)))
        })
    }

    fn estimate(&self, _: u64) -> BoxFuture<'_, Result<Duration, QuotaError>> {
        unreachable!("nobody asks")
    }
}

struct NoSlot;

impl Slot for NoSlot {
    fn settle(self: Box<Self>, _: RequestEnd) {}
}
