//! A service that counts requests, by one of three policies, and tells of it in its headers.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap, VecDeque},
    ops::AddAssign,
    sync::{Mutex, MutexGuard},
    time::{Duration, SystemTime},
};

use it_access::{Observation, pacing::Moment};
use reqwest::{
    StatusCode,
    header::{DATE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER},
};
use tokio::time::{Instant, sleep};

pub(crate) const LIMIT: u32 = 10;
pub(crate) const WINDOW: Duration = Duration::from_secs(60);

/// How a service counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Policy {
    FixedWindow,
    /// A fixed window that begins with the first request after the one before.
    WindowFromFirst,
    SlidingWindow,
    /// A bucket of ten that refills evenly.
    Gcra,
}

/// How a service behaves.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Behavior {
    pub(crate) policy: Policy,
    /// Whether the reset is told as a time, not counted from now.
    pub(crate) tells_time: bool,
    pub(crate) rounds_up: bool,
    pub(crate) counts_refused: bool,
    /// Requests of others on the account, a minute.
    pub(crate) others: f64,
    /// Whether answers have a `Date`. This machine's clock is wrong by an hour, if they have.
    pub(crate) has_date: bool,
    pub(crate) has_retry_after: bool,
    /// Whether the reset is when everything is forgotten, not when the next request is.
    pub(crate) resets_when_empty: bool,
}

/// What became of the requests.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) requests: u64,
    pub(crate) admitted: u64,
    /// Of those, the ones that came after the first window.
    pub(crate) admitted_later: u64,
    pub(crate) refused: u64,
    /// The refusals for which our own requests alone were enough.
    pub(crate) refused_by_own_making: u64,
    /// For how long callers have kept slots that nobody could use.
    pub(crate) withheld: Duration,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.requests += other.requests;
        self.admitted += other.admitted;
        self.admitted_later += other.admitted_later;
        self.refused += other.refused;
        self.refused_by_own_making += other.refused_by_own_making;
        self.withheld += other.withheld;
    }
}

pub(crate) struct Service {
    behavior: Behavior,
    origin: Instant,
    state: Mutex<State>,
}

struct State {
    random: fastrand::Rng,
    count: Count,
    /// The same count, if there were nobody else on the account.
    own_count: Count,
    /// Requests that will arrive, ours by their numbers.
    arriving: BinaryHeap<Reverse<(Moment, u64)>>,
    next_number: u64,
    next_other: Moment,
    answers: HashMap<u64, Observation>,
    tally: Tally,
}

impl Service {
    pub(crate) fn new(behavior: Behavior, seed: u64) -> Self {
        let mut random = fastrand::Rng::with_seed(seed);
        let phase = WINDOW.mul_f64(random.f64());
        let count = Count::new(behavior, phase);
        let next_other = pause_of_others(&mut random, behavior);
        Self {
            behavior,
            origin: Instant::now(),
            state: Mutex::new(State {
                random,
                own_count: count.clone(),
                count,
                arriving: BinaryHeap::new(),
                next_number: 0,
                next_other,
                answers: HashMap::new(),
                tally: Tally::default(),
            }),
        }
    }

    /// Sends a request and waits for its answer. If it is dropped, the request arrives all the same.
    pub(crate) async fn send(&self) -> Observation {
        let (number, arrives_at, latency) = {
            let mut state = self.state();
            let latency = Duration::from_secs_f64(0.05 + 1.45 * state.random.f64());
            let arrives_at = self.now() + latency.mul_f64(state.random.f64());
            let number = state.next_number;
            state.next_number += 1;
            state.arriving.push(Reverse((arrives_at, number)));
            (number, arrives_at, latency)
        };
        sleep(latency).await;
        let mut state = self.state();
        state.run_until(arrives_at, self.behavior);
        state.answers.remove(&number).unwrap()
    }

    /// Takes note that a slot is kept without use.
    pub(crate) fn withhold(&self, time: Duration) {
        self.state().tally.withheld += time;
    }

    pub(crate) fn tally(&self) -> Tally {
        let mut state = self.state();
        state.run_until(self.now(), self.behavior);
        state.tally
    }

