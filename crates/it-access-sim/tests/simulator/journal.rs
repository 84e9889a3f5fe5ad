//! What the simulator knows of what really happened.

use it_access_sim::{ActionName, Endpoint, FaultName};

use crate::{act, post, service};

#[test]
fn knows_what_was_applied_whatever_the_client_was_told() {
    let simulator = service().simulate();
    let delete = r#"{"types":"delete","ids":["laptop-001","nobody"]}"#;
    let renew = r#"{"types":"dhcprenew","ids":["laptop-002","laptop-002","ondemand-001"]}"#;

    for fault in ["reset-before-apply:next=1", "http-500-before-apply:nth=2"] {
        simulator.add_fault(fault.parse().unwrap());
    }
    let _ = act(&simulator, delete);
    let _ = act(&simulator, delete);
    assert_eq!(simulator.times_applied("laptop-001", ActionName::Delete), 0);

    simulator.clear_faults();
    simulator.add_fault("reset-after-apply:next=3".parse().unwrap());
    for body in [delete, delete, renew] {
        let _ = act(&simulator, body);
    }
    let _ = act(&simulator, renew);
    assert_eq!(simulator.times_applied("laptop-001", ActionName::Delete), 1);
    assert_eq!(simulator.times_applied("nobody", ActionName::Delete), 0);
    assert_eq!(simulator.times_applied("laptop-002", ActionName::RenewDhcp), 2);
    let applications = simulator.applications();
    let applications: Vec<_> =
        applications.iter().map(|it| (&*it.hwid, it.action, it.times)).collect();
    assert_eq!(
        applications,
        [("laptop-001", ActionName::Delete, 1), ("laptop-002", ActionName::RenewDhcp, 2)]
    );
}

#[test]
fn logs_every_request_without_secrets() {
    let simulator = service().with_oauth_client("canary", "canary").with_log_length(4).simulate();
    simulator.add_fault("reset-after-apply:next=1".parse().unwrap());
    let _ = act(&simulator, r#"{"types":"exempt","ids":["laptop-001","nobody"]}"#);
    let _ = act(&simulator, r#"{"types":"exempt","ids":["device123"]}"#);
    let json = "application/json";
    let _ = post(&simulator, "/o/api/v3/devices/action?access_token=canary", json, "canary");
    let _ = post(&simulator, "/canary", json, "canary");
    let form = "grant_type=client_credentials&client_id=canary&client_secret=canary";
    let _ = post(&simulator, "/o/oauth/token", "application/x-www-form-urlencoded", form);

    let log = simulator.log();
    assert_eq!(simulator.requests_received(), 5);
    let action = Some(Endpoint::DeviceAction);
    let rows: Vec<_> = log
        .iter()
        .map(|it| (it.number, it.endpoint, it.action, it.status.map(|status| status.as_u16())))
        .collect();
    assert_eq!(
        rows,
        [
            (2, action, Some(ActionName::Exempt), Some(200)),
            (3, action, None, Some(401)),
            (4, None, None, Some(404)),
            (5, Some(Endpoint::Token), None, Some(200)),
        ]
    );
    assert!(!format!("{log:?}").contains("canary"), "{log:?}");
}

#[test]
fn logs_the_faults_that_struck_and_the_devices_that_changed() {
    let simulator = service().with_fault("reset-after-apply".parse().unwrap()).simulate();
    let _ = act(&simulator, r#"{"types":"exempt","ids":["laptop-001","nobody","device123"]}"#);
    let [entry] = simulator.log().try_into().unwrap();
    assert_eq!(entry.faults, [FaultName::ResetAfterApply]);
    assert_eq!(entry.applied.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), ["laptop-001"]);
    assert_eq!(entry.status, None);
}
