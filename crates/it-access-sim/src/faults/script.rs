//! The faults that are set, and which of them strike a request.

use std::time::Duration;

use bytes::Bytes;
use fastrand::Rng;
use http::Response;
use http::header::CONTENT_TYPE;

use super::edit::edit;
use super::effect::{Effect, Instead};
use super::{Endpoint, Fault, FaultKind, FaultName, Latency, When};
use crate::Answer;
use crate::account::Results;

/// The faults that are set, in their order.
#[derive(Debug)]
pub(crate) struct Faults {
    seed: u64,
    armed: Vec<Armed>,
    /// How many were ever set: each gets dice of its own, so that one more changes none of the
    /// others.
    ever: u64,
}

#[derive(Debug)]
struct Armed {
    fault: Fault,
    rng: Rng,
    /// How many requests it has seen.
    seen: u64,
}

/// What strikes one request.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) delay: Duration,
    strikes: Vec<Strike>,
}

#[derive(Debug)]
struct Strike {
    kind: FaultKind,
    /// A number from 0 to 1, less than 1, by which one of several is chosen.
    dice: f64,
}

impl Faults {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, armed: Vec::new(), ever: 0 }
    }

    pub(crate) fn add(&mut self, fault: Fault) {
        self.ever += 1;
        let rng = Rng::with_seed(self.seed.wrapping_add(self.ever));
        self.armed.push(Armed { fault, rng, seen: 0 });
    }

    pub(crate) fn clear(&mut self) {
        self.armed.clear();
    }

    /// Those that can still strike.
    pub(crate) fn list(&self) -> Vec<Fault> {
        self.armed
            .iter()
            .filter(|armed| !armed.is_spent())
            .map(|armed| armed.fault.clone())
            .collect()
    }

    /// Decides what strikes a request that would be carried out.
    pub(crate) fn strike(&mut self, endpoint: Endpoint) -> Plan {
        let mut plan = Plan::default();
        for armed in self.armed.iter_mut().filter(|armed| armed.fault.endpoint == endpoint) {
            if armed.strikes() {
                plan.add(&armed.fault.kind, &mut armed.rng);
            }
        }
        plan.leave_out_what_finds_no_answer();
        plan
    }
}

impl Armed {
    fn strikes(&mut self) -> bool {
        self.seen += 1;
        match self.fault.when {
            When::Always => true,
            When::Probability(p) => self.rng.f64() < p,
            When::Nth(n) => self.seen == n,
            When::Next(n) => self.seen <= n,
        }
    }

    fn is_spent(&self) -> bool {
        match self.fault.when {
            When::Always | When::Probability(_) => false,
            When::Nth(n) | When::Next(n) => self.seen >= n,
        }
    }
}

impl Plan {
    /// What takes the place of carrying out the request, if something does.
    pub(crate) fn before_apply(&self) -> Option<Instead<'_>> {
        self.effects().find_map(|effect| match effect {
            Effect::BeforeApply(instead) => Some(instead),
            _ => None,
        })
    }

    /// What takes the place of the answer, once the request was carried out, if something does.
    pub(crate) fn after_apply(&self) -> Option<Instead<'_>> {
        self.effects().find_map(|effect| match effect {
            Effect::AfterApply(instead) => Some(instead),
            _ => None,
        })
    }

    /// Changes the results of an action. A fault that finds nothing to change has not struck.
    pub(crate) fn edit(&mut self, results: &mut Results) {
        self.strikes.retain(|strike| match strike.kind.effect() {
            Effect::Results(change) => edit(results, change, strike.dice),
            _ => true,
        });
    }

    /// Sends an answer.
    pub(crate) fn deliver(&self, mut response: Response<Bytes>) -> Answer {
        let mut delivery = None;
        for effect in self.effects() {
            match effect {
                Effect::Declaration(media_type) => {
                    response.headers_mut().insert(CONTENT_TYPE, media_type.clone());
                }
                Effect::Delivery(way) => delivery = Some(way),
                _ => {}
            }
        }
        match delivery {
            Some(way) => way.send(response),
            None => Answer::Whole(response),
        }
    }

    /// The faults that strike, in the order in which they were set.
    pub(crate) fn names(&self) -> Vec<FaultName> {
        self.strikes.iter().map(|strike| strike.kind.name()).collect()
    }

    fn effects(&self) -> impl Iterator<Item = Effect<'_>> {
        self.strikes.iter().map(|strike| strike.kind.effect())
    }

    /// Adds a fault, unless an earlier one excludes it.
    fn add(&mut self, kind: &FaultKind, rng: &mut Rng) {
        if let Effect::Delay(latency) = kind.effect() {
            self.delay += latency.draw(rng);
        }
        // Thrown in any case, so that what else strikes does not change the dice of later requests.
        let dice = rng.f64();
        if !self.effects().any(|earlier| earlier.excludes(kind.effect())) {
            self.strikes.push(Strike { kind: kind.clone(), dice });
        }
    }

    fn leave_out_what_finds_no_answer(&mut self) {
        if self.effects().any(Effect::leaves_no_answer) {
            self.strikes.retain(|strike| !strike.kind.effect().changes_answer());
        }
    }
}

