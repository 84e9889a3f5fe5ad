//! Reports in each format, which are lists again.

use std::io::Cursor;

use insta::assert_snapshot;
use it_access::DeviceAction;
use it_access_jobs::{IdKind, Job, List, ListFormat, Plan, ReportFormat, RunOptions, StateName};

use crate::support::{Account, some};

/// A job with a device in most of the states.
async fn example(account: &Account) -> Job {
    let text = "device000001\ndevice000002\nnobody\ndevice000003\ndevice000004\ndevice000005\n";
    let list = List::reading("devices.txt", Cursor::new(text)).format(ListFormat::Text);
    let plan = Plan::builder(DeviceAction::Delete, IdKind::Hwids, list).batch_size(some(2));
    let job = account.jobs().create(&plan.build().unwrap(), account.client.base_url()).unwrap();
    let _ = account.run(&job, RunOptions::default().concurrency(some(2))).await;
    job
}

const FAULTS: [&str; 2] = ["extra-key:nth=1", "http-500-after-apply:nth=3"];

fn written(job: &Job, format: ReportFormat, states: &[StateName]) -> String {
    let mut bytes = Vec::new();
    job.report().unwrap().write(format, states, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The report without what differs from run to run.
fn shown(account: &Account, job: &Job, format: ReportFormat) -> String {
    let text = written(job, format, &[])
        .replace(&account.client.base_url().to_owned(), "http://service")
        .replace(job.id().as_str(), "JOB");
    let mut masked = String::new();
    let mut rest = text.as_str();
    while let Some(place) = rest.find("Z\"").or_else(|| rest.find("Z,")) {
        masked.push_str(&rest[..place - "2026-11-23T12:00:00.000".len()]);
        masked.push_str("TIME");
        rest = &rest[place + 1..];
    }
    masked + rest
}

#[tokio::test]
async fn each_format_says_what_became_of_each_device() {
    let account = Account::new(5, &FAULTS).await;
    let job = example(&account).await;
    assert_snapshot!(shown(&account, &job, ReportFormat::Csv), @"");
    assert_snapshot!(shown(&account, &job, ReportFormat::Json), @"");
    assert_snapshot!(shown(&account, &job, ReportFormat::Ndjson), @"");
    assert_snapshot!(job.report().unwrap().summary().unwrap().balance(), @"");
}

#[tokio::test]
async fn a_part_of_a_report_is_a_list_again() {
    let account = Account::new(5, &FAULTS).await;
    let job = example(&account).await;
    let cases: [(&[StateName], &[&str]); 4] = [
        (&[StateName::Failed], &["nobody"]),
        (&[StateName::Unknown], &["device000004", "device000005"]),
        (&[StateName::Failed, StateName::Unknown], &["nobody", "device000004", "device000005"]),
        (
            &[],
            &[
                "device000001",
                "device000002",
                "nobody",
                "device000003",
                "device000004",
                "device000005",
            ],
        ),
    ];
    for (states, expected) in cases {
        for (format, list_format) in [
            (ReportFormat::Csv, ListFormat::Csv),
            (ReportFormat::Json, ListFormat::Json),
            (ReportFormat::Ndjson, ListFormat::Ndjson),
        ] {
            let text = written(&job, format, states);
            let list = List::reading("report", Cursor::new(text)).format(list_format);
            let plan = Plan::builder(DeviceAction::Delete, IdKind::Hwids, list).build().unwrap();
            let ids: Vec<&str> = plan.targets().map(|target| target.id).collect();
            assert_eq!(ids, expected, "{format}");
        }
    }
}

#[tokio::test]
async fn long_reports_are_read_in_parts() {
    let account = Account::new(1, &[]).await;
    let job = account.job(DeviceAction::Delete, 2500, 50);
    let report = job.report().unwrap();
    let numbers: Vec<u64> = report.rows(&[]).map(|row| row.unwrap().number).collect();
    assert_eq!(numbers, (1..=2500).collect::<Vec<_>>());
    assert_eq!(report.rows(&[StateName::Applied]).count(), 0);
}

#[test]
fn names_of_states_read_back() {
    for state in StateName::ALL {
        assert_eq!(state.as_str().parse(), Ok(state));
    }
    assert_eq!("not-supported".parse(), Ok(StateName::NotSupported));
    assert!("done".parse::<StateName>().is_err());
}
