//! Runs that are dropped at any point, and resumed from what the journal has.
//!
//! `IT_ACCESS_DROP_RUNS` is how many jobs that is done to: 120, unless it is set.

use std::{
    env,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use fastrand::Rng;
use it_access::{DeviceAction, DeviceState};
use it_access_jobs::{Event, Events, Job, RunOptions};
use it_access_sim::ActionName;

use crate::support::{Account, rows, some};

/// Polls a future so many times at most, then gives it up.
struct AtMost<F> {
    future: Pin<Box<F>>,
    polls: u32,
}

impl<F: Future> Future for AtMost<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.polls == 0 {
            return Poll::Ready(None);
        }
        self.polls -= 1;
        self.future.as_mut().poll(cx).map(Some)
    }
}

/// Sees that the counts add up to the devices at every event.
#[derive(Debug)]
struct AddsUp {
    seed: u64,
    devices: usize,
}

impl Events for AddsUp {
    fn happened(&self, event: &Event) {
        if let Event::Started { counts, .. }
        | Event::Ended { counts, .. }
        | Event::Stopped { counts, .. }
        | Event::Finished { counts } = event
        {
            assert_eq!(counts.total(), self.devices, "seed {}: {event:?}", self.seed);
        }
    }
}

const FAULTS: [&str; 8] = [
    "latency:ms=0..3",
    "http-500-before-apply:p=0.05",
    "http-500-after-apply:p=0.05",
    "reset-before-apply:p=0.05",
    "reset-after-apply:p=0.05",
    "cut-off:p=0.05",
    "too-many-requests:p=0.1",
    "missing-key:p=0.05",
];

/// Carries out a job in runs that are dropped. Gives back how many of them were.
async fn one(seed: u64) -> u64 {
    let mut chance = Rng::with_seed(seed);
    let faults: Vec<&str> = FAULTS.into_iter().filter(|_| chance.bool()).collect();
    let (devices, batch_size) = (chance.usize(1..60), chance.usize(1..12));
    let account = Account::seeded(devices, &faults, seed).await;
    let (action, name) = match chance.u8(0..3) {
        0 => (DeviceAction::Delete, ActionName::Delete),
        1 => (DeviceAction::RenewDhcp, ActionName::RenewDhcp),
        _ => (DeviceAction::Unexempt, ActionName::Unexempt),
    };
    let retries = action.converges() && chance.bool();
    let id = account.job(action, devices, batch_size).id().clone();
    let mut before: Vec<DeviceState> = vec![DeviceState::Unprocessed; devices];
    let mut dropped = 0;
    loop {
        // As after a crash: nothing is left but the file.
        let job = account.jobs().open(&id).unwrap();
        let mut options = RunOptions::default()
            .concurrency(some(chance.usize(1..4)))
            .retry_unknown(retries && chance.bool())
            .events(Arc::new(AddsUp { seed, devices }));
        if chance.bool() {
            options = options.batch_size(some(chance.usize(1..20)));
        }
        let run = Box::pin(job.run(&account.client, options));
        let run = AtMost { future: run, polls: chance.u32(1..60) }.await;
        // What a request in flight does, shows in the fleet only when it has come to its end.
        let counts = account.judge(&job, name);
        match &run {
            Some(run) => assert_eq!(run.as_ref().unwrap().counts, counts, "seed {seed}"),
            None => dropped += 1,
        }
        check_steps(seed, &job, retries, &mut before);
        if counts.unprocessed == 0 {
            break;
        }
    }
    if !retries {
        for number in 1..=devices {
            let times = account.times_applied(number, name);
            assert!(times <= 1, "seed {seed}: device {number} was acted on {times} times");
        }
    }
    dropped
}

/// No device goes back to where it certainly was not acted on, and what was reported stays.
fn check_steps(seed: u64, job: &Job, retries: bool, before: &mut Vec<DeviceState>) {
    let now: Vec<DeviceState> = rows(job).into_iter().map(|row| row.state).collect();
    for (number, (before, now)) in (1..).zip(before.iter().zip(&now)) {
        let is_sound = before == now
            || match before {
                DeviceState::Unprocessed => true,
                DeviceState::Unknown => retries && *now != DeviceState::Unprocessed,
                _ => false,
            };
        assert!(is_sound, "seed {seed}: device {number} went from {before} to {now}");
    }
    *before = now;
}

#[tokio::test]
async fn nothing_is_lost_and_nothing_unsafe_is_done_twice_wherever_a_run_is_dropped() {
    let jobs = env::var("IT_ACCESS_DROP_RUNS").map_or(120, |text| text.parse().unwrap());
    let mut dropped = 0;
    for seed in 0..jobs {
        dropped += one(seed).await;
    }
    println!("figures: seeds 0 to {}, {dropped} runs dropped", jobs - 1);
    assert!(dropped > 0);
}

#[tokio::test]
async fn a_run_can_be_moved_to_another_thread() {
    let account = Account::new(3, &[]).await;
    let (job, client) = (account.job(DeviceAction::Delete, 3, 2), account.client.clone());
    let run = tokio::spawn(async move { job.run(&client, RunOptions::default()).await });
    assert_eq!(run.await.unwrap().unwrap().counts.applied, 3);
}
