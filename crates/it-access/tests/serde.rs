//! The form in which reports and identifiers are read and written.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use it_access::{
    ActionReport, ActionStatus, BulkReport, Client, DeviceReport, DeviceState, ExemptFor, GroupId,
    Hwid, MacAddress, Targets, UnaskedResult,
};
use it_access_sim::{Fleet, Service};
use serde_json::{Value, json, to_value};

const STATES: [(DeviceState, &str, Option<i64>); 7] = [
    (DeviceState::Reported(ActionStatus::Applied), "applied", Some(1)),
    (DeviceState::Reported(ActionStatus::Failed), "failed", Some(0)),
    (DeviceState::Reported(ActionStatus::NotSupported), "not_supported", Some(-1)),
    (DeviceState::Reported(ActionStatus::Other(7)), "other", Some(7)),
    (DeviceState::Unreported, "unreported", None),
    (DeviceState::Unknown, "unknown", None),
    (DeviceState::Unprocessed, "unprocessed", None),
];

#[test]
fn writes_a_device_with_its_state_and_code() {
    let id = Targets::hwids(["device123"]).unwrap().iter().next().unwrap();
    for (state, name, code) in STATES {
        let device = DeviceReport { id: id.clone(), state };
        assert_eq!(
            serde_json::to_string(&device).unwrap(),
            format!(r#"{{"id":"device123","state":"{name}","code":{}}}"#, json!(code))
        );
        assert_eq!(to_value(state).unwrap(), json!({ "state": name, "code": code }));
    }
}

#[test]
fn writes_the_total_before_the_counts() {
    let targets = Targets::mac_addresses(["00-0C-29-CD-C7-B2"]).unwrap();
    let report = ActionReport::uniform(&targets, DeviceState::Unknown);
    assert_eq!(
        serde_json::to_string(&report.counts()).unwrap(),
        r#"{"total":1,"applied":0,"failed":0,"not_supported":0,"other":0,"unreported":0,"unknown":1,"unprocessed":0}"#
    );
    let device = json!({ "id": "00:0c:29:cd:c7:b2", "state": "unknown", "code": null });
    assert_eq!(to_value(&report).unwrap(), json!({ "devices": [device], "unasked": [] }));
}

#[test]
fn writes_what_was_not_asked_for() {
    let unasked = UnaskedResult { key: "stranger".to_owned(), status: ActionStatus::Applied };
    assert_eq!(to_value(&unasked).unwrap(), json!({ "key": "stranger", "code": 1 }));
}

#[tokio::test]
async fn writes_a_whole_run() {
    assert_eq!(
        to_value(vendors_example().await).unwrap(),
        json!({
            "devices": [
                { "id": "device123", "state": "not_supported", "code": -1 },
                { "id": "device456", "state": "failed", "code": 0 },
                { "id": "device789", "state": "applied", "code": 1 },
            ],
            "unasked": [],
            "requests": 1,
        })
    );
}

#[test]
fn reads_what_it_writes() {
    assert_eq!(read::<Hwid>("device123").unwrap(), "device123");
    assert_eq!(read::<GroupId>("finance").unwrap(), "finance");
    assert_eq!(read::<MacAddress>("000C.29CD.C7B2").unwrap(), "00:0c:29:cd:c7:b2");
    for code in [-1, 0, 1, 7] {
        let status: ActionStatus = serde_json::from_value(json!(code)).unwrap();
        assert_eq!(to_value(status).unwrap(), code);
    }
}

#[test]
fn refuses_what_the_types_refuse() {
    for (error, reason) in [
        (read::<Hwid>("").unwrap_err(), "is empty"),
        (read::<GroupId>(" finance").unwrap_err(), "has spaces around it"),
        (read::<MacAddress>("device123").unwrap_err(), "is not a MAC address"),
    ] {
        assert!(error.to_string().contains(reason), "{error}");
    }
}

#[cfg(feature = "schemars")]
#[tokio::test]
async fn a_report_is_what_its_schema_says() {
    use it_access::Counts;
    use schemars::schema_for;

    let schema = schema_for!(BulkReport).to_value();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let report = to_value(vendors_example().await).unwrap();
    let error = validator.validate(&report).err();
    assert!(error.is_none(), "{error:?} by {schema:#}");
    for (member, wrong) in [
        ("/devices/0/state", json!("perhaps")),
        ("/devices/0/code", json!("1")),
        ("/devices/0/id", json!(1)),
        ("/unasked", json!([{ "key": "stranger" }])),
        ("/requests", json!(-1)),
    ] {
        let mut report = report.clone();
        *report.pointer_mut(member).unwrap() = wrong;
        assert!(!validator.is_valid(&report), "{member} by {schema:#}");
    }

    let counts = jsonschema::draft202012::new(&schema_for!(Counts).to_value()).unwrap();
    assert!(counts.is_valid(&to_value(Counts::default()).unwrap()));
    assert!(!counts.is_valid(&json!({ "applied": 1 })));
}

/// Reads a text as `T`, and writes it again.
fn read<T>(text: &str) -> serde_json::Result<Value>
where
    T: serde::Serialize + serde::de::DeserializeOwned,
{
    to_value(serde_json::from_value::<T>(json!(text))?)
}

async fn vendors_example() -> BulkReport {
    let service = Service::new(Fleet::example(), "example-token");
    let service = service.listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let client =
        Client::with_base_url(&service.base_url(), "example-token".parse().unwrap()).unwrap();
    let targets = Targets::hwids(["device123", "device456", "device789"]).unwrap();
    client.exempt(&targets, ExemptFor::hours(60).unwrap()).await.unwrap()
}
