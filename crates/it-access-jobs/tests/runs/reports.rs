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
    let _ = account.run(&job, RunOptions::default()).await;
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
        .replace(account.client.base_url(), "http://service")
        .replace(job.host(), "HOST")
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
    assert_snapshot!(shown(&account, &job, ReportFormat::Csv), @r#"
    line,id,state,code,http_status,request,time,reason
    1,device000001,applied,1,200,1,TIME,
    2,device000002,applied,1,200,1,TIME,
    3,nobody,failed,0,200,2,TIME,
    4,device000003,applied,1,200,2,TIME,
    5,device000004,unknown,,500,3,TIME,"http://service answered 500 Internal Server Error. It said: ""a fault that was asked for"". The action may have been applied: look at the devices before repeating it."
    6,device000005,unknown,,500,3,TIME,"http://service answered 500 Internal Server Error. It said: ""a fault that was asked for"". The action may have been applied: look at the devices before repeating it."
    "#);
    assert_snapshot!(shown(&account, &job, ReportFormat::Json), @r#"
    {"job":"JOB","action":"delete","list":"devices.txt","host":"HOST","plan_sha256":"60735874407a8dbb884d5ccaeb6b5472aeef5da454148d644f9c46b2515cd1c5","created_at":"TIME","counts":{"total":6,"applied":3,"failed":1,"not_supported":0,"other":0,"unreported":0,"unknown":2,"unprocessed":0},"requests":3,"first_sent_at":"TIME","last_ended_at":"TIME","is_halted":false,"stopped_by":"http://service answered 500 Internal Server Error. It said: \"a fault that was asked for\". The action may have been applied: look at the devices before repeating it.","unasked":[{"key":"unasked-001","code":1}],"devices":[
    {"number":1,"line":1,"id":"device000001","state":"applied","code":1,"http_status":200,"request":1,"time":"TIME","reason":null},
    {"number":2,"line":2,"id":"device000002","state":"applied","code":1,"http_status":200,"request":1,"time":"TIME","reason":null},
    {"number":3,"line":3,"id":"nobody","state":"failed","code":0,"http_status":200,"request":2,"time":"TIME","reason":null},
    {"number":4,"line":4,"id":"device000003","state":"applied","code":1,"http_status":200,"request":2,"time":"TIME","reason":null},
    {"number":5,"line":5,"id":"device000004","state":"unknown","code":null,"http_status":500,"request":3,"time":"TIME","reason":"http://service answered 500 Internal Server Error. It said: \"a fault that was asked for\". The action may have been applied: look at the devices before repeating it."},
    {"number":6,"line":6,"id":"device000005","state":"unknown","code":null,"http_status":500,"request":3,"time":"TIME","reason":"http://service answered 500 Internal Server Error. It said: \"a fault that was asked for\". The action may have been applied: look at the devices before repeating it."}
    ]}
    "#);
    assert_snapshot!(shown(&account, &job, ReportFormat::Ndjson), @r#"
    {"number":1,"line":1,"id":"device000001","state":"applied","code":1,"http_status":200,"request":1,"time":"TIME","reason":null}
    {"number":2,"line":2,"id":"device000002","state":"applied","code":1,"http_status":200,"request":1,"time":"TIME","reason":null}
    {"number":3,"line":3,"id":"nobody","state":"failed","code":0,"http_status":200,"request":2,"time":"TIME","reason":null}
    {"number":4,"line":4,"id":"device000003","state":"applied","code":1,"http_status":200,"request":2,"time":"TIME","reason":null}
    {"number":5,"line":5,"id":"device000004","state":"unknown","code":null,"http_status":500,"request":3,"time":"TIME","reason":"http://service answered 500 Internal Server Error. It said: \"a fault that was asked for\". The action may have been applied: look at the devices before repeating it."}
    {"number":6,"line":6,"id":"device000005","state":"unknown","code":null,"http_status":500,"request":3,"time":"TIME","reason":"http://service answered 500 Internal Server Error. It said: \"a fault that was asked for\". The action may have been applied: look at the devices before repeating it."}
    "#);
    assert_snapshot!(job.report().unwrap().summary().unwrap().balance(), @"6 devices: 3 applied, 1 failed, 2 unknown. The states add up to the 6 devices of the plan.");
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
async fn ids_that_a_spreadsheet_takes_for_formulas_come_back_as_they_are() {
    const IDS: [&str; 6] = ["=1+1", "+1", "-1", "@a", "'=1", "=\"a,b\""];
    let account = Account::new(1, &[]).await;
    let ids = serde_json::to_vec(&IDS).unwrap();
    let list = List::reading("list", Cursor::new(ids)).format(ListFormat::Json);
    let plan = Plan::builder(DeviceAction::Delete, IdKind::Hwids, list).build().unwrap();
    let job = account.jobs().create(&plan, account.client.base_url()).unwrap();
    let text = written(&job, ReportFormat::Csv, &[]);
    let list = List::reading("report", Cursor::new(text)).format(ListFormat::Csv);
    let plan = Plan::builder(DeviceAction::Delete, IdKind::Hwids, list).build().unwrap();
    let ids: Vec<&str> = plan.targets().map(|target| target.id).collect();
    assert_eq!(ids, IDS);
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
