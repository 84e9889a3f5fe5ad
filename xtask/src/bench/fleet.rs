//! "A fleet": many requests at once without a quota, next to bare hyper and to reqwest by hand.

use std::process::Command;

use super::{build_program, service::Service, show};
use crate::figures::{Bar, Chart, Cost, Costs, Line, Way, table, take_turns, thousands};

const TURNS: usize = 10;

const OURS: &str = "it-access";
const REQWEST: &str = "reqwest by hand";
const HYPER: &str = "bare hyper";

const REPORT: &str = "it-access, a whole report";

/// The ways that are compared, and their programs: by their speed, and by how time and memory grow.
const COMPARED: [(&str, &str); 3] =
    [(OURS, "fleet_ours"), (REQWEST, "fleet_reqwest"), (HYPER, "fleet_hyper")];
const GROWN: [(&str, &str); 3] =
    [(OURS, "fleet_ours"), (REPORT, "fleet_report"), (HYPER, "fleet_hyper")];

/// Requests of the same size: how many devices in one, in how many in all, and how many are on their way at once.
#[derive(Clone, Copy)]
struct Load {
    devices: usize,
    batch_size: usize,
    concurrency: usize,
}

/// The throughput, by size of a request: as many requests of each.
const SIZES: [(usize, usize); 2] = [(50, 100_000), (1000, 2_000_000)];
const CONCURRENCIES: [usize; 3] = [1, 10, 100];

/// The growth, in requests of 50.
const GROWTH: [usize; 4] = [1000, 10_000, 100_000, 1_000_000];

/// What was measured of one load.
struct Measured {
    load: Load,
    costs: Costs,
    /// Which part of the time its service was busy, for each way.
    busy: Vec<f64>,
}

pub(super) fn measure() -> anyhow::Result<String> {
    let mut throughput = Vec::new();
    for (batch_size, devices) in SIZES {
        for concurrency in CONCURRENCIES {
            throughput.push(Measured::of(Load { devices, batch_size, concurrency }, &COMPARED)?);
        }
    }
    let mut growth = Vec::new();
    for devices in GROWTH {
        let load = Load { devices, batch_size: 50, concurrency: 100 };
        growth.push(Measured::of(load, &GROWN)?);
    }
    let speed = show(&speed_chart(&throughput), "fleet", "Devices a second")?;
    let seconds = show(&growth_chart(&growth), "fleet-growth", "Seconds by devices")?;
    let (throughput, growth) = (throughput_table(&throughput), growth_table(&growth));
    Ok(format!("{speed}\n{throughput}\n{seconds}\n{growth}"))
}

impl Measured {
    fn of(load: Load, programs: &[(&'static str, &str)]) -> anyhow::Result<Self> {
        // A service each, so that it can be told which way keeps its service how busy.
        let services = programs.iter().map(|_| Service::start());
        let services = services.collect::<anyhow::Result<Vec<_>>>()?;
        let with_services = || programs.iter().zip(&services);
        let ways = with_services().map(|((name, file), service)| way(name, file, service, load));
        let costs = take_turns(&ways.collect::<anyhow::Result<Vec<_>>>()?, TURNS)?;
        let busy = with_services().map(|((name, _), service)| {
            Ok(service.cpu_seconds()? / costs.sample(name, |cost| cost.wall).sum())
        });
        let busy = busy.collect::<anyhow::Result<_>>()?;
        Ok(Self { load, costs, busy })
    }

    /// Devices a second.
    fn speed(&self, way: &str) -> f64 {
        self.load.devices as f64 / self.median(way, |cost| cost.wall)
    }

    fn median(&self, way: &str, pick: fn(&Cost) -> f64) -> f64 {
        self.costs.sample(way, pick).median()
    }

    /// What a way takes by the clock, and of processors, each next to the limit.
    fn ratios(&self, way: &str) -> String {
        let ratio = |pick| self.costs.ratio(way, HYPER, pick);
        format!("{:.2}, {:.2}", ratio(|cost| cost.wall), ratio(|cost| cost.cpu))
    }
}

fn way(
    name: &'static str,
    file: &str,
    service: &Service,
    load: Load,
) -> anyhow::Result<Way<'static>> {
    let (program, base_url) = (build_program(file)?, service.base_url.clone());
    let numbers = [load.devices, load.batch_size, load.concurrency].map(|it| it.to_string());
    let command = move || {
        let mut command = Command::new(&program);
        command.arg(&base_url).args(&numbers);
        command
    };
    Ok(Way { name, command: Box::new(command) })
}

fn throughput_table(all: &[Measured]) -> String {
    let head = [
        "devices a request, in flight",
        "it-access, devices/s",
        "reqwest, devices/s",
        "hyper, devices/s",
        "it-access / hyper: time, CPU",
        "reqwest / hyper: time, CPU",
        "service busy",
    ];
    let rows = all.iter().map(|it| {
        let speed = |way| {
            let spread = it.costs.sample(way, |cost| cost.wall).spread();
            format!("{} {spread}", thousands(it.speed(way)))
        };
        let busy: Vec<_> = it.busy.iter().map(|part| format!("{:.0}", part * 100.0)).collect();
        vec![
            format!("{}, {}", thousands(it.load.batch_size as f64), it.load.concurrency),
            speed(OURS),
            speed(REQWEST),
            speed(HYPER),
            it.ratios(OURS),
            it.ratios(REQWEST),
            format!("{} %", busy.join(", ")),
        ]
    });
    table(&head, &rows.collect::<Vec<_>>())
}

fn growth_table(all: &[Measured]) -> String {
    let head = [
        "devices",
        "it-access, s",
        "bare hyper, s",
        "it-access, MiB",
        "with a whole report, MiB",
        "bare hyper, MiB",
    ];
    let rows = all.iter().map(|it| {
        let seconds = |way| format!("{:.3}", it.costs.sample(way, |cost| cost.wall));
        let memory = |way| format!("{:.1}", it.median(way, |cost| cost.peak_kib) / 1024.0);
        vec![
            thousands(it.load.devices as f64),
            seconds(OURS),
            seconds(HYPER),
            memory(OURS),
            memory(REPORT),
            memory(HYPER),
        ]
    });
    table(&head, &rows.collect::<Vec<_>>())
}

fn speed_chart(all: &[Measured]) -> Chart {
    let bars = all.iter().flat_map(|it| {
        let Load { batch_size, concurrency, .. } = it.load;
        COMPARED.map(|(way, _)| Bar {
            label: format!("{way}, {batch_size} × {concurrency}"),
            value: it.speed(way),
            ours: way == OURS,
        })
    });
    let title = "Devices a second, by devices in a request × requests in flight".to_owned();
    Chart::Bars { title, unit: "/s", bars: bars.collect() }
}

fn growth_chart(all: &[Measured]) -> Chart {
    let lines = [OURS, HYPER].map(|way| {
        let points =
            all.iter().map(|it| (it.load.devices as f64, it.median(way, |cost| cost.wall)));
        Line { label: way.to_owned(), points: points.collect(), ours: way == OURS }
    });
    let title = "Seconds by devices, in requests of 50, 100 in flight".to_owned();
    Chart::Lines { title, x: "devices", y: "seconds", lines: lines.into() }
}
