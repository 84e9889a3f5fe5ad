//! The real command, killed at any moment and told to go on, again and again. The simulated service is the judge: it knows
//! what was really applied.
//!
//! `IT_ACCESS_CRASH_RUNS` is how many times it is killed: 200, unless it is set.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    collections::HashMap,
    env, fs,
    process::{Child, Command, Output, Stdio},
    thread,
    time::Duration,
};

use fastrand::Rng;
use it_access_sim::{ActionName, Fleet, RunningService, Service};
use serde_json::Value;
use tempfile::TempDir;

const TOKEN: &str = "simulated-access-token";

/// Of them, each run of the command may send ten requests: its own quota, of which the service knows nothing.
const DEVICES: u32 = 36;
const BATCH_SIZE: &str = "4";

/// What is tried, and whether it may be done twice.
const ACTIONS: [(&str, ActionName, bool); 4] = [
    ("delete", ActionName::Delete, false),
    ("re-identify", ActionName::ReIdentify, false),
    ("renew-dhcp", ActionName::RenewDhcp, false),
    ("unexempt", ActionName::Unexempt, true),
];

#[test]
fn nothing_is_lost_and_nothing_unsafe_is_sent_twice() {
    let wanted = env::var("IT_ACCESS_CRASH_RUNS").map_or(200, |text| text.parse().unwrap());
    let (mut kills, mut jobs, mut unknown) = (0, 0, 0);
    while kills < wanted {
        let tried = Trial::new(jobs).run();
        kills += tried.kills;
        unknown += tried.unknown;
        jobs += 1;
    }
    println!(
        "figures: seeds 0 to {}, {jobs} jobs of {DEVICES} devices, {kills} times killed, \
         {unknown} devices left unknown",
        jobs - 1
    );
    // Else no kill has struck a request on its way, and nothing was shown.
    assert!(unknown > 0);
}

/// One job, from the plan to its end.
struct Trial {
    seed: u64,
    chance: Rng,
    action: &'static str,
    name: ActionName,
    converges: bool,
    home: TempDir,
    service: RunningService,
    /// What the service runs on.
    _runtime: tokio::runtime::Runtime,
}

struct Tried {
    kills: u64,
    unknown: u64,
}

impl Trial {
    fn new(seed: u64) -> Self {
        let mut chance = Rng::with_seed(seed);
        let (action, name, converges) = *chance.choice(ACTIONS).as_ref().unwrap();
        let home = TempDir::new().unwrap();
        let fleet = Fleet::generate(DEVICES, seed);
        let list: String = fleet.devices().map(|device| format!("{}\n", device.hwid())).collect();
        fs::write(home.path().join("devices.txt"), list).unwrap();

        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let latency = format!("latency:ms=0..{}", chance.u32(1..40));
        let service =
            Service::new(fleet, TOKEN).with_seed(seed).with_fault(latency.parse().unwrap());
        let service = runtime.block_on(service.listen("127.0.0.1:0".parse().unwrap())).unwrap();
        Self { seed, chance, action, name, converges, home, service, _runtime: runtime }
    }

    fn run(mut self) -> Tried {
        let planned = self.ended(&[
            "plan",
            self.action,
            "--hwids-from",
            "devices.txt",
            "--out",
            "plan",
            "--batch-size",
            BATCH_SIZE,
        ]);
        assert!(planned.status.success(), "{planned:?}");
        let mut kills = 0;
        let mut arguments = vec!["apply", "plan", "--yes"];
        loop {
            let child = self.start(&arguments);
            let was_killed = self.kill_at_some_moment(child);
            let Some(states) = self.states() else {
                // It was killed before there was a job.
                assert_eq!(self.service.simulator().requests_received(), 0, "seed {}", self.seed);
                kills += 1;
                continue;
            };
            self.judge(&states);
            if !was_killed {
                let left = |state: &str| states.values().filter(|it| *it == state).count();
                assert_eq!(left("unprocessed"), 0, "seed {}: {states:?}", self.seed);
                return Tried { kills, unknown: left("unknown") as u64 };
            }
            kills += 1;
            arguments = vec!["resume"];
            if self.converges && self.chance.bool() {
                arguments.push("--retry-unknown");
            }
        }
    }

    /// Kills the command after a while, or after so many more requests have arrived. Says whether that was before its end.
    fn kill_at_some_moment(&mut self, mut child: Child) -> bool {
        let simulator = self.service.simulator();
        let received = simulator.requests_received();
        let (requests, polls) = match self.chance.bool() {
            true => (self.chance.u64(1..6), u64::MAX),
            false => (u64::MAX, self.chance.u64(0..400)),
        };
        for poll in 0.. {
            if child.try_wait().unwrap().is_some() {
                return false;
            }
            if poll >= polls || simulator.requests_received() - received >= requests {
                break;
            }
            thread::sleep(Duration::from_micros(500));
        }
        child.kill().unwrap();
        !child.wait().unwrap().success()
    }

    /// The state of each device by the job's report, if there is a job.
    fn states(&self) -> Option<HashMap<String, String>> {
        let report = self.ended(&["report", "--format", "ndjson"]);
        if !report.status.success() {
            let jobs = self.home.path().join("jobs");
            let is_journal =
                |entry: fs::DirEntry| entry.path().extension().is_some_and(|it| it == "sqlite");
            assert!(
                !jobs.exists()
                    || !fs::read_dir(jobs).unwrap().any(|entry| is_journal(entry.unwrap())),
                "{report:?}"
            );
            return None;
        }
        let rows = String::from_utf8(report.stdout).unwrap();
        let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
        let rows = rows.lines().map(|row| serde_json::from_str::<Value>(row).unwrap());
        Some(rows.map(|row| (text(&row, "id"), text(&row, "state"))).collect())
    }

    /// Holds the journal against what was really applied.
    fn judge(&self, states: &HashMap<String, String>) {
        assert_eq!(states.len(), DEVICES as usize, "seed {}", self.seed);
        for (hwid, state) in states {
            let times = self.service.simulator().times_applied(hwid, self.name);
            let case = format!(
                "seed {}: {} of {hwid} is {state}, applied {times} times",
                self.seed, self.action
            );
            assert!(times <= 1 || self.converges, "{case}");
            match state.as_str() {
                "applied" => assert!(times > 0, "{case}"),
                "unprocessed" => assert_eq!(times, 0, "{case}"),
                "not_supported" | "failed" => assert!(times == 0 || self.converges, "{case}"),
                "unknown" => {}
                _ => panic!("{case}"),
            }
        }
    }

    fn ended(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn start(&self, arguments: &[&str]) -> Child {
        self.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_it-access"));
        command
            .env_clear()
            .current_dir(self.home.path())
            .env("HOME", self.home.path())
            .env("IT_ACCESS_TOKEN", TOKEN)
            .env("IT_ACCESS_BASE_URL", self.service.base_url())
            .env("IT_ACCESS_JOBS_DIR", self.home.path().join("jobs"))
            .env("IT_ACCESS_QUOTA_STORE", "memory")
            .args(arguments)
            .stdin(Stdio::null());
        command
    }
}
