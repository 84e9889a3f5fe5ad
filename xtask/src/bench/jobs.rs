//! "Jobs": plan, apply, report and resume, each a process of its own.

use std::{path::Path, process::Command};

use super::{build_program, service::Service, show};
use crate::{
    figures::{Chart, Costs, Line, Way, repeat, table, thousands},
    workspace::target,
};

/// The numbers of devices, and how often each is measured: the largest takes longer than all others together.
const SIZES: [(usize, usize); 4] = [(1000, 10), (10_000, 10), (100_000, 10), (1_000_000, 3)];

/// The steps that are told. `half` prepares `resume`.
const TOLD: [&str; 4] = ["plan", "apply", "report", "resume"];
const STEPS: [&str; 5] = ["plan", "apply", "report", "half", "resume"];

pub(super) fn measure() -> anyhow::Result<String> {
    let service = Service::start()?;
    // Not in the system's temporary folder, which may be memory: a journal waits for the disk.
    let home = tempfile::tempdir_in(target())?;
    let mut all = Vec::new();
    for (devices, turns) in SIZES {
        let ways = STEPS.map(|step| way(step, home.path(), &service, devices));
        let ways = ways.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
        all.push((devices, repeat(&ways, turns)?));
    }
    let chart = show(&chart(&all), "jobs", "Seconds by devices")?;
    Ok(format!("{chart}\n{}", rows(&all)))
}

fn way(
    step: &'static str,
    home: &Path,
    service: &Service,
    devices: usize,
) -> anyhow::Result<Way<'static>> {
    let (program, base_url) = (build_program("jobs")?, service.base_url.clone());
    let folder = home.join(devices.to_string());
    let command = move || {
        let mut command = Command::new(&program);
        command.arg(step).arg(&folder).arg(&base_url).arg(devices.to_string());
        command
    };
    Ok(Way { name: step, command: Box::new(command) })
}

fn rows(all: &[(usize, Costs)]) -> String {
    let head = ["step", "devices", "seconds", "µs a device", "peak, MiB"];
    let rows = TOLD.iter().flat_map(|step| {
        all.iter().map(move |(devices, costs)| {
            let seconds = costs.sample(step, |cost| cost.wall);
            let peak = costs.sample(step, |cost| cost.peak_kib / 1024.0);
            vec![
                (*step).to_owned(),
                thousands(*devices as f64),
                format!("{seconds:.3}"),
                format!("{:.2}", seconds.median() / *devices as f64 * 1e6),
                format!("{:.0}", peak.median()),
            ]
        })
    });
    table(&head, &rows.collect::<Vec<_>>())
}

fn chart(all: &[(usize, Costs)]) -> Chart {
    let lines = TOLD.map(|step| {
        let points = all.iter().map(|(devices, costs)| {
            (*devices as f64, costs.sample(step, |cost| cost.wall).median())
        });
        Line { label: step.to_owned(), points: points.collect(), ours: true }
    });
    let title = "A job: seconds by devices".to_owned();
    Chart::Lines { title, x: "devices", y: "seconds", lines: lines.into() }
}
