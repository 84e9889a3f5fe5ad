//! Every fault of the simulator, judged by what the simulator knows to have happened.

use std::{collections::HashSet, time::Duration};

use it_access::{
    Bulk, BulkReport, Client, Counts,
    DeviceState::Unprocessed,
    ErrorKind::{self, MaybeApplied, Refused},
    Retry, Targets,
};
use it_access_sim::{ActionName, FAULTS, Fault, FaultKind, FaultName, Fleet, Service, Simulator};
use tokio::task::JoinSet;

use crate::support::{TOKEN, client_of, eager, size};

/// Devices of the example fleet that take both actions.
const DEVICES: [(&str, &str); 5] = [
    ("laptop-001", "00:0c:29:cd:c7:b2"),
    ("laptop-002", "00:0c:29:10:00:02"),
    ("device789", "00:0c:29:4f:8e:35"),
    ("exempt-001", "00:0c:29:10:01:01"),
    ("exempt-forever-001", "00:0c:29:10:01:02"),
];

/// A fault strikes the second of three requests, of two devices, two, and one.
struct Case {
    fault: &'static str,
    /// The fault waits for the client to give up. It strikes each request: under a short timeout, one that it spares could
    /// fail as well.
    is_endless: bool,
    failure: Option<ErrorKind>,
    counts: &'static str,
}

const ALL_APPLIED: &str = "5 devices: 5 applied";
const SECOND_UNKNOWN: &str = "5 devices: 2 applied, 2 unknown, 1 unprocessed";
const FIRST_UNKNOWN: &str = "5 devices: 2 unknown, 3 unprocessed";
const SECOND_REFUSED: &str = "5 devices: 2 applied, 3 unprocessed";

/// In the order of [`FAULTS`].
const CASES: [Case; 23] = [
    applied("latency:ms=1"),
    unknown("reset-before-apply"),
    unknown("reset-after-apply"),
    unknown("close-before-apply"),
    unknown("close-after-apply"),
    endless("silence-before-apply"),
    endless("silence-after-apply"),
    unknown("http-500-before-apply"),
    unknown("http-500-after-apply"),
    unknown("html-502-before-apply"),
    unknown("html-502-after-apply"),
    refused("too-many-requests:retry-after=0"),
    refused("unauthorized"),
    refused("redirect:status=307,to=https://elsewhere.invalid/"),
    unknown("cut-off:percent=50"),
    applied("slow-body:bytes=8,ms=1"),
    endless("endless-body:ms=10"),
    results("unknown-code:code=2", "5 devices: 4 applied, 1 other"),
    results("missing-key", "5 devices: 4 applied, 1 unreported"),
    applied("extra-key:key=unasked-001"),
    results("duplicate-key", "5 devices: 4 applied, 1 unknown"),
    applied("mac-echo:as=upper"),
    applied("content-type:type=text/html"),
];

const fn applied(fault: &'static str) -> Case {
    results(fault, ALL_APPLIED)
}

const fn results(fault: &'static str, counts: &'static str) -> Case {
    Case { fault, is_endless: false, failure: None, counts }
}

const fn unknown(fault: &'static str) -> Case {
    Case { failure: Some(MaybeApplied), ..results(fault, SECOND_UNKNOWN) }
}

const fn refused(fault: &'static str) -> Case {
    Case { failure: Some(Refused), ..results(fault, SECOND_REFUSED) }
}

const fn endless(fault: &'static str) -> Case {
    Case { is_endless: true, counts: FIRST_UNKNOWN, ..unknown(fault) }
}

/// Two actions that must not be done twice: of the second, the simulator would see it.
#[derive(Debug, Clone, Copy)]
enum Action {
    Delete,
    RenewDhcp,
}

impl Action {
    fn name(self) -> ActionName {
        match self {
            Self::Delete => ActionName::Delete,
            Self::RenewDhcp => ActionName::RenewDhcp,
        }
    }

    fn start(self, client: &Client, targets: &Targets) -> Bulk {
        match self {
            Self::Delete => client.delete(targets),
            Self::RenewDhcp => client.renew_dhcp(targets),
        }
    }
}

