//! What the wrapper costs, next to reqwest and serde used by hand: `cargo bench --package it-access`.
//!
//! Both do the same: from a list of HWIDs to a state for each, in one request with a time limit, on a connection of its own,
//! because one that was kept could have been closed by the service. Each measurement is a process of its own, whose CPU time and peak
//! memory the system tells; the two take turns, and the medians are compared. Linux only.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and may panic")]

use std::{
    collections::{HashMap, HashSet},
    env,
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader, Read, Write as _},
    net::{TcpListener, TcpStream},
    num::NonZeroUsize,
    process::Command,
    thread,
    time::Duration,
};

use it_access::{AccessToken, Client, Targets, Unpaced};

/// The devices of a request, and how many requests one process sends.
const SIZES: [(usize, usize); 3] = [(3, 3000), (1000, 500), (50_000, 20)];
const TURNS: usize = 15;

fn main() {
    match env::args().skip(1).filter(|it| it != "--bench").collect::<Vec<_>>().as_slice() {
        [way, base_url, devices, requests] => {
            let (devices, requests) = (devices.parse().unwrap(), requests.parse().unwrap());
            measure(way, base_url, devices, requests);
        }
        _ => compare(),
    }
}

fn compare() {
    println!("{:>8}  {:>22}  {:>22}", "devices", "CPU, us a request", "peak memory, KiB");
    for (devices, requests) in SIZES {
        let base_url = serve(devices);
        let mut figures: HashMap<&str, Vec<(f64, f64)>> = HashMap::new();
        for _ in 0..TURNS {
            for way in ["plain", "ours"] {
                let run = Command::new(env::current_exe().unwrap())
                    .args([way, &base_url, &devices.to_string(), &requests.to_string()])
                    .output()
                    .unwrap();
                let text = String::from_utf8(run.stdout).unwrap();
                let (cpu, memory) = text.trim().split_once(' ').expect(&text);
                let figures = figures.entry(way).or_default();
                figures.push((cpu.parse().unwrap(), memory.parse().unwrap()));
            }
        }
        let of = |way: &str, pick: fn(&(f64, f64)) -> f64| {
            let mut values: Vec<f64> = figures[way].iter().map(pick).collect();
            values.sort_by(f64::total_cmp);
            values[TURNS / 2]
        };
        let mut row = format!("{devices:>8}");
        for pick in [|it: &(f64, f64)| it.0, |it: &(f64, f64)| it.1] {
            let (ours, plain) = (of("ours", pick), of("plain", pick));
            write!(row, "  {ours:>7.0}/{plain:>7.0} {:>5.2}x", ours / plain).unwrap();
        }
        println!("{row}");
    }
    println!("it-access / by hand; medians of {TURNS}, taking turns");
}

/// Sends the requests, and prints the CPU time of each in microseconds, and the peak memory of the process in KiB.
fn measure(way: &str, base_url: &str, devices: usize, requests: usize) {
    let ids: Vec<String> = (0..devices).map(hwid).collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        match way {
            "ours" => {
                let token: AccessToken = "simulated-token".parse().unwrap();
                let client = Client::builder().base_url(base_url).tokens(token).quota(Unpaced);
                let client = client.build().unwrap();
                let before = cpu_nanoseconds();
                for _ in 0..requests {
                    let targets = Targets::hwids(&ids).unwrap();
                    let all = NonZeroUsize::new(devices).unwrap();
                    let report = client.unexempt(&targets).batch_size(all).await.unwrap();
                    assert_eq!(report.counts().applied, devices);
                }
                tell(before, requests);
            }
            _ => {
                let client = reqwest::Client::builder()
                    .pool_max_idle_per_host(0)
                    .redirect(reqwest::redirect::Policy::none())
                    .connect_timeout(Duration::from_secs(10))
                    .timeout(Duration::from_secs(60))
                    .build()
                    .unwrap();
                let before = cpu_nanoseconds();
                for _ in 0..requests {
                    let states = by_hand(&client, base_url, &ids).await;
                    assert_eq!(states.iter().filter(|(_, code)| *code == Some(1)).count(), devices);
                }
                tell(before, requests);
            }
        }
    });
}

/// Each device once, and its code.
async fn by_hand(
    client: &reqwest::Client,
    base_url: &str,
    ids: &[String],
) -> Vec<(String, Option<i64>)> {
    #[derive(serde::Serialize)]
    struct Request {
        types: &'static str,
        ids: Vec<String>,
    }

    let mut seen = HashSet::new();
    let ids: Vec<String> = ids.iter().filter(|id| seen.insert(*id)).cloned().collect();
    let request = Request { types: "unexempt", ids };
    let url = format!("{base_url}/o/api/v3/devices/action?access_token=simulated-token");
    let answer = client.post(url).json(&request).send().await.unwrap();
    let codes: HashMap<String, i64> = answer.json().await.unwrap();
    request.ids.into_iter().map(|id| (codes.get(&id).copied(), id)).map(|(c, id)| (id, c)).collect()
}

fn tell(before: u64, requests: usize) {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak: f64 = peak.trim().trim_end_matches("kB").trim().parse().unwrap();
    let cpu = (cpu_nanoseconds() - before) as f64 / 1000.0;
    println!("{} {peak}", cpu / requests as f64);
}

/// User and system time of this process's only thread.
fn cpu_nanoseconds() -> u64 {
    let schedstat = fs::read_to_string("/proc/self/schedstat").unwrap();
    schedstat.split_whitespace().next().unwrap().parse().unwrap()
}

fn hwid(number: usize) -> String {
    format!("{number:032x}")
}

/// A server that answers every request at once, from memory.
fn serve(devices: usize) -> String {
    let body: Vec<String> = (0..devices).map(|number| format!("\"{}\":1", hwid(number))).collect();
    let body = format!("{{{}}}", body.join(","));
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    );
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            answer_one(stream.unwrap(), &answer);
        }
    });
    format!("http://{address}")
}

fn answer_one(stream: TcpStream, answer: &str) {
    let mut reader = BufReader::new(stream);
    let (mut length, mut line) = (0, String::new());
    while reader.read_line(&mut line).unwrap() > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        line.clear();
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let _ = reader.into_inner().write_all(answer.as_bytes());
}
