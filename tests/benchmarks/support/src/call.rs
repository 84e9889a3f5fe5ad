//! One request that acts on many devices, sent again and again: what the Rust programs of the section "A call" share.

use std::{collections::HashSet, env, ops::AsyncFn, str::FromStr, time::Duration};

use anyhow::{Context, ensure};

use crate::Meter;

/// The access token of all requests. The service does not look at it.
pub const TOKEN: &str = "simulated-token";

/// What a program is asked for: `<base URL> <devices> <requests to warm up> <requests>`.
pub struct Job {
    /// Where the service is.
    pub base_url: String,
    /// The devices of each request.
    pub hwids: Vec<String>,
    warm_up: usize,
    requests: usize,
}

impl Job {
    /// Reads the arguments of the program.
    ///
    /// # Errors
    ///
    /// If one is missing, or is no number.
    pub fn from_arguments() -> anyhow::Result<Self> {
        Ok(Self {
            base_url: argument(1)?,
            hwids: (0..argument(2)?).map(hwid).collect(),
            warm_up: argument(3)?,
            requests: argument(4)?,
        })
    }

    /// Sends the requests on one thread, one after the other, and tells what those after the first few have cost.
    ///
    /// # Errors
    ///
    /// If one fails, or does not give the number of all devices as that of those to which the action was applied.
    pub fn run(&self, act: impl AsyncFn() -> anyhow::Result<usize>) -> anyhow::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let repeat = async |times| {
            for _ in 0..times {
                let applied = act().await?;
                ensure!(applied == self.hwids.len(), "applied to {applied}");
            }
            Ok(())
        };
        runtime.block_on(repeat(self.warm_up))?;
        let meter = Meter::start();
        runtime.block_on(repeat(self.requests))?;
        meter.tell()
    }
}

/// Reads an argument of the program.
///
/// # Errors
///
/// If it is missing, or nothing of this type.
pub fn argument<T: FromStr>(place: usize) -> anyhow::Result<T> {
    let text = env::args().nth(place).with_context(|| format!("argument {place} is missing"))?;
    text.parse().ok().with_context(|| format!("argument {place} is {text}"))
}

/// The device with this number.
#[must_use]
pub fn hwid(number: usize) -> String {
    format!("{number:032x}")
}

/// The HTTP client of the programs that do not bring their own: with the time limits of `it-access`, and like it without
/// redirects, and with a new connection for each request.
///
/// # Errors
///
/// If there is no usable TLS on this system.
pub fn http_client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder()
        .pool_max_idle_per_host(0)
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(60))
        .build()
}

/// Copies each HWID once: the service is to act on no device twice.
#[must_use]
pub fn each_once(hwids: &[String]) -> Vec<String> {
    let mut seen = HashSet::new();
    hwids.iter().filter(|hwid| seen.insert(*hwid)).cloned().collect()
}