    pub(crate) fn now(&self) -> Moment {
        self.origin.elapsed()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

impl State {
    fn run_until(&mut self, moment: Moment, behavior: Behavior) {
        loop {
            let next_own = self.arriving.peek().map(|Reverse((arrives_at, _))| *arrives_at);
            if self.next_other <= moment && next_own.is_none_or(|own| self.next_other < own) {
                self.count.admit(self.next_other);
                self.next_other += pause_of_others(&mut self.random, behavior);
            } else if next_own.is_some_and(|own| own <= moment)
                && let Some(Reverse((arrives_at, number))) = self.arriving.pop()
            {
                let answer = self.receive(arrives_at, behavior);
                self.answers.insert(number, answer);
            } else {
                return;
            }
        }
    }

    fn receive(&mut self, at: Moment, behavior: Behavior) -> Observation {
        let is_admitted = self.count.admit(at);
        let alone = self.own_count.admit(at);
        self.tally.requests += 1;
        self.tally.admitted += u64::from(is_admitted);
        self.tally.admitted_later += u64::from(is_admitted && at > WINDOW);
        self.tally.refused += u64::from(!is_admitted);
        self.tally.refused_by_own_making += u64::from(!is_admitted && !alone);
        self.answer(at, is_admitted, behavior)
    }

    fn answer(&self, at: Moment, is_admitted: bool, behavior: Behavior) -> Observation {
        let clock = Duration::from_secs(1_790_000_000) + Duration::from_millis(417) + at;
        let reset_in = self.count.reset_at(at).saturating_sub(at);
        let reset = if behavior.tells_time { clock + reset_in } else { reset_in };
        let whole_seconds = |time: Duration| {
            time.as_secs() + u64::from(behavior.rounds_up && time.subsec_nanos() > 0)
        };

        let mut headers = HeaderMap::new();
        let mut set = |name, value: u64| headers.insert(name, HeaderValue::from(value));
        set(HeaderName::from_static("x-ratelimit-limit"), LIMIT.into());
        set(HeaderName::from_static("x-ratelimit-remaining"), self.count.remaining(at).into());
        set(HeaderName::from_static("x-ratelimit-reset-time"), whole_seconds(reset));
        if !is_admitted && behavior.has_retry_after {
            set(RETRY_AFTER, whole_seconds(reset_in));
        }
        let mut own_clock = SystemTime::UNIX_EPOCH + clock;
        if behavior.has_date {
            let date = httpdate::fmt_http_date(own_clock);
            headers.insert(DATE, HeaderValue::from_str(&date).unwrap());
            own_clock -= Duration::from_secs(3600);
        }
        let status = if is_admitted { StatusCode::OK } else { StatusCode::TOO_MANY_REQUESTS };
        Observation::read(status, &headers, own_clock, WINDOW)
    }
}

/// How long it takes until somebody else sends a request.
fn pause_of_others(random: &mut fastrand::Rng, behavior: Behavior) -> Duration {
    if behavior.others == 0.0 {
        return Duration::from_secs(u64::from(u32::MAX));
    }
    WINDOW.mul_f64(-(1.0 - random.f64()).ln() / behavior.others)
}

/// What a service has counted.
#[derive(Debug, Clone)]
struct Count {
    behavior: Behavior,
    kept: Kept,
}

#[derive(Debug, Clone)]
enum Kept {
    Window {
        ends_at: Moment,
        used: u32,
    },
    Log(VecDeque<Moment>),
    /// When the bucket is full again.
    Bucket(Moment),
}

/// How long a bucket takes to refill by one.
const REFILL: Duration = Duration::from_secs(6);

impl Count {
    fn new(behavior: Behavior, phase: Duration) -> Self {
        let kept = match behavior.policy {
            Policy::FixedWindow => Kept::Window { ends_at: phase, used: 0 },
            Policy::WindowFromFirst => Kept::Window { ends_at: Duration::ZERO, used: 0 },
            Policy::SlidingWindow => Kept::Log(VecDeque::new()),
            Policy::Gcra => Kept::Bucket(Duration::ZERO),
        };
        Self { behavior, kept }
    }

    fn admit(&mut self, at: Moment) -> bool {
        let counts_refused = self.behavior.counts_refused;
        match &mut self.kept {
            Kept::Window { ends_at, used } => {
                if *ends_at <= at {
                    *used = 0;
                    if self.behavior.policy == Policy::WindowFromFirst {
                        *ends_at = at + WINDOW;
                    }
                    while *ends_at <= at {
                        *ends_at += WINDOW;
                    }
                }
                let is_admitted = *used < LIMIT;
                *used += u32::from(is_admitted || counts_refused);
                is_admitted
            }
            Kept::Log(log) => {
                while log.front().is_some_and(|first| *first + WINDOW <= at) {
                    log.pop_front();
                }
                let is_admitted = log.len() < LIMIT as usize;
                if is_admitted || counts_refused {
                    log.push_back(at);
                }
                is_admitted
            }
            Kept::Bucket(full_at) => {
                let is_admitted = (*full_at).max(at) + REFILL <= at + WINDOW;
                if is_admitted || counts_refused {
                    *full_at = (*full_at).max(at) + REFILL;
                }
                is_admitted
            }
        }
    }

    fn remaining(&self, at: Moment) -> u32 {
        match &self.kept {
            Kept::Window { used, .. } => LIMIT.saturating_sub(*used),
            Kept::Log(log) => LIMIT.saturating_sub(log.len() as u32),
            Kept::Bucket(full_at) => {
                let room = (at + WINDOW).saturating_sub(*full_at);
                (room.as_nanos() / REFILL.as_nanos()) as u32
            }
        }
    }

    fn reset_at(&self, at: Moment) -> Moment {
        match &self.kept {
            Kept::Window { ends_at, .. } => *ends_at,
            Kept::Log(log) if self.behavior.resets_when_empty => log[log.len() - 1] + WINDOW,
            Kept::Log(log) => log[0] + WINDOW,
            Kept::Bucket(full_at) if self.behavior.resets_when_empty => *full_at,
            Kept::Bucket(full_at) => {
                let until_full = full_at.saturating_sub(at);
                at + Duration::from_nanos((until_full.as_nanos() % REFILL.as_nanos()) as u64)
            }
        }
    }
}
