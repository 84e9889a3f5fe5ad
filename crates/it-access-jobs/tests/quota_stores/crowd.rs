//! Eight processes on one quota, with clocks that are minutes off, some of them killed with a permit in their hands. The
//! simulated service is the judge.

use std::{
    io::{BufRead, BufReader},
    process::{Child, ChildStdout},
    time::Duration,
};

use it_access_sim::{
    DEFAULT_ACCESS_TOKEN, Fleet, LogEntry, Quota, QuotaPolicy, ResetForm, RunningService, Service,
};
use tokio::{
    task::spawn_blocking,
    time::{Instant, sleep, timeout},
};

use crate::{
    support::{Place, Store, rate_limit},
    worker::{HANGS, Hang, Orders, unix_time},
};

pub(crate) const LIMIT: u32 = 20;

/// So long that what a busy machine does to a process hardly counts.
const WINDOW: Duration = Duration::from_secs(5);

pub(crate) const TIMEOUT: Duration = Duration::from_secs(1);

/// What a store adds to a request's timeout, because time passes until it is sent.
pub(crate) const HANDOVER: Duration = Duration::from_secs(1);

/// How many seconds each process's clock is off by.
pub(crate) const CLOCKS: [i64; 8] = [0, 300, -300, 17, -61, 120, -240, 299];

/// The part of the quota that must be used. On a quiet machine it is over 98 %; on a busy one, processes wait for it too.
const USED_AT_LEAST: f64 = 0.9;

/// How long the crowd sends.
const LENGTH: Duration = Duration::from_secs(25);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_processes_share_a_file() {
    share(&Store::file().place).await;
}

#[cfg(feature = "redis")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_processes_share_redis() {
    let Some(store) = Store::redis() else { return };
    // A server that has just been started has everybody wait.
    drop(store.open(LIMIT, WINDOW).await);
    share(&store.place).await;
}

/// Has a crowd share a quota, in which nobody may be refused and hardly anything be left unused.
async fn share(place: &Place) {
    let service = service(WINDOW).await;
    let start = |clock, hang| Worker::start(&service, place, WINDOW, clock, hang);
    let began = Instant::now();
    let mut workers: Vec<Worker> =
        CLOCKS[4..].iter().map(|clock| start(*clock, Hang::Never)).collect();
    let mut withheld = Vec::new();
    for (clock, hang) in CLOCKS.into_iter().zip([
        Hang::BeforeSending,
        Hang::AfterTheAnswer,
        Hang::WhileWaiting,
        Hang::BeforeSending,
    ]) {
        let worker = start(clock, hang).until_it_hangs().await;
        let now = service.simulator().now();
        worker.kill();
        workers.push(start(clock, Hang::Never));
        let unused_from = match hang {
            Hang::BeforeSending => now,
            // A request that the service has counted makes use of its slot, for a window.
            Hang::AfterTheAnswer => now + WINDOW,
            Hang::WhileWaiting | Hang::Never => continue,
        };
        withheld.push((unused_from, now + TIMEOUT + HANDOVER + WINDOW));
    }
    sleep(LENGTH.saturating_sub(began.elapsed())).await;
    let tally = Tally::of(&service);
    let clocks: Vec<i64> = workers.iter().map(|worker| worker.clock_is_off_by).collect();
    drop(workers);

    let (used, withheld) = (tally.used(), tally.share(&withheld));
    println!(
        "figures: {} requests admitted, {} refused, clocks off by {clocks:?} s, {:.1} % of the quota used, {:.1} % \
         withheld by the killed",
        tally.admitted.len(),
        tally.refused,
        used * 100.0,
        withheld * 100.0
    );
    assert_eq!(tally.refused, 0);
    assert!(used + withheld >= USED_AT_LEAST, "{used} + {withheld}");
}

/// Counts in a window that looks back from each request, which is the strictest: no window of any kind holds more.
pub(crate) async fn service(window: Duration) -> RunningService {
    let quota = Quota::new(LIMIT, window)
        .with_policy(QuotaPolicy::SlidingWindow)
        .with_reset_form(ResetForm::EpochMilliseconds);
    let service = Service::new(Fleet::example(), DEFAULT_ACCESS_TOKEN).with_quota(quota);
    service.listen(([127, 0, 0, 1], 0).into()).await.unwrap()
}

/// What the service says of a crowd.
pub(crate) struct Tally {
    pub(crate) refused: usize,
    /// When each request was admitted.
    pub(crate) admitted: Vec<Duration>,
    now: Duration,
}

impl Tally {
    pub(crate) fn of(service: &RunningService) -> Self {
        let now = service.simulator().now();
        let log = service.simulator().log();
        let is_refused = |entry: &&LogEntry| entry.status.unwrap().as_u16() == 429;
        let refused = log.iter().filter(is_refused).count();
        let admitted = log.iter().filter(|entry| !is_refused(entry)).map(|entry| entry.at);
        Self { refused, admitted: admitted.collect(), now }
    }

    /// Which part of the quota was used: how full the window was that looks back, on average.
    fn used(&self) -> f64 {
        let counted: Vec<_> = self.admitted.iter().map(|at| (*at, *at + WINDOW)).collect();
        self.share(&counted)
    }

    /// Which part of all slots is taken by these times, after the first window: the crowd is still gathering in that.
    fn share(&self, times: &[(Duration, Duration)]) -> f64 {
        let (began, ended) = (self.admitted[0] + WINDOW, self.now);
        let within =
            |(from, to): &(Duration, Duration)| (*to).min(ended).saturating_sub((*from).max(began));
        let taken: Duration = times.iter().map(within).sum();
        taken.div_duration_f64((ended - began) * LIMIT)
    }
}

/// A process of the crowd. Who drops it has killed it.
pub(crate) struct Worker {
    process: Child,
    said: BufReader<ChildStdout>,
    clock_is_off_by: i64,
}

impl Worker {
    pub(crate) fn start(
        service: &RunningService,
        place: &Place,
        window: Duration,
        clock_off_by: i64,
        hang: Hang,
    ) -> Self {
        let base_url = service.base_url();
        let (place, rate_limit) = (place.clone(), rate_limit(LIMIT, window));
        let orders = Orders { base_url, place, rate_limit, timeout: TIMEOUT, clock_off_by, hang };
        let mut process = orders.start();
        let said = BufReader::new(process.stdout.take().unwrap());
        let mut worker = Self { process, said, clock_is_off_by: 0 };
        let its_time: u64 = worker.hears("unix time ").parse().unwrap();
        worker.clock_is_off_by = its_time.cast_signed() - unix_time().cast_signed();
        worker
    }

    async fn until_it_hangs(mut self) -> Self {
        let hangs = spawn_blocking(move || {
            self.hears(HANGS);
            self
        });
        timeout(10 * WINDOW, hangs).await.expect("it hangs some time").unwrap()
    }

    /// Waits for a line with this in it, and returns what comes after.
    fn hears(&mut self, beginning: &str) -> String {
        let mut line = String::new();
        loop {
            line.clear();
            assert_ne!(self.said.read_line(&mut line).unwrap(), 0, "a worker has failed");
            if let Some((_, rest)) = line.split_once(beginning) {
                return rest.trim().to_owned();
            }
        }
    }

    /// Kills it, without a chance to do anything more.
    fn kill(self) {}
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}