impl Latency {
    fn draw(self, rng: &mut Rng) -> Duration {
        match self {
            Self::Fixed(by) => by,
            Self::Uniform(from, to) => from + to.saturating_sub(from).mul_f64(rng.f64()),
            // 1 - f64 lies in (0, 1], which has a logarithm.
            Self::Exponential(mean) => mean.mul_f64(-(1.0 - rng.f64()).ln()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of ten requests a fault strikes.
    fn struck(fault: &str, seed: u64) -> Vec<usize> {
        let mut faults = Faults::new(seed);
        faults.add(fault.parse().unwrap());
        let is_struck = |_: &usize| !faults.strike(Endpoint::DeviceAction).names().is_empty();
        (1..=10).filter(is_struck).collect()
    }

    #[test]
    fn strikes_when_it_was_told_to() {
        assert_eq!(struck("unauthorized", 1), (1..=10).collect::<Vec<_>>());
        assert_eq!(struck("unauthorized:nth=3", 1), [3]);
        assert_eq!(struck("unauthorized:next=2", 1), [1, 2]);
        assert_eq!(struck("unauthorized:p=1", 1), (1..=10).collect::<Vec<_>>());
        assert_eq!(struck("unauthorized:p=0", 1), [0; 0]);
        assert_eq!(struck("unauthorized:at=token", 1), [0; 0]);
    }

    #[test]
    fn the_seed_decides_and_one_more_fault_changes_no_other() {
        let half = "unauthorized:p=0.5";
        assert_eq!(struck(half, 1), struck(half, 1));
        assert!((2..20).any(|seed| struck(half, seed) != struck(half, 1)));

        let mut faults = Faults::new(1);
        faults.add(half.parse().unwrap());
        faults.add("latency:ms=0..9,p=0.5".parse().unwrap());
        let with_another: Vec<usize> = (1..=10)
            .filter(|_| {
                let plan = faults.strike(Endpoint::DeviceAction);
                plan.before_apply().is_some()
            })
            .collect();
        assert_eq!(with_another, struck(half, 1));
    }

    #[test]
    fn of_those_that_exclude_each_other_the_first_strikes() {
        for (set, expected) in [
            ("reset-before-apply unauthorized", "reset-before-apply"),
            ("reset-after-apply unauthorized", "reset-after-apply"),
            ("unauthorized reset-after-apply", "unauthorized"),
            ("cut-off slow-body endless-body", "cut-off"),
            ("content-type:type=a/b content-type", "content-type"),
            ("mac-echo mac-echo:as=bare", "mac-echo"),
            // What takes the place of an answer leaves none to change.
            ("missing-key content-type cut-off silence-after-apply", "silence-after-apply"),
            ("redirect latency:ms=1 mac-echo", "redirect latency"),
            // These go together.
            ("latency:ms=1 latency:ms=2", "latency latency"),
            ("cut-off content-type missing-key", "cut-off content-type missing-key"),
            ("missing-key missing-key mac-echo", "missing-key missing-key mac-echo"),
        ] {
            let mut faults = Faults::new(1);
            for fault in set.split(' ') {
                faults.add(fault.parse().unwrap());
            }
            let names = faults.strike(Endpoint::DeviceAction).names();
            let names: Vec<&str> = names.into_iter().map(FaultName::as_str).collect();
            assert_eq!(names.join(" "), expected, "{set}");
        }
    }

    #[test]
    fn latency_follows_its_distribution() {
        let draws = |latency: Latency| {
            let mut rng = Rng::with_seed(1);
            (0..10_000).map(|_| latency.draw(&mut rng).as_secs_f64()).collect::<Vec<_>>()
        };
        let second = Duration::from_secs(1);
        assert!(draws(Latency::Fixed(second)).iter().all(|&by| by == 1.0));
        let uniform = draws(Latency::Uniform(second, 3 * second));
        assert!(uniform.iter().all(|by| (1.0..3.0).contains(by)));
        for draws in [uniform, draws(Latency::Exponential(2 * second))] {
            let mean = draws.iter().sum::<f64>() / 10_000.0;
            assert!((1.9..2.1).contains(&mean), "{mean}");
        }
    }

    #[test]
    fn lists_what_can_still_strike() {
        let mut faults = Faults::new(1);
        for fault in ["unauthorized:next=1", "missing-key", "extra-key:nth=2"] {
            faults.add(fault.parse().unwrap());
        }
        let _ = faults.strike(Endpoint::DeviceAction);
        let names: Vec<FaultName> = faults.list().iter().map(Fault::name).collect();
        assert_eq!(names, [FaultName::MissingKey, FaultName::ExtraKey]);
        faults.clear();
        assert!(faults.list().is_empty());
    }
}
