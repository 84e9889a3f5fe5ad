//! What a million devices cost: `cargo bench --package it-access-jobs`.
//!
//! Each step is a process of its own, whose peak memory the system tells. Linux only. The service is a stand-in on a socket
//! that applies everything, without a quota: what is measured is the engine.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and may panic")]

use std::{
    env,
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader, Read, Write as _},
    net::{TcpListener, TcpStream},
    num::NonZeroUsize,
    path::Path,
    process::Command,
    sync::{Arc, Mutex},
    thread,
    time::Instant,
};

use it_access::{AccessToken, Client, DeviceAction, StopHandle, Unpaced};
use it_access_jobs::{Event, Events, IdKind, Jobs, List, Plan, ReportFormat, RunOptions};

const STEPS: [(&str, usize, &str); 7] = [
    ("plan", 1_000_000, "read a CSV file, check it, write the plan"),
    ("create", 1_000_000, "open the plan, make the job"),
    ("apply", 1_000_000, "send it, 1,000 devices a request"),
    ("report", 1_000_000, "write the report as CSV"),
    ("plan", 100_000, "the same for a smaller one"),
    ("create", 100_000, ""),
    ("resume", 100_000, "half of it sent: from the call to the next request"),
];

fn main() {
    match env::args().skip(1).filter(|it| it != "--bench").collect::<Vec<_>>().as_slice() {
        [step, folder, base_url] => measure(step, Path::new(folder), base_url),
        _ => measure_all(),
    }
}

fn measure_all() {
    let base_url = serve();
    println!("{:<8} {:>9} {:>8} {:>9}", "step", "devices", "seconds", "peak MiB");
    let home = tempfile::tempdir().unwrap();
    for (step, devices, what) in STEPS {
        let folder = home.path().join(devices.to_string());
        if !folder.exists() {
            fs::create_dir(&folder).unwrap();
            write_list(&folder, devices);
        }
        let run = Command::new(env::current_exe().unwrap())
            .args([step, folder.to_str().unwrap(), &base_url])
            .output()
            .unwrap();
        let figures = String::from_utf8(run.stdout).unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let (seconds, memory) = figures.trim().split_once(' ').unwrap();
        println!("{step:<8} {devices:>9} {seconds:>8} {memory:>9}  {what}");
    }
}

fn write_list(folder: &Path, devices: usize) {
    let mut text = "name,hwid,note\n".to_owned();
    let mut chance = fastrand::Rng::with_seed(7);
    for number in 0..devices {
        writeln!(text, "laptop {number},{:032x},\"second floor, left\"", chance.u128(..)).unwrap();
    }
    fs::write(folder.join("devices.csv"), text).unwrap();
}

fn measure(step: &str, folder: &Path, base_url: &str) {
    let started_at = Instant::now();
    let jobs = Jobs::in_folder(folder.join("jobs"));
    let plan = folder.join("plan");
    let seconds = match step {
        "plan" => {
            let list = List::file(folder.join("devices.csv"));
            let action = DeviceAction::Unexempt;
            Plan::builder(action, IdKind::Hwids, list).build().unwrap().write(&plan).unwrap();
            started_at.elapsed()
        }
        "create" => {
            jobs.create(&Plan::open(&plan).unwrap(), base_url).unwrap();
            started_at.elapsed()
        }
        "report" => {
            let mut out = fs::File::create(folder.join("report.csv")).unwrap();
            let report = jobs.latest().unwrap().unwrap().report().unwrap();
            assert_eq!(report.summary().unwrap().counts.applied, 1_000_000);
            report.write(ReportFormat::Csv, &[], &mut out).unwrap();
            started_at.elapsed()
        }
        "apply" => {
            run(&jobs, base_url, RunOptions::default());
            started_at.elapsed()
        }
        "resume" => {
            // Half of it first.
            let half = Arc::new(StopAt { request: 50, ..StopAt::default() });
            run(&jobs, base_url, half.options());
            let resumed_at = Instant::now();
            let first = Arc::new(StopAt { request: 51, ..StopAt::default() });
            run(&jobs, base_url, first.options());
            let sent_at = *first.at.lock().unwrap();
            sent_at.unwrap() - resumed_at
        }
        other => panic!("{other}"),
    };
    println!("{:.2} {}", seconds.as_secs_f64(), peak_memory());
}

fn run(jobs: &Jobs, base_url: &str, options: RunOptions) {
    let client = Client::builder()
        .base_url(base_url)
        .tokens("benchmark-token".parse::<AccessToken>().unwrap())
        .quota(Unpaced)
        .build()
        .unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let job = jobs.latest().unwrap().unwrap();
    let options = options.batch_size(const { NonZeroUsize::new(1000).unwrap() });
    let _ = runtime.block_on(job.run(&client, options)).unwrap();
}

/// Stops a run after a request, and takes down when that was sent.
#[derive(Debug, Default)]
struct StopAt {
    request: u64,
    stop: StopHandle,
    at: Mutex<Option<Instant>>,
}

impl StopAt {
    fn options(self: &Arc<Self>) -> RunOptions {
        RunOptions::default().stop_handle(self.stop.clone()).events(self.clone())
    }
}

impl Events for StopAt {
    fn happened(&self, event: &Event) {
        if matches!(event, Event::Sent { request, .. } if *request == self.request) {
            *self.at.lock().unwrap() = Some(Instant::now());
            self.stop.stop();
        }
    }
}

/// In MiB.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
}

/// A service that applies everything.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            answer(&stream.unwrap());
        }
    });
    base_url
}

fn answer(mut stream: &TcpStream) {
    let mut reader = BufReader::new(stream);
    let (mut line, mut length) = (String::new(), 0);
    while line != "\r\n" {
        line.clear();
        reader.read_line(&mut line).unwrap();
        if let Some(text) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = text.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let request: serde_json::Value = serde_json::from_slice(&body).unwrap();
    let ids = request["ids"].as_array().unwrap().iter();
    let results: Vec<String> = ids.map(|id| format!("{id}:1")).collect();
    let answer = format!("{{{}}}", results.join(","));
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n";
    write!(stream, "{head}content-length: {}\r\n\r\n{answer}", answer.len()).unwrap();
}
