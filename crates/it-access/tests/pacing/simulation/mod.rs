//! Callers of a simulated service, in virtual time.

mod comparison;
mod figures;
mod service;

use std::{ops::AddAssign, sync::Arc, time::Duration};

use it_access::{Ask, Quota};
use tokio::{
    runtime,
    task::JoinSet,
    time::{sleep, timeout},
};

pub(crate) use service::{Behavior, LIMIT, Policy, Service, Tally, WINDOW};

const TIMEOUT: Duration = Duration::from_secs(30);

/// Who sends, and for how long.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Load {
    pub(crate) callers: usize,
    /// Whether callers give up at random: while they wait, after the permit, and while the request is on its way.
    pub(crate) cancels: bool,
    pub(crate) hours: u64,
}

/// What came of a run.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Outcome {
    pub(crate) tally: Tally,
    /// The quota after the first window, in requests.
    pub(crate) quota: f64,
}

impl Outcome {
    /// Which part of the quota was used, of one.
    pub(crate) fn used(&self) -> f64 {
        self.tally.admitted_later as f64 / self.quota
    }

    /// Which part of the quota nobody could use, because callers had given up or sent nothing.
    pub(crate) fn withheld(&self) -> f64 {
        self.tally.withheld.div_duration_f64(WINDOW) / self.quota
    }
}

impl AddAssign for Outcome {
    fn add_assign(&mut self, other: Self) {
        self.tally += other.tally;
        self.quota += other.quota;
    }
}

/// Has callers send as fast as the quota lets them.
///
/// A lost request keeps its slot for its timeout and a window, because it may be counted that late. The request itself was
/// sent, and is used; the timeout is time in which nobody could use the slot, and is withheld. So is the time for which a
/// permit was held before it was given back.
pub(crate) fn run(
    behavior: Behavior,
    load: Load,
    seed: u64,
    quota: impl Quota + 'static,
) -> Outcome {
    let runtime = runtime::Builder::new_current_thread().enable_time().start_paused(true).build();
    runtime.unwrap().block_on(async {
        let service = Arc::new(Service::new(behavior, seed));
        let quota = Arc::new(quota);
        let length = Duration::from_secs(load.hours * 3600);
        let mut callers = JoinSet::new();
        for index in 0..load.callers {
            let random = fastrand::Rng::with_seed(seed ^ ((index as u64 + 1) << 32));
            callers.spawn(call(Arc::clone(&service), Arc::clone(&quota), load, random));
        }
        sleep(length).await;
        callers.abort_all();
        while let Some(caller) = callers.join_next().await {
            assert!(caller.is_err_and(|error| error.is_cancelled()), "a caller has failed");
        }
        let quota = (length - WINDOW).div_duration_f64(WINDOW) * f64::from(LIMIT);
        Outcome { tally: service.tally(), quota }
    })
}

async fn call(
    service: Arc<Service>,
    quota: Arc<impl Quota>,
    load: Load,
    mut random: fastrand::Rng,
) {
    loop {
        let ask = Ask::new(TIMEOUT);
        let permit = if load.cancels && random.u8(..10) == 0 {
            let patience = Duration::from_millis(random.u64(..20_000));
            match timeout(patience, quota.acquire(ask)).await {
                Ok(permit) => permit,
                Err(_) => continue,
            }
        } else {
            quota.acquire(ask).await
        };
        let permit = permit.unwrap();
        match random.u8(..100) {
            0..2 if load.cancels => {
                let held = Duration::from_millis(random.u64(..5_000));
                service.withhold(held);
                sleep(held).await;
                permit.not_sent();
            }
            2..4 if load.cancels => {
                service.withhold(TIMEOUT);
                let patience = Duration::from_millis(random.u64(..1_000));
                let _ = timeout(patience, service.send()).await;
                drop(permit);
            }
            _ => permit.answered(&service.send().await),
        }
    }
}
