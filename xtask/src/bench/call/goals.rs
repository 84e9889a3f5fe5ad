//! What a call may cost, held against what was measured.

use super::{measured::Measured, programs::OURS};
use crate::figures::Cost;

/// What is held against a goal: its name, and where it stands.
type Figure = (&'static str, fn(&Cost) -> f64);

const CPU: Figure = ("CPU", |cost| cost.cpu);
const MEMORY: Figure = ("peak memory", |cost| cost.peak_kib);

/// For a number of devices, at most so much of what code by hand takes.
const LIMITS: [(usize, Figure, f64); 3] =
    [(3, CPU, 1.05), (50_000, CPU, 0.8), (50_000, MEMORY, 0.8)];

/// Tells of each goal whether it is reached. The peers are those programs whose clients others generate.
pub(super) fn table(all: &[Measured], peers: &[&str]) -> String {
    let mut table = "| goal | measured | reached |\n| --- | --- | --- |\n".to_owned();
    for measured in all {
        for (_, figure, limit) in LIMITS.iter().filter(|it| it.0 == measured.devices) {
            table += &within(*limit, *figure, measured);
        }
        for figure in [CPU, MEMORY] {
            table.extend(less_than_peers(peers, figure, measured));
        }
    }
    table
}

fn within(limit: f64, (name, pick): Figure, measured: &Measured) -> String {
    let ours = measured.ratio(OURS, pick);
    let instructions = measured.ratio_of_instructions(OURS).filter(|_| name == CPU.0);
    let instructions = instructions.map(|ratio| format!("; of instructions {ratio:.2}"));
    format!(
        "| {}: {name} at most {limit} of code by hand | {ours:.2}{} | {} |\n",
        measured.title(),
        instructions.unwrap_or_default(),
        verdict(ours <= limit)
    )
}

fn less_than_peers(peers: &[&str], (name, pick): Figure, measured: &Measured) -> Option<String> {
    let ours = measured.ratio(OURS, pick);
    let peers = peers.iter().map(|peer| (peer, measured.ratio(peer, pick)));
    let (best, theirs) = peers.min_by(|one, other| one.1.total_cmp(&other.1))?;
    Some(format!(
        "| {}: less {name} than any other generated client | {ours:.2}; {best} {theirs:.2} | {} |\n",
        measured.title(),
        verdict(ours < theirs)
    ))
}

fn verdict(reached: bool) -> &'static str {
    if reached { "yes" } else { "**no**" }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::bench::call::programs::BY_HAND;

    #[test]
    fn a_goal_that_is_missed_is_told_as_one_that_is_reached() {
        let cost = |cpu, peak_kib| Cost { wall: 1.0, cpu, peak_kib };
        let measured = |devices, ours| Measured {
            devices,
            requests: 1,
            costs: [
                (BY_HAND, cost(100.0, 100.0)),
                (OURS, ours),
                ("slow", cost(900.0, 900.0)),
                ("quick", cost(110.0, 90.0)),
            ]
            .into_iter()
            .collect(),
            instructions: BTreeMap::new(),
        };
        let mut few = measured(3, cost(105.0, 90.0));
        few.instructions = BTreeMap::from([(BY_HAND, 1000.0), (OURS, 1020.0)]);
        let all = [few, measured(1000, cost(120.0, 80.0)), measured(50_000, cost(81.0, 79.0))];
        let expected = "\
| goal | measured | reached |
| --- | --- | --- |
| 3 devices: CPU at most 1.05 of code by hand | 1.05; of instructions 1.02 | yes |
| 3 devices: less CPU than any other generated client | 1.05; quick 1.10 | yes |
| 3 devices: less peak memory than any other generated client | 0.90; quick 0.90 | **no** |
| 1,000 devices: less CPU than any other generated client | 1.20; quick 1.10 | **no** |
| 1,000 devices: less peak memory than any other generated client | 0.80; quick 0.90 | yes |
| 50,000 devices: CPU at most 0.8 of code by hand | 0.81 | **no** |
| 50,000 devices: peak memory at most 0.8 of code by hand | 0.79 | yes |
| 50,000 devices: less CPU than any other generated client | 0.81; quick 1.10 | yes |
| 50,000 devices: less peak memory than any other generated client | 0.79; quick 0.90 | yes |
";
        assert_eq!(table(&all, &["slow", "quick"]), expected);
    }
}
