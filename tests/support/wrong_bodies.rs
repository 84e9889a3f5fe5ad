//! Bodies that do not fit the document.

use serde_json::{Value, json};

/// Wrong requests.
#[must_use]
pub fn wrong_requests() -> [(&'static str, Value); 16] {
    [
        ("neither list", json!({"types": "delete"})),
        ("both lists", json!({"types": "delete", "ids": ["a"], "macs": ["b"]})),
        ("an empty list", json!({"types": "delete", "ids": []})),
        ("an empty list of MAC addresses", json!({"types": "delete", "macs": []})),
        ("an empty id", json!({"types": "delete", "ids": [""]})),
        ("an id that is a number", json!({"types": "delete", "ids": [1]})),
        ("a list that is a string", json!({"types": "delete", "ids": "a"})),
        ("no action", json!({"ids": ["a"]})),
        ("an unknown action", json!({"types": "reboot", "ids": ["a"]})),
        ("an action of v3.1", json!({"types": "fetch_agent_log", "ids": ["a"]})),
        ("65000 hours", json!({"types": "exempt", "ids": ["a"], "params": {"exempt_time": 65000}})),
        ("-1 hours", json!({"types": "exempt", "ids": ["a"], "params": {"exempt_time": -1}})),
        ("half an hour", json!({"types": "exempt", "ids": ["a"], "params": {"exempt_time": 0.5}})),
        ("an extra key", json!({"types": "delete", "ids": ["a"], "force": true})),
        ("an extra parameter", json!({"types": "delete", "ids": ["a"], "params": {"opt": 1}})),
        ("no object", json!([])),
    ]
}

/// Wrong answers.
#[must_use]
pub fn wrong_answers() -> [(&'static str, Value); 5] {
    [
        ("an unknown code", json!({"a": 2})),
        ("half a code", json!({"a": 0.5})),
        ("a code that is a string", json!({"a": "1"})),
        ("no code", json!({"a": null})),
        ("no object", json!([1])),
    ]
}
