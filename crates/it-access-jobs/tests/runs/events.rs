//! What schedulers are told.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
    time::Duration,
};

use insta::assert_snapshot;
use it_access::{AccessToken, Client, DeviceAction, Pacer, Retry};
use it_access_jobs::{NdjsonEvents, QuotaEvents, RunOptions};

use crate::support::{Account, TOKEN};

#[derive(Clone, Default)]
struct Output(Arc<Mutex<Vec<u8>>>);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Output {
    /// The lines without their times.
    fn lines(&self) -> String {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        assert!(!text.contains(TOKEN));
        let without_time = |line: &str| {
            let (time, rest) = line.split_once("Z\",").unwrap();
            assert!(time.starts_with("{\"time\":\"20"), "{line}");
            format!("{{{rest}\n")
        };
        text.lines().map(without_time).collect()
    }
}

#[tokio::test]
async fn events_are_lines_of_json() {
    let account = Account::new(3, &["http-500-after-apply:nth=2"]).await;
    let output = Output::default();
    let options = RunOptions::default().events(Arc::new(NdjsonEvents::new(output.clone())));
    let job = account.job(DeviceAction::Delete, 3, 1);
    let _ = account.run(&job, options.clone()).await;
    let _ = account.run(&job, options).await;
    let lines = output.lines().replace(account.client.base_url(), "http://service");
    assert_snapshot!(lines.replace(job.id().as_str(), "JOB"), @r#"
    {"event":"started","job":"JOB","action":"delete","counts":{"total":3,"applied":0,"failed":0,"not_supported":0,"other":0,"unreported":0,"unknown":0,"unprocessed":3},"pending":3}
    {"event":"sent","request":1,"attempt":1,"devices":1}
    {"event":"ended","request":1,"status":200,"reason":null,"counts":{"total":3,"applied":1,"failed":0,"not_supported":0,"other":0,"unreported":0,"unknown":0,"unprocessed":2}}
    {"event":"sent","request":2,"attempt":1,"devices":1}
    {"event":"ended","request":2,"status":500,"reason":"http://service answered 500 Internal Server Error. It said: \"a fault that was asked for\". The action may have been applied: look at the devices before repeating it.","counts":{"total":3,"applied":1,"failed":0,"not_supported":0,"other":0,"unreported":0,"unknown":1,"unprocessed":1}}
    {"event":"stopped","reason":"http://service answered 500 Internal Server Error. It said: \"a fault that was asked for\". The action may have been applied: look at the devices before repeating it.","counts":{"total":3,"applied":1,"failed":0,"not_supported":0,"other":0,"unreported":0,"unknown":1,"unprocessed":1}}
    {"event":"started","job":"JOB","action":"delete","counts":{"total":3,"applied":1,"failed":0,"not_supported":0,"other":0,"unreported":0,"unknown":1,"unprocessed":1},"pending":1}
    {"event":"sent","request":3,"attempt":1,"devices":1}
    {"event":"ended","request":3,"status":200,"reason":null,"counts":{"total":3,"applied":2,"failed":0,"not_supported":0,"other":0,"unreported":0,"unknown":1,"unprocessed":0}}
    {"event":"finished","counts":{"total":3,"applied":2,"failed":0,"not_supported":0,"other":0,"unreported":0,"unknown":1,"unprocessed":0}}
    "#);
}

#[tokio::test]
async fn waiting_for_the_quota_is_told_by_the_client() {
    let account = Account::new(2, &[]).await;
    let output = Output::default();
    let events = Arc::new(NdjsonEvents::new(output.clone()));
    let client = Client::builder()
        .base_url(account.client.base_url())
        .tokens(TOKEN.parse::<AccessToken>().unwrap())
        // Longer than the first request takes on any machine.
        .quota(Pacer::new(1, Duration::from_secs(2)))
        .retry(Retry::never())
        .observer(QuotaEvents::new(events.clone()))
        .build()
        .unwrap();
    let job = account.job(DeviceAction::Delete, 2, 1);
    let _ = job.run(&client, RunOptions::default().events(events)).await.unwrap();
    let names: Vec<String> = output
        .lines()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["event"].to_string())
        .collect();
    let expected = ["started", "sent", "ended", "waiting", "sent", "ended", "finished"]
        .map(|it| format!("{it:?}"));
    assert_eq!(names, expected);
}
