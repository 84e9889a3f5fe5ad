//! How long it takes to send to many devices under the quota, by several strategies, in virtual time: to the simulated service
//! without a socket, on a clock that jumps ahead. Prints one line of JSON for each run.

mod account;
mod strategies;

use std::{
    io::{self, Write},
    time::Duration,
};

use it_access_sim::{Phase, QuotaPolicy};
use serde_json::json;
use tokio::{runtime, time::Instant};

use self::{account::Account, strategies::Strategy};

/// The numbers of requests: 10,000 and 100,000 devices, by 50.
const SIZES: [u64; 2] = [200, 2000];

/// As many runs, each with answers that take other times.
const SEEDS: u64 = 10;

const POLICIES: [(&str, QuotaPolicy); 3] = [
    ("fixed windows", QuotaPolicy::FixedWindow { phase: Phase::AfterStart(Duration::ZERO) }),
    ("sliding window", QuotaPolicy::SlidingWindow),
    ("GCRA", QuotaPolicy::Gcra),
];

fn main() -> anyhow::Result<()> {
    for requests in SIZES {
        for (policy, counted) in POLICIES {
            for strategy in Strategy::ALL {
                for seed in 0..SEEDS {
                    let (duration, refusals) = run(requests, counted, strategy, seed)?;
                    let line = json!({
                        "requests": requests,
                        "policy": policy,
                        "strategy": strategy.name(),
                        "seconds": duration.as_secs_f64(),
                        "refusals": refusals,
                    });
                    writeln!(io::stdout(), "{line}")?;
                }
            }
        }
    }
    Ok(())
}

/// Sends until as many requests as these are admitted. Says how long that took, to the last answer, and how many were refused.
fn run(
    requests: u64,
    policy: QuotaPolicy,
    strategy: Strategy,
    seed: u64,
) -> anyhow::Result<(Duration, u64)> {
    let runtime =
        runtime::Builder::new_current_thread().enable_time().start_paused(true).build()?;
    runtime.block_on(async {
        let account = Account::new(policy, seed);
        let started_at = Instant::now();
        strategy.send(&account, requests).await?;
        Ok((started_at.elapsed(), account.requests_received() - requests))
    })
}
