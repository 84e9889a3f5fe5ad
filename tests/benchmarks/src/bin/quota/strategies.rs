//! When to send the next request, one after the other but for one strategy. What was refused is sent again.

use std::{num::NonZeroU32, time::Duration};

use fastrand::Rng;
use futures_util::{TryStreamExt, stream};
use governor::{Quota as GovernorQuota, RateLimiter, clock::Clock};
use it_access::{Ask, Client, Pacer, Quota};
use tokio::time::{Instant, sleep};

use crate::account::Account;

/// The longest time that an attempt may take: our client's, unless it is set.
const TIMEOUT: Duration = Duration::from_secs(60);

#[derive(Clone, Copy)]
pub(crate) enum Strategy {
    Ours,
    OursTenAtOnce,
    OursAligned,
    /// A pause after each request.
    Sleep,
    /// The crate governor, with ten requests a minute.
    Governor,
    /// No pacing: pauses after refusals, each up to twice as long as the one before.
    BackOff,
}

impl Strategy {
    pub(crate) const ALL: [Self; 6] = [
        Self::Ours,
        Self::OursTenAtOnce,
        Self::OursAligned,
        Self::Sleep,
        Self::Governor,
        Self::BackOff,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Ours => "it-access",
            Self::OursTenAtOnce => "it-access, ten at once",
            Self::OursAligned => "it-access, aligned",
            Self::Sleep => "6 s of sleep",
            Self::Governor => "governor",
            Self::BackOff => "back-off only",
        }
    }

    /// Sends until as many requests as these are admitted.
    pub(crate) async fn send(self, account: &Account, requests: u64) -> anyhow::Result<()> {
        let limit = Client::rate_limit();
        let pacer = Pacer::new(limit.limit, limit.window);
        match self {
            Self::Ours => paced(account, requests, &pacer, 1).await,
            Self::OursTenAtOnce => paced(account, requests, &pacer, 10).await,
            Self::OursAligned => paced(account, requests, &pacer.with_alignment(), 1).await,
            Self::Sleep => spaced(account, requests, limit.window / limit.limit).await,
            Self::Governor => governed(account, requests).await,
            Self::BackOff => backing_off(account, requests).await,
        }
    }
}

async fn paced(
    account: &Account,
    requests: u64,
    pacer: &Pacer,
    at_once: usize,
) -> anyhow::Result<()> {
    let all = stream::iter((0..requests).map(anyhow::Ok));
    all.try_for_each_concurrent(at_once, |_| async {
        loop {
            let permit = pacer.acquire(Ask::new(TIMEOUT)).await?;
            let answer = account.request().await?;
            permit.answered(&answer);
            if !answer.is_refusal() {
                return Ok(());
            }
        }
    })
    .await
}

async fn spaced(account: &Account, mut requests: u64, pause: Duration) -> anyhow::Result<()> {
    while requests > 0 {
        let answer = account.request().await?;
        requests -= u64::from(!answer.is_refusal());
        if requests > 0 {
            sleep(pause).await;
        }
    }
    Ok(())
}

async fn governed(account: &Account, mut requests: u64) -> anyhow::Result<()> {
    const TEN: NonZeroU32 = NonZeroU32::new(10).expect("ten is not zero");

    let clock = VirtualClock(Instant::now());
    let limiter = RateLimiter::direct_with_clock(GovernorQuota::per_minute(TEN), clock.clone());
    while requests > 0 {
        // What `until_ready` does, whose sleep is not tokio's.
        while let Err(not_until) = limiter.check() {
            sleep(not_until.wait_time_from(clock.now())).await;
        }
        let answer = account.request().await?;
        requests -= u64::from(!answer.is_refusal());
    }
    Ok(())
}

/// Tokio's clock, for governor.
#[derive(Clone)]
struct VirtualClock(Instant);

impl Clock for VirtualClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

async fn backing_off(account: &Account, mut requests: u64) -> anyhow::Result<()> {
    const FIRST: Duration = Duration::from_secs(1);
    const LONGEST: Duration = Duration::from_secs(60);

    let mut chance = Rng::with_seed(0);
    let mut pause = FIRST;
    while requests > 0 {
        if account.request().await?.is_refusal() {
            sleep(pause.mul_f64(0.5 + 0.5 * chance.f64())).await;
            pause = (pause * 2).min(LONGEST);
        } else {
            requests -= 1;
            pause = FIRST;
        }
    }
    Ok(())
}
