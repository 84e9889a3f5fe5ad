//! A process that sends requests, as the crowd starts several of them: this test's own program, started again.

use std::{
    env,
    process::{Child, Command, Stdio},
    time::{Duration, SystemTime},
};

use it_access::{Ask, Observation, RateLimit};
use it_access_sim::DEFAULT_ACCESS_TOKEN;

use crate::support::{Place, rate_limit};

/// What a worker is told, by an environment variable.
#[derive(Debug, Clone)]
pub(crate) struct Orders {
    pub(crate) base_url: String,
    pub(crate) place: Place,
    pub(crate) rate_limit: RateLimit,
    pub(crate) timeout: Duration,
    /// How many seconds its clock on the wall is off by.
    pub(crate) clock_off_by: i64,
    pub(crate) hang: Hang,
}

/// Where a worker hangs at its fourth request, or a later one, and says so, to be killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hang {
    Never,
    WhileWaiting,
    /// With a permit in its hands.
    BeforeSending,
    /// The same.
    AfterTheAnswer,
}

pub(crate) const HANGS: &str = "hangs here";

const ORDERS: &str = "IT_ACCESS_TEST_WORKER";

const FIRST_HANG: u32 = 4;

impl Orders {
    pub(crate) fn start(&self) -> Child {
        let mut worker = Command::new(env::current_exe().unwrap());
        worker.args(["--exact", "worker::works_if_it_is_told_to", "--nocapture"]);
        worker.env(ORDERS, self.to_text()).stdout(Stdio::piped());
        fake_clock(&mut worker, self.clock_off_by);
        worker.spawn().unwrap()
    }

    fn to_text(&self) -> String {
        let RateLimit { limit, window, .. } = self.rate_limit;
        format!(
            "{}\n{}\n{limit}\n{}\n{}\n{:?}",
            self.base_url,
            self.place,
            window.as_millis(),
            self.timeout.as_millis(),
            self.hang,
        )
    }

    fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        let mut next = || lines.next().unwrap();
        Self {
            base_url: next().to_owned(),
            place: Place::parse(next()),
            rate_limit: rate_limit(next().parse().unwrap(), millis(next())),
            timeout: millis(next()),
            clock_off_by: 0,
            hang: match next() {
                "WhileWaiting" => Hang::WhileWaiting,
                "BeforeSending" => Hang::BeforeSending,
                "AfterTheAnswer" => Hang::AfterTheAnswer,
                _ => Hang::Never,
            },
        }
    }
}

fn millis(text: &str) -> Duration {
    Duration::from_millis(text.parse().unwrap())
}

/// Sets the time of day for a process, with Debian's libfaketime. Clocks that nobody can set stay right.
fn fake_clock(command: &mut Command, seconds: i64) {
    const LIBRARIES: [&str; 2] = [
        "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
        "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    ];
    if let Some(library) = LIBRARIES.iter().find(|library| std::fs::exists(library).unwrap()) {
        command.env("LD_PRELOAD", library).env("FAKETIME", format!("{seconds:+}s"));
        command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1").env("DONT_FAKE_MONOTONIC", "1");
    } else {
        assert!(env::var_os("CI").is_none(), "libfaketime is not installed");
        eprintln!("libfaketime is not installed: all clocks are right");
    }
}

/// Is no test, but where a worker begins.
#[test]
fn works_if_it_is_told_to() {
    if let Ok(orders) = env::var(ORDERS) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(work(Orders::parse(&orders)));
    }
}

/// Sends as fast as the quota lets it, until it is killed.
async fn work(orders: Orders) {
    println!("unix time {}", unix_time());
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/o/api/v3/devices/action", orders.base_url);
    let url = format!("{url}?access_token={DEFAULT_ACCESS_TOKEN}");
    let quota = loop {
        match orders.place.open(orders.rate_limit).await {
            Ok(quota) => break quota,
            Err(error) => pause(&error).await,
        }
    };
    for number in 1.. {
        let hangs = if number >= FIRST_HANG { orders.hang } else { Hang::Never };
        let permit = quota.acquire(Ask::new(orders.timeout));
        let permit = async {
            if hangs == Hang::WhileWaiting { hang_on(permit).await } else { permit.await }
        };
        let permit = match permit.await {
            Ok(permit) => permit,
            Err(error) => {
                pause(&error).await;
                continue;
            }
        };
        if hangs == Hang::BeforeSending {
            hang().await;
        }
        let request = http.post(&url).timeout(orders.timeout);
        let request = request.header("content-type", "application/json");
        let Ok(answer) = request.body(r#"{"types":"dhcprenew","ids":["laptop-001"]}"#).send().await
        else {
            continue;
        };
        if hangs == Hang::AfterTheAnswer {
            hang().await;
        }
        let (status, now) = (answer.status(), SystemTime::now());
        let window = orders.rate_limit.window;
        permit.answered(&Observation::read(status, answer.headers(), now, window));
    }
}

/// Says so if a permit has to be waited for.
async fn hang_on<T>(permit: impl Future<Output = T>) -> T {
    let mut permit = std::pin::pin!(permit);
    tokio::select! {
        permit = &mut permit => return permit,
        () = tokio::time::sleep(Duration::from_millis(20)) => println!("{HANGS}"),
    }
    permit.await
}

async fn hang() {
    println!("{HANGS}");
    std::future::pending().await
}

async fn pause(error: &dyn std::error::Error) {
    println!("no permit: {error}");
    tokio::time::sleep(Duration::from_millis(50)).await;
}

pub(crate) fn unix_time() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}
