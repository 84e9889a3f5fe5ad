//! One call through the whole house: wrapper and jobs, over real sockets, to the simulated service.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{num::NonZeroUsize, time::Duration};

use httpmock::MockServer;
use integration_tests::{ClosedPort, RawServer, example, http};
use it_access::{
    ActionStatus, BulkReport, Client, DeviceAction, DeviceState, ErrorKind, ExemptFor, Pacer,
    Retry, StopReason, Targets,
};
use it_access_api::types::{
    DeviceActionRequest, DeviceActionRequestByIds, DeviceActionRequestByIdsIds, DeviceActionResult,
    DeviceActionResults, DeviceActionType,
};
use it_access_httpmock::MockServerExt;
use it_access_sim::{Exemption, Fleet, RunningService, Service};

const TOKEN: &str = "my-test-token";

async fn simulated() -> (RunningService, Client) {
    let address = "127.0.0.1:0".parse().unwrap();
    let service = Service::new(Fleet::example(), TOKEN).listen(address).await.unwrap();
    let client = client_at(&service.base_url());
    (service, client)
}

fn client_at(base_url: &str) -> Client {
    let token: it_access::AccessToken = TOKEN.parse().unwrap();
    Client::builder().base_url(base_url).tokens(token).retry(Retry::never()).build().unwrap()
}

fn states(report: &BulkReport) -> Vec<(String, DeviceState)> {
    report.devices().iter().map(|device| (device.id.to_string(), device.state)).collect()
}

#[tokio::test]
async fn the_vendors_example_gives_the_vendors_answer() {
    let (service, client) = simulated().await;
    let targets = Targets::hwids(["device123", "device456", "device789"]).unwrap();
    let report = client.exempt(&targets, ExemptFor::hours(60).unwrap()).await.unwrap();

    let expected = example("exempt.response.json");
    for (id, state) in states(&report) {
        let code = expected[&id].as_i64().unwrap();
        assert_eq!(state, DeviceState::Reported(ActionStatus::from_code(code)), "{id}");
    }
    assert_eq!(report.devices().len(), 3);
    let exempted = service.fleet();
    let device = exempted.find_by_hwid("device789").unwrap();
    assert_eq!(device.exemption(), Some(Exemption::from_hours(60)));
}

