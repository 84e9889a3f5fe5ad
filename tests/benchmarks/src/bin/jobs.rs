//! One step of a job of many devices, measured as a process of its own: `plan`, `apply`, `report`, `half` and `resume`.

use std::{
    env, fs,
    io::{BufWriter, Write},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, bail, ensure};
use benchmarks::{
    Meter,
    fleet::{TOKEN, hwids},
};
use it_access::{AccessToken, Client, DeviceAction, StopHandle, Unpaced};
use it_access_jobs::{
    Event, Events, IdKind, Job, Jobs, List, Plan, ReportFormat, RunEnd, RunOptions,
};

/// The most devices in one request.
const BATCH_SIZE: usize = 1000;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [step, folder, base_url, devices] = arguments.as_slice() else {
        bail!("a step, a folder, a base URL and a number of devices are needed");
    };
    let task = Task {
        folder: folder.into(),
        base_url: base_url.clone(),
        devices: devices.parse().context("the number of devices")?,
    };
    match step.as_str() {
        "plan" => task.plan(),
        "apply" => task.apply(),
        "report" => task.report(),
        "half" => task.half(),
        "resume" => task.resume(),
        other => bail!("{other} is no step"),
    }
}

struct Task {
    folder: PathBuf,
    base_url: String,
    devices: usize,
}

impl Task {
    /// Reads a CSV file, checks it, and writes the plan.
    fn plan(&self) -> anyhow::Result<()> {
        let list = self.folder.join("devices.csv");
        if self.folder.exists() {
            ensure!(
                list.exists(),
                "{} is no folder of this program, which would remove it: name one that is not there yet",
                self.folder.display()
            );
            fs::remove_dir_all(&self.folder)?;
        }
        fs::create_dir_all(&self.folder)?;
        write_list(&list, self.devices)?;

        let meter = Meter::start();
        let plan =
            Plan::builder(DeviceAction::Unexempt, IdKind::Hwids, List::file(list)).build()?;
        plan.write(self.plan_file())?;
        ensure!(plan.len() == self.devices, "{} devices are planned", plan.len());
        meter.tell()
    }

    /// Makes the job, and sends all of it.
    fn apply(&self) -> anyhow::Result<()> {
        let meter = Meter::start();
        let job = self.create(&self.applied())?;
        self.run(&job, RunOptions::default())?;
        meter.tell()
    }

    /// Writes what became of each device as CSV.
    fn report(&self) -> anyhow::Result<()> {
        let mut out = fs::File::create(self.folder.join("report.csv"))?;
        let meter = Meter::start();
        let report = self.applied().latest()?.context("no job")?.report()?;
        let applied = report.summary()?.counts.applied;
        ensure!(applied == self.devices, "applied to {applied} of {} devices", self.devices);
        report.write(ReportFormat::Csv, &[], &mut out)?;
        meter.tell()
    }

    /// Makes another job, and sends half of it.
    fn half(&self) -> anyhow::Result<()> {
        let meter = Meter::start();
        let job = self.create(&self.halved())?;
        let half = Arc::new(StopAfter { stop: StopHandle::default(), request: self.half_way() });
        self.run(&job, half.options())?;
        meter.tell()
    }

    /// Goes on with that one, for one more request.
    fn resume(&self) -> anyhow::Result<()> {
        let meter = Meter::start();
        let job = self.halved().latest()?.context("no job")?;
        let next =
            Arc::new(StopAfter { stop: StopHandle::default(), request: self.half_way() + 1 });
        self.run(&job, next.options())?;
        meter.tell()
    }

    fn create(&self, jobs: &Jobs) -> anyhow::Result<Job> {
        Ok(jobs.create(&Plan::open(self.plan_file())?, &self.base_url)?)
    }

    fn run(&self, job: &Job, options: RunOptions) -> anyhow::Result<()> {
        let token: AccessToken = TOKEN.parse()?;
        let client =
            Client::builder().base_url(&self.base_url).tokens(token).quota(Unpaced).build()?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let run = runtime.block_on(job.run(&client, options.batch_size(self.batch_size())))?;
        ensure!(matches!(run.end, RunEnd::Finished | RunEnd::Stopped), "{:?}", run.end);
        Ok(())
    }

    fn batch_size(&self) -> NonZeroUsize {
        // Every job has at least two requests.
        NonZeroUsize::new(BATCH_SIZE.min(self.devices / 2)).unwrap_or(NonZeroUsize::MIN)
    }

    /// The number of the request that ends the first half.
    fn half_way(&self) -> u64 {
        (self.devices / 2 / self.batch_size()) as u64
    }

    fn plan_file(&self) -> PathBuf {
        self.folder.join("plan")
    }

    fn applied(&self) -> Jobs {
        Jobs::in_folder(self.folder.join("applied"))
    }

    fn halved(&self) -> Jobs {
        Jobs::in_folder(self.folder.join("halved"))
    }
}

fn write_list(file: &Path, devices: usize) -> anyhow::Result<()> {
    let mut list = BufWriter::new(fs::File::create(file)?);
    writeln!(list, "name,hwid,note")?;
    for (number, hwid) in hwids(devices).enumerate() {
        writeln!(list, "laptop {number},{hwid},\"second floor, left\"")?;
    }
    Ok(list.flush()?)
}

/// Stops a run after a request.
#[derive(Debug)]
struct StopAfter {
    request: u64,
    stop: StopHandle,
}

impl StopAfter {
    fn options(self: &Arc<Self>) -> RunOptions {
        RunOptions::default().stop_handle(self.stop.clone()).events(self.clone())
    }
}

impl Events for StopAfter {
    fn happened(&self, event: &Event) {
        if matches!(event, Event::Sent { request, .. } if *request == self.request) {
            self.stop.stop();
        }
    }
}
