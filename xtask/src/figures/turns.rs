//! Several ways to do the same, measured side by side: they take turns, so that what disturbs one disturbs all.

use std::{collections::BTreeMap, process::Command};

use anyhow::{Context, bail};
use serde::Deserialize;

use super::Sample;
use crate::process::output_of;

/// A program that does the work once, and prints what it cost as one line of JSON.
pub(crate) struct Way<'a> {
    pub(crate) name: &'static str,
    pub(crate) command: Box<dyn Fn() -> Command + 'a>,
}

/// What a program says of itself. It begins to count when it is ready to work.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Cost {
    /// Seconds by the clock.
    pub(crate) wall: f64,
    /// Seconds of all its threads, in user and system mode.
    pub(crate) cpu: f64,
    /// Its peak resident set in KiB; of a fleet, what is above its input.
    pub(crate) peak_kib: f64,
}

/// The costs of each way, by its name.
pub(crate) struct Costs(BTreeMap<&'static str, Vec<Cost>>);

impl Costs {
    /// # Panics
    ///
    /// If no way has this name.
    pub(crate) fn sample(&self, way: &str, pick: fn(&Cost) -> f64) -> Sample {
        Sample::new(self.0[way].iter().map(pick).collect())
    }

    /// What one way takes as a multiple of another, turn by turn: what slows down both does not show.
    ///
    /// # Panics
    ///
    /// If no way has one of these names.
    pub(crate) fn ratio(&self, way: &str, other: &str, pick: fn(&Cost) -> f64) -> Sample {
        let turns = self.0[way].iter().zip(&self.0[other]);
        Sample::new(turns.map(|(way, other)| pick(way) / pick(other)).collect())
    }
}

impl FromIterator<(&'static str, Cost)> for Costs {
    fn from_iter<I: IntoIterator<Item = (&'static str, Cost)>>(measured: I) -> Self {
        let mut costs: BTreeMap<_, Vec<Cost>> = BTreeMap::new();
        for (way, cost) in measured {
            costs.entry(way).or_default().push(cost);
        }
        Self(costs)
    }
}

/// Runs each way as often as there are turns. Each turn begins with another way, and every second one goes backwards, so that
/// none has to pay more often than others for what ran before it.
///
/// # Errors
///
/// If a program fails, or prints something else.
pub(crate) fn take_turns(ways: &[Way<'_>], turns: usize) -> anyhow::Result<Costs> {
    costs((0..turns).flat_map(|turn| in_turn(ways, turn)))
}

/// Runs steps of which each needs those before it, again and again.
///
/// # Errors
///
/// If a program fails, or prints something else.
pub(crate) fn repeat(steps: &[Way<'_>], times: usize) -> anyhow::Result<Costs> {
    costs((0..times).flat_map(|_| steps))
}

fn costs<'a>(ways: impl Iterator<Item = &'a Way<'a>>) -> anyhow::Result<Costs> {
    ways.map(|way| Ok((way.name, cost(way)?))).collect()
}

fn in_turn<T>(all: &[T], turn: usize) -> impl Iterator<Item = &T> {
    let count = all.len();
    let place = move |step| if turn.is_multiple_of(2) { turn + step } else { turn + count - step };
    (0..count).map(move |step| &all[place(step) % count])
}

fn cost(way: &Way<'_>) -> anyhow::Result<Cost> {
    let printed = output_of(&mut (way.command)()).with_context(|| way.name)?;
    let Some(line) = printed.lines().last() else { bail!("{} printed nothing", way.name) };
    serde_json::from_str(line).with_context(|| format!("{} printed {line}", way.name))
}

#[cfg(test)]
mod tests {
    use super::{Cost, Costs, in_turn};

    #[test]
    fn each_begins_in_its_turn() {
        let order = |turn| in_turn(&["a", "b", "c"], turn).copied().collect::<String>();
        assert_eq!([0, 1, 2, 3].map(order), ["abc", "bac", "cab", "acb"]);
        assert_eq!(in_turn::<u8>(&[], 1).count(), 0);
    }

    #[test]
    fn what_slows_down_a_whole_turn_is_in_no_ratio() {
        let cost = |cpu| Cost { wall: 1.0, cpu, peak_kib: 1.0 };
        let turns = [("a", 1.0), ("b", 2.0), ("a", 3.0), ("b", 6.0), ("a", 2.0), ("b", 5.0)];
        let costs: Costs = turns.into_iter().map(|(way, cpu)| (way, cost(cpu))).collect();
        assert_eq!(costs.ratio("b", "a", |cost| cost.cpu).median(), 2.0);
        assert_eq!(costs.ratio("a", "b", |cost| cost.wall).median(), 1.0);
    }
}
