//! What a call may cost, held against what was measured.

use super::{measured::Measured, programs::OURS};
use crate::figures::{Cost, Sample};

/// What is held against a goal: its name, and where it stands.
type Figure = (&'static str, fn(&Cost) -> f64);

const CPU: Figure = ("CPU", |cost| cost.cpu);
const MEMORY: Figure = ("peak memory", |cost| cost.peak_kib);

/// For a number of devices, in whatever order they are answered, at most so much of what code by hand takes.
const LIMITS: [(usize, Figure, f64); 3] =
    [(3, CPU, 1.05), (50_000, CPU, 0.8), (50_000, MEMORY, 0.8)];

/// Tells of each goal whether it is reached. The peers are those programs whose clients others generate.
pub(super) fn table(all: &[Measured], peers: &[&str]) -> String {
    let mut table = "| goal | measured | reached |\n| --- | --- | --- |\n".to_owned();
    for measured in all {
        for (_, figure, limit) in LIMITS.iter().filter(|it| it.0 == measured.case.devices) {
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
        "| {}: {name} at most {limit} of code by hand | {}{} | {} |\n",
        measured.case.title(),
        with_uncertainty(&ours),
        instructions.unwrap_or_default(),
        verdict(ours.median() <= limit)
    )
}

fn less_than_peers(peers: &[&str], (name, pick): Figure, measured: &Measured) -> Option<String> {
    let ratios = peers.iter().map(|peer| (peer, measured.costs.ratio(OURS, peer, pick)));
    let (closest, ratio) =
        ratios.max_by(|one, other| one.1.median().total_cmp(&other.1.median()))?;
    let instructions = closest_by_instructions(peers, measured).filter(|_| name == CPU.0);
    let told = instructions.map(|(peer, ratio)| format!("; instructions {ratio:.2} of {peer}'s"));
    Some(format!(
        "| {}: less {name} than any other generated client | {} of {closest}'s{} | {} |\n",
        measured.case.title(),
        with_uncertainty(&ratio),
        told.unwrap_or_default(),
        is_less(&ratio, instructions.map(|(_, ratio)| ratio))
    ))
}

/// The peer, of those whose instructions were counted, that takes fewest, and ours as a multiple of them.
fn closest_by_instructions<'a>(peers: &[&'a str], measured: &Measured) -> Option<(&'a str, f64)> {
    let ours = measured.instructions.get(OURS)?;
    let counted = peers.iter().filter_map(|&peer| Some((peer, measured.instructions.get(peer)?)));
    let (peer, fewest) = counted.min_by(|one, other| one.1.total_cmp(other.1))?;
    Some((peer, ours / fewest))
}

/// Whether it is below 1. Where that may be chance, there is no difference but in the instructions, if they were counted.
fn is_less(ratio: &Sample, instructions: Option<f64>) -> String {
    let (median, uncertainty) = (ratio.median(), ratio.uncertainty());
    if median + uncertainty < 1.0 {
        verdict(true).to_owned()
    } else if median - uncertainty > 1.0 {
        verdict(false).to_owned()
    } else {
        let more_or_fewer =
            |ratio| if ratio < 1.0 { "; fewer instructions" } else { "; more instructions" };
        format!("no difference{}", instructions.map_or("", more_or_fewer))
    }
}

fn verdict(reached: bool) -> &'static str {
    if reached { "yes" } else { "**no**" }
}

fn with_uncertainty(ratio: &Sample) -> String {
    let median = ratio.median();
    format!("{median:.2} ± {:.0} %", ratio.uncertainty() / median * 100.0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::bench::call::{Case, Order, programs::BY_HAND};

    /// In so many turns as there are costs of ours: those of the others are the same in each.
    fn measured(devices: usize, order: Order, ours: &[(f64, f64)]) -> Measured {
        let cost = |(cpu, peak_kib)| Cost { wall: 1.0, cpu, peak_kib };
        let others =
            [(BY_HAND, (100.0, 100.0)), ("slow", (900.0, 900.0)), ("quick", (110.0, 90.0))];
        let turn = |ours: &(f64, f64)| [(OURS, *ours)].into_iter().chain(others);
        Measured {
            case: Case { devices, order, requests: 1, turns: ours.len() },
            costs: ours.iter().flat_map(turn).map(|(name, costs)| (name, cost(costs))).collect(),
            instructions: BTreeMap::new(),
        }
    }

    #[test]
    fn a_goal_that_is_missed_is_told_as_one_that_is_reached() {
        let mut few = measured(3, Order::OfTheRequest, &[(105.0, 90.0)]);
        few.instructions = [(BY_HAND, 1000.0), (OURS, 1020.0), ("quick", 1040.0)].into();
        let all = [
            few,
            measured(1000, Order::OfTheRequest, &[(120.0, 80.0)]),
            measured(50_000, Order::Reversed, &[(81.0, 79.0)]),
        ];
        let expected = "\
| goal | measured | reached |
| --- | --- | --- |
| 3 devices: CPU at most 1.05 of code by hand | 1.05 ± 0 %; of instructions 1.02 | yes |
| 3 devices: less CPU than any other generated client | 0.95 ± 0 % of quick's; instructions 0.98 of quick's | yes |
| 3 devices: less peak memory than any other generated client | 1.00 ± 0 % of quick's | no difference |
| 1,000 devices: less CPU than any other generated client | 1.09 ± 0 % of quick's | **no** |
| 1,000 devices: less peak memory than any other generated client | 0.89 ± 0 % of quick's | yes |
| 50,000 devices, answered in another order: CPU at most 0.8 of code by hand | 0.81 ± 0 % | **no** |
| 50,000 devices, answered in another order: peak memory at most 0.8 of code by hand | 0.79 ± 0 % | yes |
| 50,000 devices, answered in another order: less CPU than any other generated client | 0.74 ± 0 % of quick's | yes |
| 50,000 devices, answered in another order: less peak memory than any other generated client | 0.88 ± 0 % of quick's | yes |
";
        assert_eq!(table(&all, &["slow", "quick"]), expected);
    }

    #[test]
    fn what_may_be_chance_is_no_difference() {
        let [less, noise, more] = [[0.90, 0.92, 0.94], [0.90, 0.99, 1.08], [1.10, 1.12, 1.14]]
            .map(|it| Sample::new(it.into()));
        let cases = [
            (&less, Some(1.2), "yes"),
            (&more, Some(0.8), "**no**"),
            (&noise, Some(0.98), "no difference; fewer instructions"),
            (&noise, Some(1.02), "no difference; more instructions"),
            (&noise, None, "no difference"),
        ];
        for (ratio, instructions, expected) in cases {
            assert_eq!(is_less(ratio, instructions), expected, "{ratio:.2} {instructions:?}");
        }
    }

    #[test]
    fn instructions_are_those_of_a_peer_whose_were_counted() {
        let mut measured = measured(3, Order::OfTheRequest, &[(100.0, 90.0), (130.0, 90.0)]);
        measured.instructions = [(OURS, 950.0), ("slow", 1000.0)].into();
        assert_eq!(
            less_than_peers(&["slow", "quick"], CPU, &measured).expect("peers"),
            "| 3 devices: less CPU than any other generated client | 1.05 ± 17 % of quick's; instructions 0.95 of slow's \
             | no difference; fewer instructions |\n"
        );
    }
}
