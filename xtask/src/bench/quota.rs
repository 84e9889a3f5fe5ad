//! "Use of the quota": many requests under the quota, by several strategies, in virtual time.

use std::process::Command;

use anyhow::Context;
use serde::Deserialize;

use super::{build_program_with, show};
use crate::{
    figures::{Bar, Chart, Sample, table, thousands},
    process::output_of,
};

/// The devices in one request.
const BATCH_SIZE: u64 = 50;

/// The documented quota: as many requests in a window, of as many seconds.
const LIMIT: u64 = 10;
const WINDOW: u64 = 60;

/// One run, as the program tells it.
#[derive(Deserialize)]
struct Run {
    requests: u64,
    policy: String,
    strategy: String,
    /// Until the last answer.
    seconds: f64,
    refusals: u64,
}

/// All runs of one strategy at one service.
struct Row<'a> {
    first: &'a Run,
    seconds: Sample,
    refusals: Sample,
}

pub(super) fn measure() -> anyhow::Result<String> {
    // On a clock that jumps ahead, the machine makes no difference: there are no turns to take.
    let program = build_program_with("quota", &["--features", "virtual-time"])?;
    let printed = output_of(&mut Command::new(program))?;
    let runs: Vec<Run> = printed
        .lines()
        .map(|line| serde_json::from_str(line).with_context(|| line.to_owned()))
        .collect::<anyhow::Result<_>>()?;
    // The program prints the runs of a row one after the other.
    let is_same = |a: &Run, b: &Run| {
        (a.requests, &a.policy, &a.strategy) == (b.requests, &b.policy, &b.strategy)
    };
    let rows: Vec<Row<'_>> = runs.chunk_by(is_same).map(Row::of).collect();
    let chart = show(&chart(&rows), "quota", "Minutes for 100,000 devices")?;
    Ok(format!("{chart}\n{}", rows_of(&rows)))
}

impl<'a> Row<'a> {
    fn of(runs: &'a [Run]) -> Self {
        Self {
            first: &runs[0],
            seconds: Sample::new(runs.iter().map(|run| run.seconds).collect()),
            refusals: Sample::new(runs.iter().map(|run| run.refusals as f64).collect()),
        }
    }

    /// Which part of the quota was used, of one.
    fn used(&self) -> f64 {
        least_seconds(self.first.requests) / self.seconds.median()
    }
}

/// The time in which none can do better: as many as the limit at once, and as many again in each window, by answers that take no
/// time.
fn least_seconds(requests: u64) -> f64 {
    ((requests.div_ceil(LIMIT) - 1) * WINDOW) as f64
}

fn rows_of(rows: &[Row<'_>]) -> String {
    let head = ["devices, service, strategy", "seconds", "least", "quota used", "429s"];
    let cells = rows.iter().map(|row| {
        let Run { requests, policy, strategy, .. } = row.first;
        vec![
            format!("{}, {policy}: {strategy}", thousands((requests * BATCH_SIZE) as f64)),
            format!("{} {}", thousands(row.seconds.median()), row.seconds.spread()),
            thousands(least_seconds(*requests)),
            format!("{:.1} %", row.used() * 100.0),
            thousands(row.refusals.median()),
        ]
    });
    table(&head, &cells.collect::<Vec<_>>())
}

/// The largest number of devices.
fn chart(rows: &[Row<'_>]) -> Chart {
    let requests = rows.iter().map(|row| row.first.requests).max().unwrap_or_default();
    let least =
        Bar { label: "the least".to_owned(), value: least_seconds(requests) / 60.0, ours: false };
    let shown = rows.iter().filter(|row| row.first.requests == requests).map(|row| {
        let Run { policy, strategy, .. } = row.first;
        Bar {
            label: format!("{strategy}, {policy}"),
            value: row.seconds.median() / 60.0,
            ours: strategy.starts_with("it-access"),
        }
    });
    let title = format!("{} devices under the quota", thousands((requests * BATCH_SIZE) as f64));
    Chart::Bars { title, unit: "min", bars: [least].into_iter().chain(shown).collect() }
}
