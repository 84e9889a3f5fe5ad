//! Jobs one after another, on a service that fails at random: what they need does not grow, and every device is in one
//! state at the end of each.
//!
//! `IT_ACCESS_SOAK_SECONDS` is how long: five, unless it is set. Linux only, where a process can be looked at.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test may panic, and `cargo xtask torture` reads what this one prints"
)]

use std::{
    collections::HashSet,
    env, fs,
    io::Cursor,
    num::NonZeroUsize,
    time::{Duration, Instant},
};

use fastrand::Rng;
use it_access::{AccessToken, Client, Counts, DeviceAction, Pacer, Retry};
use it_access_jobs::{IdKind, Job, Jobs, List, Plan, Row, RunOptions};
use it_access_sim::{Device, Fleet, Quota, RunningService, Service};
use serde_json::json;

const TOKEN: &str = "token-of-the-soak-0123456789";
const DEVICES: usize = 400;
const SEED: u64 = 7;

/// A quota that the jobs run into all the time, without waiting long.
const LIMIT: u32 = 40;
const WINDOW: Duration = Duration::from_millis(400);

const BETWEEN_SAMPLES: Duration = Duration::from_secs(2);

/// What is left of a run after its beginning, in which caches and pools are filled, and what of that is compared.
const AFTER_WARM_UP: f64 = 0.9;

/// How many times as much memory may be resident at the end. An allocator keeps some for itself.
const MEMORY_GROWS_AT_MOST: f64 = 1.1;

/// A shorter run is all beginning.
const SHORTEST_COMPARED: Duration = Duration::from_secs(60);

