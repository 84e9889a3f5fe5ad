//! Runs under faults of every kind, each from a seed. The simulated service is the judge.
//!
//! `IT_ACCESS_FAULT_RUNS` is how many there are: 10,000, unless it is set.

use std::{
    collections::{HashMap, HashSet},
    env,
    num::NonZeroUsize,
    sync::Arc,
    time::Duration,
};

use fastrand::Rng;
use it_access_sim::{ActionName, Fault, Fleet, Quota, Service, Simulator};

use super::{TOKEN, client, in_virtual_time, notebook::Notebook};
use crate::{
    ActionStatus, BulkReport, DeviceAction, DeviceId, DeviceReport, DeviceState, ExemptFor, Retry,
    Targets,
};

/// What may go wrong. Of the faults of the simulated service, only those are left out that make a service lie: one that
/// answers 400 after it has carried out the action, for example.
const FAULTS: &[&str] = &[
    "latency:ms=50..1500",
    "latency:ms=8000..12000",
    "reset-before-apply",
    "reset-after-apply",
    "close-before-apply",
    "close-after-apply",
    "silence-before-apply",
    "silence-after-apply",
    "http-500-before-apply",
    "http-503-after-apply",
    "html-502-before-apply",
    "html-504-after-apply",
    "too-many-requests",
    "too-many-requests:retry-after=7",
    "unauthorized",
    "cut-off",
    "slow-body",
    "endless-body",
    "unknown-code",
    "missing-key",
    "extra-key",
    "duplicate-key",
    "mac-echo:as=upper",
    "content-type",
];

fn actions() -> [(DeviceAction, ActionName); 8] {
    [
        (DeviceAction::Exempt(ExemptFor::Forever), ActionName::Exempt),
        (DeviceAction::Unexempt, ActionName::Unexempt),
        (DeviceAction::Ignore, ActionName::Ignore),
        (DeviceAction::Unignore, ActionName::Unignore),
        (DeviceAction::Delete, ActionName::Delete),
        (DeviceAction::RenewDhcp, ActionName::RenewDhcp),
        (DeviceAction::ReIdentify, ActionName::ReIdentify),
        (DeviceAction::AssignToGroup("elsewhere".parse().unwrap()), ActionName::AssignToGroup),
    ]
}

#[test]
fn every_device_is_in_one_state_and_nothing_unsafe_is_done_twice() {
    let runs = env::var("IT_ACCESS_FAULT_RUNS").map_or(10_000, |text| text.parse().unwrap());
    let (mut requests, mut devices) = (0, 0);
    let mut seen = HashSet::new();
    for seed in 0..runs {
        let (received, report) = in_virtual_time(run(seed));
        requests += received;
        devices += report.devices().len();
        seen.extend(report.devices().iter().map(|device| device.state));
    }
    // Else the faults would not have struck.
    for state in [
        DeviceState::Reported(ActionStatus::Applied),
        DeviceState::Reported(ActionStatus::Failed),
        DeviceState::Reported(ActionStatus::NotSupported),
        DeviceState::Unreported,
        DeviceState::Unknown,
        DeviceState::Unprocessed,
    ] {
        assert!(seen.contains(&state), "no device came out as {state}");
    }
    assert!(seen.iter().any(|it| matches!(it, DeviceState::Reported(ActionStatus::Other(_)))));
    println!("figures: seeds 0 to {}, {devices} devices, {requests} requests", runs - 1);
}

