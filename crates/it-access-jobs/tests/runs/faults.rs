//! Whatever the service does, the journal says what is true.

use it_access::DeviceAction;
use it_access_jobs::{RunEnd, RunOptions};
use it_access_sim::ActionName;

use crate::support::{Account, plan, rows, states};

/// A fault in the second of three requests of two devices, what is then known, and of how many devices another run makes
/// what.
#[tokio::test]
async fn a_fault_leaves_what_is_known_and_another_run_sends_what_is_left() {
    let cases = [
        ("http-500-before-apply:nth=2", "aauuww", "aauuaa"),
        ("http-500-after-apply:nth=2", "aauuww", "aauuaa"),
        ("reset-before-apply:nth=2", "aauuww", "aauuaa"),
        ("reset-after-apply:nth=2", "aauuww", "aauuaa"),
        ("cut-off:nth=2", "aauuww", "aauuaa"),
        ("too-many-requests:nth=2", "aawwww", "aaaaaa"),
        ("unauthorized:nth=2", "aawwww", "aaaaaa"),
        ("redirect:nth=2", "aawwww", "aaaaaa"),
        ("unknown-code:nth=2", "aaoaaa", "aaoaaa"),
        ("missing-key:nth=2", "aaraaa", "aaraaa"),
        ("duplicate-key:nth=2", "aauaaa", "aauaaa"),
        ("extra-key:nth=2", "aaaaaa", "aaaaaa"),
    ];
    for (fault, first, second) in cases {
        let account = Account::new(6, &[fault]).await;
        let job = account.job(DeviceAction::Delete, 6, 2);
        let run = account.run(&job, RunOptions::default()).await;
        // Which device of the two is struck, the seed decides.
        let sorted = |states: String| {
            let mut pairs: Vec<char> = states.chars().collect();
            pairs[2..4].sort_by_key(|letter| *letter == 'a');
            pairs.into_iter().collect::<String>()
        };
        assert_eq!(sorted(states(&job)), first, "{fault}: {}", run.end);
        assert_eq!(run.counts, account.judge(&job, ActionName::Delete), "{fault}");
        assert_eq!(run.end.is_finished(), !first.contains('w'), "{fault}: {}", run.end);

        let run = account.run(&job, RunOptions::default()).await;
        assert_eq!(sorted(states(&job)), second, "{fault}: {}", run.end);
        assert!(run.end.is_finished(), "{fault}: {}", run.end);
        assert_eq!(run.counts, account.judge(&job, ActionName::Delete), "{fault}");
        for number in 1..=6 {
            let times = account.times_applied(number, ActionName::Delete);
            assert!(times <= 1, "{fault}: device {number} was deleted {times} times");
        }
    }
}

#[tokio::test]
async fn a_batch_that_is_too_large_is_halved() {
    let account = Account::new(8, &[]).await;
    let long = "x".repeat(1_000_000);
    let text = (0..8).map(|number| format!("{long}{number}\n")).collect::<String>();
    // Longer lines than text may have, as one JSON array: eight of them are more than the service takes.
    let json = serde_json::to_string(&text.lines().collect::<Vec<_>>()).unwrap();
    let list = it_access_jobs::List::reading("list", std::io::Cursor::new(json))
        .format(it_access_jobs::ListFormat::Json);
    let plan =
        it_access_jobs::Plan::builder(DeviceAction::Unexempt, it_access_jobs::IdKind::Hwids, list);
    let job = account.jobs().create(&plan.build().unwrap(), account.client.base_url()).unwrap();
    let run = account.run(&job, RunOptions::default()).await;
    assert!(run.end.is_finished(), "{}", run.end);
    // The one of eight was refused; those of four and less were not. The devices are unknown to the service.
    assert_eq!(states(&job), "ffffffff");
    let devices: Vec<Option<u64>> = rows(&job).into_iter().map(|row| row.request).collect();
    assert_eq!((run.requests, devices[0], devices[7]), (3, Some(2), Some(3)));
}

#[tokio::test]
async fn a_service_that_cannot_be_reached_changes_nothing() {
    let account = Account::new(3, &[]).await;
    let Account { service, client, .. } = &account;
    // At another address it is the same service.
    let jobs = account.jobs().for_service("the service");
    let job = jobs.create(&plan(DeviceAction::Delete, 3, 2), client.base_url()).unwrap();
    let gone = it_access::Client::builder()
        .base_url("http://127.0.0.1:1")
        .tokens(crate::support::TOKEN.parse::<it_access::AccessToken>().unwrap())
        .retry(it_access::Retry::never())
        .build()
        .unwrap();
    let run = job.run(&gone, RunOptions::default()).await.unwrap();
    assert!(matches!(&run.end, RunEnd::Failed(error) if !error.may_have_been_applied()));
    assert_eq!((states(&job).as_str(), service.simulator().requests_received()), ("www", 0));
    let reason = rows(&job)[0].reason.clone().unwrap();
    assert!(reason.contains("cannot connect"), "{reason}");

    let run = job.run(client, RunOptions::default()).await.unwrap();
    assert!(run.end.is_finished(), "{}", run.end);
    assert_eq!(states(&job), "aaa");
}