const FAULTS: [&str; 8] = [
    "latency:ms=0..20",
    "http-500-before-apply:p=0.03",
    "http-503-after-apply:p=0.03",
    "reset-before-apply:p=0.03",
    "close-after-apply:p=0.03",
    "cut-off:p=0.03",
    "too-many-requests:retry-after=1,p=0.01",
    "missing-key:p=0.03",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_grows_and_no_device_is_lost() {
    let seconds = env::var("IT_ACCESS_SOAK_SECONDS").map_or(5, |text| text.parse().unwrap());
    let length = Duration::from_secs(seconds);
    let soak = Soak::new().await;
    let mut chance = Rng::with_seed(SEED);
    let (mut jobs, mut runs, mut applied, mut unknown) = (0, 0, 0, 0);
    let (began, mut samples) = (Instant::now(), Vec::<Sample>::new());
    while began.elapsed() < length {
        let (counts, runs_of_job) = soak.carry_out(&mut chance).await;
        applied += counts.applied;
        unknown += counts.unknown;
        runs += runs_of_job;
        jobs += 1;
        let last = samples.last().map(|sample| sample.after);
        if last.is_none_or(|last| began.elapsed() >= last + BETWEEN_SAMPLES) {
            let sample = Sample::take(began.elapsed());
            println!("sample: {}", sample.to_json());
            samples.push(sample);
        }
    }
    let requests = soak.service.simulator().requests_received();
    println!(
        "figures: seed {SEED}, {jobs} jobs of {DEVICES} devices, {runs} runs, {requests} requests, \
         {applied} times applied, {unknown} times unknown"
    );
    if length >= SHORTEST_COMPARED {
        assert_flat(&samples);
    }
}

struct Soak {
    service: RunningService,
    client: Client,
}

impl Soak {
    async fn new() -> Self {
        let fleet = Fleet::new((1..=DEVICES).map(|number| Device::new(name(number)))).unwrap();
        let quota = Quota::new(LIMIT, WINDOW);
        // Its log would grow for minutes until it is as long as it may be.
        let mut service =
            Service::new(fleet, TOKEN).with_seed(SEED).with_quota(quota).with_log_length(100);
        for fault in FAULTS {
            service = service.with_fault(fault.parse().unwrap());
        }
        let service = service.listen(([127, 0, 0, 1], 0).into()).await.unwrap();
        let client = Client::builder()
            .base_url(service.base_url())
            .tokens(TOKEN.parse::<AccessToken>().unwrap())
            .quota(Pacer::new(LIMIT, WINDOW))
            .retry(Retry::default())
            .build()
            .unwrap();
        Self { service, client }
    }

    /// Makes a job, and runs it until nothing is left to send. Gives back how it ended, and how many runs that took.
    async fn carry_out(&self, chance: &mut Rng) -> (Counts, u64) {
        let folder = tempfile::tempdir().unwrap();
        let ids: String = (1..=DEVICES).map(|number| name(number) + "\n").collect();
        let list = List::reading("list", Cursor::new(ids.into_bytes()));
        let actions = [DeviceAction::RenewDhcp, DeviceAction::Unexempt, DeviceAction::ReIdentify];
        let action = chance.choice(actions).unwrap();
        let plan = Plan::builder(action, IdKind::Hwids, list);
        let plan = plan.batch_size(some(chance.usize(10..60))).build().unwrap();
        let job = Jobs::in_folder(folder.path()).create(&plan, self.client.base_url()).unwrap();
        for runs in 1.. {
            let options = RunOptions::default().concurrency(some(chance.usize(1..4)));
            let run = job.run(&self.client, options).await.unwrap();
            let counts = self.counts(&job);
            assert_eq!(run.counts, counts);
            if counts.unprocessed == 0 {
                return (counts, runs);
            }
        }
        unreachable!("a job has an end")
    }

    /// Counts the devices of a job, each of which is in its report once.
    fn counts(&self, job: &Job) -> Counts {
        let report = job.report().unwrap();
        let rows: Vec<Row> = report.rows(&[]).collect::<Result<_, _>>().unwrap();
        let ids: HashSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
        assert_eq!((ids.len(), rows.len()), (DEVICES, DEVICES));
        rows.iter().map(|row| row.state).collect()
    }
}

/// What the process holds at a moment.
#[derive(Debug, Clone, Copy)]
struct Sample {
    after: Duration,
    resident_kib: u64,
    handles: u64,
    threads: u64,
}

impl Sample {
    fn take(after: Duration) -> Self {
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let field = |name: &str| -> u64 {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.split_whitespace().next().unwrap().parse().unwrap()
        };
        Self {
            after,
            resident_kib: field("VmRSS:"),
            handles: fs::read_dir("/proc/self/fd").unwrap().count() as u64,
            threads: field("Threads:"),
        }
    }

    fn to_json(self) -> serde_json::Value {
        let Self { after, resident_kib, handles, threads } = self;
        json!({
            "seconds": after.as_secs_f64(),
            "resident_kib": resident_kib,
            "handles": handles,
            "threads": threads,
        })
    }
}

/// Holds the last quarter of a run against the first, once it is warm.
fn assert_flat(samples: &[Sample]) {
    let warm = &samples[(samples.len() as f64 * (1.0 - AFTER_WARM_UP)) as usize..];
    let quarter = warm.len() / 4;
    let (first, last) = (&warm[..quarter], &warm[warm.len() - quarter..]);
    let median = |samples: &[Sample], pick: fn(&Sample) -> u64| {
        let mut values: Vec<u64> = samples.iter().map(pick).collect();
        values.sort_unstable();
        values[values.len() / 2]
    };
    let pair = |pick| (median(first, pick), median(last, pick));
    let (memory, handles, threads) =
        (pair(|it| it.resident_kib), pair(|it| it.handles), pair(|it| it.threads));
    println!(
        "figures: {} to {} KiB, {} to {} file handles, {} to {} threads, from the first to the last quarter",
        memory.0, memory.1, handles.0, handles.1, threads.0, threads.1
    );
    assert!(memory.1 as f64 <= memory.0 as f64 * MEMORY_GROWS_AT_MOST, "{memory:?}");
    // A connection more or less is on its way at any moment.
    assert!(handles.1 <= handles.0 + 4, "{handles:?}");
    assert!(threads.1 <= threads.0, "{threads:?}");
}

fn name(number: usize) -> String {
    format!("device{number:06}")
}

fn some(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).unwrap()
}
