//! Which changes of the document break something, and for whom.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, sync::LazyLock};

use serde_json::{Value, json};
use xtask::{
    compatibility::{
        Audience::{self, Everyone, Generators, Readers, Senders},
        Oasdiff,
    },
    workspace::root,
};

const REQUEST: &str = "/components/schemas/DeviceActionRequestByIds";
const PARAMS: &str = "/components/schemas/DeviceActionParams/properties";
const OPERATION: &str = "/paths/~1o~1api~1v3~1devices~1action/post";

static OASDIFF: LazyLock<Oasdiff> =
    LazyLock::new(|| Oasdiff::install(&root().canonicalize().unwrap()).unwrap());

/// Where in the document something is changed: the value there, as it becomes. Nothing takes it away.
type Edit = (String, Option<Value>);

#[test]
#[ignore = "installs oasdiff, and needs Go"]
fn what_breaks_something_is_stopped() {
    let put = |parent: &str, path: &str, value: Value| (format!("{parent}{path}"), Some(value));
    let take = |parent: &str, path: &str| (format!("{parent}{path}"), None);
    let reason = json!({ "type": "string", "maxLength": 100 });
    let cases: [(&str, Edit, Option<Audience>); 22] = [
        (
            "a removed action",
            take("/components/schemas/DeviceActionType", "/enum/4"),
            Some(Senders),
        ),
        ("a narrowed bound", put(PARAMS, "/exempt_time/maximum", json!(720)), Some(Senders)),
        ("a bound from below", put(PARAMS, "/exempt_time/minimum", json!(1)), Some(Senders)),
        (
            "a new limit of a list",
            put(REQUEST, "/properties/ids/maxItems", json!(50)),
            Some(Senders),
        ),
        (
            "a new pattern",
            put("/components/schemas/Hwid", "/pattern", json!("^[0-9a-f]+$")),
            Some(Senders),
        ),
        (
            "a field that becomes required",
            put(REQUEST, "/required/2", json!("params")),
            Some(Senders),
        ),
        ("a removed field", take(PARAMS, "/group_id"), Some(Senders)),
        (
            "a removed alternative",
            take("/components/schemas/DeviceActionRequest", "/oneOf/1"),
            Some(Senders),
        ),
        (
            "a new result",
            put("/components/schemas/DeviceActionResult", "/enum/3", json!(2)),
            Some(Readers),
        ),
        (
            "a removed result",
            take("/components/schemas/DeviceActionResult", "/enum/0"),
            Some(Readers),
        ),
        (
            "a wider result",
            put("/components/schemas/DeviceActionResult", "/format", json!("int64")),
            Some(Readers),
        ),
        ("a removed status", take(OPERATION, "/responses/429"), Some(Readers)),
        (
            "a removed header",
            take(OPERATION, "/responses/200/headers/X-RateLimit-Limit"),
            Some(Readers),
        ),
        ("another operation id", put(OPERATION, "/operationId", json!("act")), Some(Generators)),
        (
            "another place for the token",
            put("/components/securitySchemes", "/AccessToken/name", json!("token")),
            Some(Everyone),
        ),
        ("a removed path", take("/paths", "/~1o~1api~1v3~1devices~1action"), Some(Everyone)),
        ("a new optional field", put(PARAMS, "/reason", reason), None),
        ("a new description", put(PARAMS, "/exempt_time/description", json!("Hours.")), None),
        (
            "a new action",
            put("/components/schemas/DeviceActionType", "/enum/8", json!("scan")),
            None,
        ),
        ("a wider bound", put(PARAMS, "/exempt_time/maximum", json!(99999)), None),
        ("a new status", put(OPERATION, "/responses/503", json!({ "description": "Down." })), None),
        ("a new example", put(PARAMS, "/exempt_time/example", json!(24)), None),
    ];
    let folder = tempfile::tempdir().unwrap();
    let released = root().join("openapi/released/3.0.1.json");
    let whole: Value = serde_json::from_str(&fs::read_to_string(&released).unwrap()).unwrap();
    for (name, (place, value), broken) in cases {
        let mut edited = whole.clone();
        edit(&mut edited, &place, value);
        edit(&mut edited, "/info/version", Some(json!("3.0.2")));
        let present = folder.path().join("present.json");
        fs::write(&present, edited.to_string()).unwrap();
        let comparison = OASDIFF.compare(&released, &present).unwrap();
        assert_eq!(comparison.objection().is_some(), broken.is_some(), "{name}: {comparison}");
        if let Some(audience) = broken {
            assert!(comparison.breakages_for(audience).next().is_some(), "{name}: {comparison}");
        }
    }
}

/// A comment changes the sum of the document that the editions name, and nothing else in them.
#[test]
#[ignore = "installs oasdiff, and needs Go"]
fn a_new_comment_is_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let released = root().join("openapi/released/3.0.1.json");
    let text = fs::read_to_string(&released).unwrap();
    for (part, replacement, changed) in [
        ("\"sha256\": \"", "\"sha256\": \"0", false),
        ("in one request", "in a single request", true),
    ] {
        let present = folder.path().join("present.json");
        fs::write(&present, text.replace(part, replacement)).unwrap();
        let comparison = OASDIFF.compare(&released, &present).unwrap();
        assert_eq!(comparison.changed, changed, "{part}");
        assert_eq!(comparison.objection().is_some(), changed, "{part}");
    }
}

fn edit(document: &mut Value, place: &str, value: Option<Value>) {
    let (parent, key) = place.rsplit_once('/').unwrap();
    let key = key.replace("~1", "/");
    match (document.pointer_mut(parent).unwrap(), value) {
        (Value::Object(object), Some(value)) => drop(object.insert(key, value)),
        (Value::Object(object), None) => drop(object.remove(&key).unwrap()),
        (Value::Array(array), Some(value)) => array.insert(key.parse().unwrap(), value),
        (Value::Array(array), None) => drop(array.remove(key.parse().unwrap())),
        (other, _) => panic!("nothing to edit in {other}"),
    }
}
