//! The control interface.

use it_access_sim::{ActionName, Fleet, Simulator};
use serde_json::{Value, json};

use crate::{BODY, act, header, post, service, status_of, text_of};

fn controlled() -> Simulator {
    service().with_control().simulate()
}

fn control(simulator: &Simulator, method: &str, path: &str) -> Value {
    let request = http::Request::builder().method(method).uri(path).body("").unwrap();
    let reply = simulator.respond(&request);
    assert_eq!(status_of(&reply), 200, "{method} {path}: {}", text_of(&reply));
    serde_json::from_str(text_of(&reply)).unwrap()
}

fn send(simulator: &Simulator, path: &str, body: &str) -> (u16, Value) {
    let reply = post(simulator, path, "application/json", body);
    (status_of(&reply), serde_json::from_str(text_of(&reply)).unwrap())
}

#[test]
fn is_off_unless_it_was_asked_for() {
    let simulator = service().simulate();
    let request = http::Request::get("/_sim/devices").body("").unwrap();
    assert_eq!(status_of(&simulator.respond(&request)), 404);
}

#[test]
fn shows_the_devices_as_a_fleet_file() {
    let simulator = controlled();
    let request = http::Request::get("/_sim/devices").body("").unwrap();
    let reply = simulator.respond(&request);
    assert_eq!(Fleet::from_json(text_of(&reply)), Ok(Fleet::example()));
    assert_eq!(simulator.requests_received(), 0, "control requests are not the client's");
}

#[test]
fn shows_what_happened() {
    let simulator = controlled();
    simulator.add_fault("reset-after-apply:next=1".parse().unwrap());
    let _ = act(&simulator, r#"{"types":"delete","ids":["laptop-001","nobody"]}"#);
    let mut log = control(&simulator, "GET", "/_sim/log");
    let at = log["requests"][0].as_object_mut().unwrap().remove("at_seconds");
    assert!(at.is_some_and(|at| at.is_f64()));
    assert_eq!(
        log,
        json!({
            "received": 1,
            "requests": [{
                "number": 1,
                "method": "POST",
                "endpoint": "action",
                "action": "delete",
                "applied_to": ["laptop-001"],
                "faults": ["reset-after-apply"],
                "status": null,
            }],
        })
    );
    assert_eq!(
        control(&simulator, "GET", "/_sim/applied"),
        json!([{ "hwid": "laptop-001", "action": "delete", "times": 1 }])
    );
    assert_eq!(simulator.times_applied("laptop-001", ActionName::Delete), 1);
}

#[test]
fn sets_and_takes_away_faults() {
    let simulator = controlled();
    let faults = r#"{"faults":["unauthorized:next=2","missing-key"]}"#;
    let set = json!({ "faults": ["unauthorized:next=2", "missing-key"] });
    assert_eq!(send(&simulator, "/_sim/faults", faults), (200, set.clone()));
    assert_eq!(control(&simulator, "GET", "/_sim/faults"), set);
    assert_eq!(status_of(&act(&simulator, BODY)), 401);
    assert_eq!(control(&simulator, "DELETE", "/_sim/faults"), json!({ "faults": [] }));
    assert_eq!(text_of(&act(&simulator, BODY)), r#"{"laptop-001":1}"#);
}

#[tokio::test(start_paused = true)]
async fn puts_the_clock_forward() {
    let simulator = controlled();
    let before = control(&simulator, "GET", "/_sim/clock");
    let (status, after) = send(&simulator, "/_sim/clock", r#"{"advance_seconds":3600.5}"#);
    assert_eq!(status, 200);
    for clock in ["seconds_since_start", "unix_seconds"] {
        let passed = after[clock].as_f64().unwrap() - before[clock].as_f64().unwrap();
        assert!((3600.49..3600.51).contains(&passed), "{clock}: {passed}");
    }
}

#[test]
fn revokes_tokens() {
    let simulator = controlled();
    assert_eq!(control(&simulator, "DELETE", "/_sim/tokens"), json!({ "revoked": "all" }));
    assert_eq!(status_of(&act(&simulator, BODY)), 401);
}

#[test]
fn says_what_is_wrong_and_where_and_changes_nothing() {
    let simulator = controlled();
    for (path, body, status, error) in [
        (
            "/_sim/faults",
            "{\n  nonsense",
            400,
            json!({ "error": "key must be a string", "line": 2, "column": 3 }),
        ),
        (
            "/_sim/faults",
            "{\"faults\":\n\n7}",
            400,
            json!({ "error": "invalid type: integer `7`, expected a sequence", "line": 3, "column": 1 }),
        ),
        (
            "/_sim/faults",
            r#"[["unauthorized"]]"#,
            400,
            json!({ "error": "invalid type: sequence, expected an object", "line": 1, "column": 0 }),
        ),
        (
            "/_sim/clock",
            "\n[60]",
            400,
            json!({ "error": "invalid type: sequence, expected an object", "line": 2, "column": 0 }),
        ),
        (
            "/_sim/faults",
            r#"{"faults":["unauthorized","latency:ms=x"]}"#,
            400,
            json!({ "error": "`faults[1]`: `ms=x`: milliseconds, such as 200 or 50..1500, is needed" }),
        ),
        (
            "/_sim/clock",
            r#"{"advance_seconds":-1}"#,
            400,
            json!({ "error": "`advance_seconds` must be a number from 0 to 3153600000" }),
        ),
        (
            "/_sim/clock",
            r#"{"advance_seconds":1e300}"#,
            400,
            json!({ "error": "`advance_seconds` must be a number from 0 to 3153600000" }),
        ),
        ("/_sim/log", "{}", 405, json!({ "error": "this takes GET" })),
        (
            "/_sim/nothing",
            "{}",
            404,
            json!({ "error": "there are /_sim/devices, log, applied, faults, clock and tokens" }),
        ),
    ] {
        assert_eq!(send(&simulator, path, body), (status, error), "{path} {body}");
    }
    let untyped = post(&simulator, "/_sim/faults", "text/plain", r#"{"faults":["unauthorized"]}"#);
    assert_eq!(status_of(&untyped), 415);
    let log = post(&simulator, "/_sim/log", "application/json", "{}");
    assert_eq!(header(&log, "allow"), Some("GET"));
    assert!(simulator.faults().is_empty());
}
