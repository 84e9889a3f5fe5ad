//! Jobs one after another, for a while: `tests/soak.rs` of `it-access-jobs`, drawn.

use std::time::Duration;

use anyhow::Context;
use serde::Deserialize;

use super::trial::figures_in;
use crate::{
    figures::Chart,
    process::output_of,
    workspace::{cargo, root},
};

/// What the process holds at a moment, as the test prints it.
#[derive(Debug, Deserialize)]
struct Sample {
    seconds: f64,
    resident_kib: f64,
    handles: f64,
    threads: f64,
}

impl Sample {
    fn resident_mib(&self) -> f64 {
        self.resident_kib / 1024.0
    }
}

/// Runs jobs for so long, as a user's program would be built; and draws the charts, if that is wanted.
///
/// # Errors
///
/// If anything grows, or a device is in no state.
pub(super) fn run(length: Duration, draws: bool) -> anyhow::Result<String> {
    let test = ["test", "--quiet", "--release", "--package", "it-access-jobs", "--test", "soak"];
    let mut command = cargo();
    command.current_dir(root()).args(test).args(["--", "--nocapture"]);
    command.env("IT_ACCESS_SOAK_SECONDS", length.as_secs().to_string());
    let printed = output_of(&mut command)?;
    let samples = printed.lines().filter_map(|line| line.split_once("sample: "));
    let samples = samples.map(|(_, sample)| serde_json::from_str(sample).context("a sample"));
    let samples: Vec<Sample> = samples.collect::<Result<_, _>>()?;
    let mut figures = format!("{}.\n\n", figures_in(&printed)?.replace("; ", ".\n\n"));
    let curves = [
        ("soak-memory", "Resident memory", "MiB", Sample::resident_mib as fn(&Sample) -> f64),
        ("soak-handles", "Open file handles", "", |sample| sample.handles),
        ("soak-threads", "Threads", "", |sample| sample.threads),
    ];
    for (name, title, unit, pick) in curves.into_iter().filter(|_| draws) {
        let points = samples.iter().map(|sample| (sample.seconds / 60.0, pick(sample))).collect();
        let chart = Chart::Course { title: title.to_owned(), x: "minutes", y: unit, points };
        let path = format!("tests/benchmarks/charts/{name}.svg");
        chart.write(&root().join(&path))?;
        figures += &format!("![{title}]({path})\n");
    }
    Ok(figures)
}
