//! A simulated service, a folder of jobs, and what they say of the devices.

use std::{collections::HashMap, num::NonZeroUsize, path::PathBuf};

use it_access::{Client, Counts, DeviceAction, DeviceState, Retry, Unpaced};
use it_access_jobs::{IdKind, Job, Jobs, List, ListFormat, Plan, Row, RunOptions, RunReport};
use it_access_sim::{ActionName, Device, Fleet, RunningService, Service};
use tempfile::TempDir;

pub(crate) const TOKEN: &str = "token-of-the-tests-0123456789";

/// A service whose devices are all managed: any action but `ignore` and `unignore` is applied to each.
pub(crate) struct Account {
    pub(crate) service: RunningService,
    pub(crate) client: Client,
    home: TempDir,
}

impl Account {
    /// An account with this many devices, and a service with these faults.
    pub(crate) async fn new(devices: usize, faults: &[&str]) -> Self {
        Self::seeded(devices, faults, 0).await
    }

    pub(crate) async fn seeded(devices: usize, faults: &[&str], seed: u64) -> Self {
        let fleet = Fleet::new((1..=devices).map(|number| Device::new(name(number)))).unwrap();
        let mut service = Service::new(fleet, TOKEN).with_seed(seed).with_log_length(100_000);
        for fault in faults {
            service = service.with_fault(fault.parse().unwrap());
        }
        let service = service.listen(([127, 0, 0, 1], 0).into()).await.unwrap();
        let client = Client::builder()
            .base_url(service.base_url())
            .tokens(TOKEN.parse::<it_access::AccessToken>().unwrap())
            .quota(Unpaced)
            .retry(Retry::never())
            .build()
            .unwrap();
        Self { service, client, home: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn jobs(&self) -> Jobs {
        Jobs::in_folder(self.folder())
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.home.path().join("jobs")
    }

    /// A job on the first devices of the account.
    pub(crate) fn job(&self, action: DeviceAction, devices: usize, batch_size: usize) -> Job {
        let plan = plan(action, devices, batch_size);
        self.jobs().create(&plan, self.client.base_url()).unwrap()
    }

    pub(crate) async fn run(&self, job: &Job, options: RunOptions) -> RunReport {
        job.run(&self.client, options).await.unwrap()
    }

    pub(crate) fn times_applied(&self, number: usize, action: ActionName) -> u64 {
        self.service.simulator().times_applied(&name(number), action)
    }

    /// Checks each device of a job against what really happened.
    pub(crate) fn judge(&self, job: &Job, action: ActionName) -> Counts {
        let report = job.report().unwrap();
        let rows: Vec<Row> = report.rows(&[]).collect::<Result<_, _>>().unwrap();
        let applied: HashMap<String, u64> = self
            .service
            .simulator()
            .applications()
            .into_iter()
            .filter(|application| application.action == action)
            .map(|application| (application.hwid.to_string(), application.times))
            .collect();
        for row in &rows {
            let times = applied.get(&row.id).copied().unwrap_or(0);
            match row.state {
                DeviceState::Unprocessed => assert_eq!(times, 0, "{row:?}"),
                state if state.is_applied() => assert!(times > 0, "{row:?}"),
                _ => {}
            }
        }
        let summary = report.summary().unwrap();
        let counts: Counts = rows.iter().map(|row| row.state).collect();
        assert_eq!((counts, counts.total()), (summary.counts, job.len()));
        counts
    }
}

pub(crate) fn plan(action: DeviceAction, devices: usize, batch_size: usize) -> Plan {
    let names: Vec<String> = (1..=devices).map(name).collect();
    let text = std::io::Cursor::new(names.join("\n").into_bytes());
    let list = List::reading("list", text).format(ListFormat::Text);
    Plan::builder(action, IdKind::Hwids, list).batch_size(some(batch_size)).build().unwrap()
}

/// The HWID of the device with this number, from 1: also its line in the list.
pub(crate) fn name(number: usize) -> String {
    format!("device{number:06}")
}

pub(crate) fn some(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).unwrap()
}

pub(crate) fn rows(job: &Job) -> Vec<Row> {
    job.report().unwrap().rows(&[]).collect::<Result<_, _>>().unwrap()
}

/// The devices as a line of letters: applied, failed, not supported, other, unreported, unknown, waiting.
pub(crate) fn states(job: &Job) -> String {
    let letter = |row: Row| match row.state {
        DeviceState::Unprocessed => 'w',
        DeviceState::Unknown => 'u',
        DeviceState::Unreported => 'r',
        DeviceState::Reported(status) => match status.code() {
            1 => 'a',
            0 => 'f',
            -1 => 'n',
            _ => 'o',
        },
    };
    rows(job).into_iter().map(letter).collect()
}