#[test]
fn the_cases_are_the_faults_of_the_simulator() {
    let cases: Vec<FaultName> = CASES.iter().map(|case| fault(case).name()).collect();
    let faults: Vec<FaultName> = FAULTS.iter().map(|fault| fault.name).collect();
    assert_eq!(cases, faults);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_of_the_simulator() {
    let mut runs = JoinSet::new();
    for case in &CASES {
        for action in [Action::Delete, Action::RenewDhcp] {
            runs.spawn(async move {
                let (report, failure) = run(case, action, Retry::never()).await;
                let fault = case.fault;
                assert_eq!(failure, case.failure, "{fault}");
                assert_eq!(report.counts().to_string(), case.counts, "{fault}");
                let unasked = usize::from(fault.starts_with("extra-key"));
                assert_eq!(report.unasked().len(), unasked, "{fault}");
            });
            // What it comes to depends on what is repeated; that it is true does not.
            runs.spawn(async move {
                run(case, action, eager()).await;
            });
        }
    }
    while let Some(run) = runs.join_next().await {
        run.unwrap();
    }
}

/// Runs an action into a fault, and holds the report against the truth.
async fn run(case: &Case, action: Action, retry: Retry) -> (BulkReport, Option<ErrorKind>) {
    let fault = fault(case);
    let targets = match fault.kind() {
        FaultKind::MacEcho(_) => Targets::mac_addresses(DEVICES.map(|(_, address)| address)),
        _ => Targets::hwids(DEVICES.map(|(hwid, _)| hwid)),
    };
    let (fault, timeout) = match case.is_endless {
        true => (fault, Duration::from_millis(300)),
        false => (fault.nth(2), Duration::from_secs(60)),
    };
    let service = Service::new(Fleet::example(), TOKEN).with_fault(fault);
    let service = service.listen(([127, 0, 0, 1], 0).into()).await.unwrap();
    let client = client_of(&service.base_url()).retry(retry).timeout(timeout).batch_size(size(2));

    let result = action.start(&client.build().unwrap(), &targets.unwrap()).await;
    let (report, failure) = match result {
        Ok(report) => (report, None),
        Err(error) => {
            let failure = error.error().unwrap().kind();
            (error.into_parts().0, Some(failure))
        }
    };
    assert_true(&report, service.simulator(), action.name(), case.fault);
    (report, failure)
}

/// No fault here makes the service say "applied" of a device that it asked for and did not act on, so that there is no
/// exception.
fn assert_true(report: &BulkReport, simulator: &Simulator, action: ActionName, fault: &str) {
    assert_eq!(report.devices().len(), DEVICES.len(), "{fault}");
    let ids: HashSet<_> = report.devices().iter().map(|device| &device.id).collect();
    assert_eq!(ids.len(), DEVICES.len(), "{fault}: a device is there twice");
    let counts: Counts = report.devices().iter().map(|device| device.state).collect();
    assert_eq!((report.counts(), counts.total()), (counts, DEVICES.len()), "{fault}");

    for (device, (hwid, address)) in report.devices().iter().zip(DEVICES) {
        let id = device.id.to_string();
        assert!(id == hwid || id == address, "{fault}: {id} in the place of {hwid}");
        let times = simulator.times_applied(hwid, action);
        assert!(times <= 1, "{fault}: {action:?} {times} times to {hwid}");
        if device.state.is_applied() {
            assert_eq!(times, 1, "{fault}: {hwid} is reported as applied");
        }
        if device.state == Unprocessed {
            assert_eq!(times, 0, "{fault}: {hwid} is reported as unprocessed");
        }
    }
    let devices = DEVICES.map(|(hwid, _)| hwid);
    for application in simulator.applications() {
        assert!(devices.contains(&&*application.hwid), "{fault}: {application:?}");
        assert_eq!(application.action, action, "{fault}");
    }
}

fn fault(case: &Case) -> Fault {
    case.fault.parse().unwrap()
}