#[tokio::test]
async fn every_verb_reaches_the_service_as_its_own_action() {
    let targets = Targets::hwids(["a"]).unwrap();
    let verbs = [
        (DeviceAction::Exempt(ExemptFor::Forever), "exempt"),
        (DeviceAction::Unexempt, "unexempt"),
        (DeviceAction::Ignore, "ignore"),
        (DeviceAction::Unignore, "unignore"),
        (DeviceAction::Delete, "delete"),
        (DeviceAction::RenewDhcp, "dhcprenew"),
        (DeviceAction::ReIdentify, "re-identify"),
        (DeviceAction::AssignToGroup("g".parse().unwrap()), "assign_to_group"),
    ];
    for (action, wire_name) in verbs {
        let server = RawServer::answering(http("200 OK", "", r#"{"a":1}"#));
        let client = client_at(server.base_url());
        // The convenience verb, which must send what `act` would.
        let report = match action.clone() {
            DeviceAction::Exempt(time) => client.exempt(&targets, time).await,
            DeviceAction::Unexempt => client.unexempt(&targets).await,
            DeviceAction::Ignore => client.ignore(&targets).await,
            DeviceAction::Unignore => client.unignore(&targets).await,
            DeviceAction::Delete => client.delete(&targets).await,
            DeviceAction::RenewDhcp => client.renew_dhcp(&targets).await,
            DeviceAction::ReIdentify => client.re_identify(&targets).await,
            DeviceAction::AssignToGroup(group) => client.assign_to_group(&targets, group).await,
        };
        assert_eq!(report.unwrap().counts().applied, 1, "{action}");
        client.request(&action, &targets).await.unwrap();

        let [verb, act] = server.requests().try_into().unwrap();
        assert_eq!(verb.json()["types"], wire_name);
        assert_eq!(verb, act);
    }
}

/// Each way to fail as a whole: what is known of the request, and the state of its devices.
#[tokio::test]
async fn a_failed_request_says_whether_it_may_have_been_applied() {
    let html = "<html><title>502</title>\n<h1>Bad Gateway</h1></html>";
    let cut_off = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"device123\":";
    let cases = [
        (
            http("400 Bad Request", "", ""),
            ErrorKind::Refused,
            "did not accept the request's values",
        ),
        (http("401 Unauthorized", "", ""), ErrorKind::Refused, "get a new one"),
        (http("404 Not Found", "", ""), ErrorKind::Refused, "check the base URL"),
        (http("407 Proxy", "", "log in"), ErrorKind::Refused, "It said: \"log in\""),
        (http("429 Too Many", "", ""), ErrorKind::Refused, "wait a minute"),
        (http("308 Permanent", "", ""), ErrorKind::Refused, "points elsewhere"),
        (http("302 Found", "", ""), ErrorKind::MaybeApplied, "points elsewhere"),
        (http("304 Not Modified", "", ""), ErrorKind::MaybeApplied, "304 Not Modified. The"),
        (http("408 Request Timeout", "", ""), ErrorKind::MaybeApplied, "408 Request Timeout"),
        (http("409 Conflict", "", ""), ErrorKind::MaybeApplied, "409 Conflict"),
        (http("500 Internal", "", ""), ErrorKind::MaybeApplied, "500 Internal Server Error"),
        (http("502 Bad", "", html), ErrorKind::MaybeApplied, "<h1>Bad Gateway</h1>"),
        (http("200 OK", "", html), ErrorKind::MaybeApplied, "cannot be read"),
        (http("200 OK", "", "[1]"), ErrorKind::MaybeApplied, "cannot be read"),
        (http("204 No Content", "", ""), ErrorKind::MaybeApplied, "204 No Content"),
        (cut_off.to_owned(), ErrorKind::MaybeApplied, "broke off"),
        (String::new(), ErrorKind::MaybeApplied, "broke off"),
        ("nonsense\r\n\r\n".to_owned(), ErrorKind::MaybeApplied, "broke off"),
    ];
    let targets = Targets::hwids(["device123"]).unwrap();
    for (answer, kind, text) in cases {
        let server = RawServer::answering(answer.clone());
        let stopped = client_at(server.base_url()).delete(&targets).await.unwrap_err();

        let error = stopped.error().unwrap();
        assert_eq!(error.kind(), kind, "{answer}: {error}");
        assert!(error.to_string().contains(text), "{answer}: {error}");
        let (state, consequence) = match kind {
            ErrorKind::MaybeApplied => (DeviceState::Unknown, "may have been applied"),
            _ => (DeviceState::Unprocessed, "Nothing was applied"),
        };
        assert_eq!(error.device_state(), state);
        assert!(error.to_string().contains(consequence), "{error}");
        assert_eq!(server.requests().len(), 1, "{answer}: repeated");
    }
}

#[tokio::test]
async fn an_unreachable_host_is_sent_nothing() {
    let closed = ClosedPort::take();
    let client = client_at(closed.base_url());
    let stopped = client.delete(&Targets::hwids(["device123"]).unwrap()).await.unwrap_err();
    let error = stopped.error().unwrap();

    assert_eq!(error.kind(), ErrorKind::NotSent);
    assert_eq!(error.device_state(), DeviceState::Unprocessed);
    assert!(error.to_string().contains(closed.base_url()), "{error}");
    // Of a run of thousands, `main` would print them all.
    let shown = format!("{stopped:?}");
    assert!(shown.contains("unprocessed: 1") && !shown.contains("device123"), "{shown}");
}

fn hwids(ids: &[&str]) -> DeviceActionRequestByIdsIds {
    let ids: Vec<_> = ids.iter().map(|id| id.parse().unwrap()).collect();
    ids.try_into().unwrap()
}

#[tokio::test]
async fn a_run_loses_no_device_when_a_request_fails() {
    let server = MockServer::start_async().await;
    let answer_batch = |ids: [&str; 2], code: DeviceActionResult| {
        server.device_action(|when, then| {
            when.body(&DeviceActionRequest::Ids(DeviceActionRequestByIds {
                types: DeviceActionType::Delete,
                ids: hwids(&ids),
                params: None,
            }));
            let results = ids.iter().map(|id| ((*id).to_owned(), code)).collect();
            then.ok(&DeviceActionResults(results));
        });
    };
    answer_batch(["a", "b"], DeviceActionResult::Applied);
    let refused = server.device_action(|_, then| {
        then.too_many_requests();
    });

    let targets = Targets::hwids(["a", "b", "c", "d", "e"]).unwrap();
    let two = NonZeroUsize::new(2).unwrap();
    let bulk = client_at(&server.base_url()).delete(&targets).batch_size(two);
    let (devices, stopped_by) = bulk.await.unwrap_err().into_parts();

    assert_eq!(devices.counts().to_string(), "5 devices: 2 applied, 3 unprocessed");
    let order: Vec<String> = states(&devices).into_iter().map(|(id, _)| id).collect();
    assert_eq!(order, ["a", "b", "c", "d", "e"]);
    assert!(matches!(stopped_by, StopReason::Failed(error) if error.is_rate_limited()));
    refused.assert_calls_async(1).await;
}

#[tokio::test]
async fn a_run_sends_every_device_once() {
    let (service, client) = simulated().await;
    let names: Vec<String> = (0..7).map(|number| format!("laptop-00{number}")).collect();
    let mut targets = names.clone();
    targets.push("device789".to_owned());
    let size = NonZeroUsize::new(3).unwrap();
    let targets = Targets::hwids(&targets).unwrap();
    let report = client.delete(&targets).batch_size(size).await.unwrap();

    assert_eq!(report.counts().total(), 8);
    assert_eq!(states(&report)[7].1, DeviceState::Reported(ActionStatus::Applied));
    assert!(service.fleet().find_by_hwid("device789").is_none());
}

#[tokio::test]
async fn who_calls_between_two_outcomes_is_not_held_up_by_the_requests_that_wait() {
    let address = "127.0.0.1:0".parse().unwrap();
    let service = Service::new(Fleet::example(), TOKEN).listen(address).await.unwrap();
    let token: it_access::AccessToken = TOKEN.parse().unwrap();
    let quota = Pacer::new(1, Duration::from_millis(100));
    let client = Client::builder().base_url(service.base_url()).tokens(token).quota(quota);
    let client = client.build().unwrap();
    let (one, two) = (NonZeroUsize::MIN, NonZeroUsize::new(2).unwrap());

    let targets = Targets::hwids(["device123", "device456", "device789"]).unwrap();
    let mut outcomes = client.unexempt(&targets).batch_size(one).concurrency(two).outcomes();
    let mut seen = 0;
    while outcomes.next().await.is_some() {
        // The next request waits for the quota, and nobody polls it meanwhile.
        let other = Targets::hwids(["laptop-001"]).unwrap();
        let call = tokio::time::timeout(Duration::from_secs(60), client.unexempt(&other));
        call.await.expect("a slot for this call, too").unwrap();
        seen += 1;
    }
    assert_eq!(seen, 3);
}