async fn run(seed: u64) -> (u64, BulkReport) {
    let mut chance = Rng::with_seed(seed);
    let fleet = Fleet::generate(chance.u32(3..40), seed);
    let mut service = Service::new(fleet.clone(), TOKEN).with_seed(seed);
    if chance.bool() {
        service = service.with_quota(Quota::documented());
    }
    for _ in 0..chance.usize(0..4) {
        let (name, percent) = (chance.choice(FAULTS).unwrap(), chance.u32(5..60));
        let separator = if name.contains(':') { ',' } else { ':' };
        let fault: Fault = format!("{name}{separator}p=0.{percent:02}").parse().unwrap();
        service = service.with_fault(fault);
    }
    let service = service.simulate();

    let by_mac = chance.bool();
    let mut names: Vec<String> = fleet
        .devices()
        .map(|device| match by_mac {
            true => device.mac_addresses()[0].to_string(),
            false => device.hwid().to_owned(),
        })
        .collect();
    if !by_mac {
        names.push("not-in-the-account".to_owned());
    }
    chance.shuffle(&mut names);
    let targets = if by_mac { Targets::mac_addresses(&names) } else { Targets::hwids(&names) };
    let targets = targets.unwrap();

    let [(action, name), ..] = {
        let mut actions = actions();
        chance.shuffle(&mut actions);
        actions
    };
    let client = client(&service, seed, chance.u32(0..20));
    let some = |number| NonZeroUsize::new(number).unwrap();
    let notebook = Arc::new(Notebook::default());
    let mut bulk = client
        .act(action.clone(), &targets)
        .batch_size(some(chance.usize(1..15)))
        .concurrency(some(chance.usize(1..4)))
        .retry(Retry::default().with_uncertain(chance.bool()))
        .journal(notebook.clone());
    if chance.u8(0..4) == 0 {
        bulk = bulk.stop_after_failures(some(chance.usize(1..10)));
    }
    if chance.u8(0..4) == 0 {
        bulk = bulk.total_timeout(Duration::from_secs(chance.u64(1..120)));
    }
    let stop = bulk.stop_handle();
    let stops_after = (chance.u8(0..4) == 0).then(|| Duration::from_millis(chance.u64(0..20_000)));
    let gives_up_after = (chance.u8(0..6) == 0).then(|| chance.usize(0..names.len()));

    let mut outcomes = bulk.outcomes();
    let mut came = Vec::new();
    let stopping = async {
        match stops_after {
            Some(after) => tokio::time::sleep(after).await,
            None => std::future::pending().await,
        }
        stop.stop();
        std::future::pending::<()>().await;
    };
    let running = async {
        while gives_up_after != Some(came.len())
            && let Some(device) = outcomes.next().await
        {
            came.push(device);
        }
    };
    tokio::select! {
        () = stopping => unreachable!(),
        () = running => {}
    }
    let whole = gives_up_after.is_none();
    let report = match outcomes.into_report() {
        Ok(report) => report,
        Err(stopped) => stopped.into_parts().0,
    };
    if whole {
        assert_eq!(came.len(), targets.len(), "seed {seed}: not every device came out");
    }
    let reported: HashMap<_, _> = report.devices().iter().map(|it| (&it.id, it.state)).collect();
    let ids: HashSet<_> = came.iter().map(|device| &device.id).collect();
    assert_eq!(ids.len(), came.len(), "seed {seed}: a device came out twice");
    for DeviceReport { id, state } in &came {
        assert_eq!(reported[id], *state, "seed {seed}: {id} came out otherwise than reported");
    }
    for device in report.devices() {
        let (id, written) = (&device.id, notebook.state(&device.id));
        assert_eq!(written, device.state, "seed {seed}: {id} stands otherwise in the journal");
    }
    judge(seed, &service, &fleet, (&action, name), &targets, &report);
    (service.requests_received(), report)
}

/// Holds a report against what was really applied.
fn judge(
    seed: u64,
    service: &Simulator,
    fleet: &Fleet,
    (action, name): (&DeviceAction, ActionName),
    targets: &Targets,
    report: &BulkReport,
) {
    let ids: Vec<DeviceId> = report.devices().iter().map(|device| device.id.clone()).collect();
    assert_eq!(ids, targets.iter().collect::<Vec<_>>(), "seed {seed}: other devices came out");
    assert_eq!(report.counts().total(), targets.len(), "seed {seed}");

    for device in report.devices() {
        let id = device.id.to_string();
        let known = match &device.id {
            DeviceId::Hwid(_) => fleet.find_by_hwid(&id),
            DeviceId::MacAddress(_) => fleet.find_by_mac(id.parse().unwrap()),
        };
        let times = known.map_or(0, |device| service.times_applied(device.hwid(), name));
        let case =
            format!("seed {seed}: {action}, {id} is {}, applied {times} times", device.state);
        assert!(times <= 1 || action.converges(), "{case}");
        match device.state {
            DeviceState::Unprocessed => assert_eq!(times, 0, "{case}"),
            DeviceState::Reported(ActionStatus::Applied) => assert!(times > 0, "{case}"),
            // A repetition that was asked for finds what the first attempt has done.
            DeviceState::Reported(ActionStatus::Failed | ActionStatus::NotSupported) => {
                assert!(times == 0 || action.converges(), "{case}");
            }
            _ => {}
        }
    }
}
