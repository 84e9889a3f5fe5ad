//! What is unknown is sent again only where that does no harm, and only when it is asked for.

use it_access::{DeviceAction, ExemptFor};
use it_access_jobs::{RunEnd, RunError, RunOptions};
use it_access_sim::ActionName;

use crate::support::{Account, rows, states};

#[tokio::test]
async fn what_is_unknown_is_sent_again_when_it_is_asked_for() {
    let account = Account::new(4, &["reset-after-apply:nth=1"]).await;
    let job = account.job(DeviceAction::Unexempt, 4, 2);
    let run = account.run(&job, RunOptions::default()).await;
    assert_eq!((states(&job).as_str(), run.requests), ("uuww", 1));
    let run = account.run(&job, RunOptions::default()).await;
    assert_eq!((states(&job).as_str(), run.requests), ("uuaa", 1));
    let run = account.run(&job, RunOptions::default().retry_unknown(true)).await;
    assert_eq!((states(&job).as_str(), run.requests), ("aaaa", 1));
    assert!(run.end.is_finished(), "{}", run.end);
    assert_eq!(account.times_applied(1, ActionName::Unexempt), 2);
    assert_eq!(account.times_applied(3, ActionName::Unexempt), 1);
}

#[tokio::test]
async fn an_action_that_does_more_when_it_is_done_twice_is_refused() {
    let group = "finance".parse().unwrap();
    let cases = [
        (DeviceAction::Exempt(ExemptFor::Forever), true),
        (DeviceAction::Unexempt, true),
        (DeviceAction::Ignore, true),
        (DeviceAction::Unignore, true),
        (DeviceAction::AssignToGroup(group), true),
        (DeviceAction::Delete, false),
        (DeviceAction::RenewDhcp, false),
        (DeviceAction::ReIdentify, false),
    ];
    for (action, is_allowed) in cases {
        let account = Account::new(2, &["reset-after-apply:nth=1"]).await;
        let job = account.job(action.clone(), 2, 2);
        let _ = account.run(&job, RunOptions::default()).await;
        let again = job.run(&account.client, RunOptions::default().retry_unknown(true)).await;
        match again {
            Ok(_) => assert!(is_allowed, "{action}"),
            Err(RunError::RetryUnknown { .. }) => assert!(!is_allowed, "{action}"),
            Err(error) => panic!("{action}: {error}"),
        }
        let requests = if is_allowed { 2 } else { 1 };
        assert_eq!(account.service.simulator().requests_received(), requests, "{action}");
    }
}

#[tokio::test]
async fn a_refusal_does_not_make_certain_what_was_unknown_before() {
    let account = Account::new(2, &["reset-after-apply:nth=1"]).await;
    let job = account.job(DeviceAction::Unexempt, 2, 2);
    let _ = account.run(&job, RunOptions::default()).await;
    account.service.simulator().add_fault("too-many-requests:next=1".parse().unwrap());
    let run = account.run(&job, RunOptions::default().retry_unknown(true)).await;
    assert!(matches!(&run.end, RunEnd::Failed(error) if error.is_rate_limited()), "{}", run.end);
    assert_eq!((states(&job).as_str(), run.counts.unknown), ("uu", 2));
    let reason = rows(&job)[0].reason.clone().unwrap();
    assert!(reason.ends_with("An earlier request may have been applied."), "{reason}");
}
