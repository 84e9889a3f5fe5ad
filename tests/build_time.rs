//! The client generated while building: by the feature `codegen` of `it-access-api`, in a real build.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{fs, path::Path, process::Command};

use integration_tests::root;
use serde_json::Value;

const DOCUMENT: &str = "openapi/device-action-v3.0.yaml";

/// Builds the client from `document`, or from the one that it takes by itself: the generated code, or what cargo said.
fn build(document: Option<&Path>) -> Result<String, String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .current_dir(root())
        .args(["build", "--package", "it-access-api", "--features", "codegen"])
        .args(["--offline", "--message-format", "json"]);
    match document {
        Some(path) => cargo.env("IT_ACCESS_OPENAPI", path),
        None => cargo.env_remove("IT_ACCESS_OPENAPI"),
    };
    let output = cargo.output().unwrap();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let messages = String::from_utf8(output.stdout).unwrap();
    let out_dir = messages
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .filter(|message| message["reason"] == "build-script-executed")
        .find(|message| message["package_id"].as_str().unwrap().contains("it-access-api"))
        .map(|message| message["out_dir"].as_str().unwrap().to_owned())
        .unwrap();
    Ok(fs::read_to_string(Path::new(&out_dir).join("generated.rs")).unwrap())
}

/// One test, because the builds share a folder.
#[test]
fn follows_the_document() {
    let committed =
        fs::read_to_string(root().join("crates/it-access-api/src/generated.rs")).unwrap();
    assert_eq!(build(None).unwrap(), committed, "build time and `cargo xtask codegen` differ");

    let folder = tempfile::tempdir().unwrap();
    let edition = folder.path().join("edition.yaml");
    let original = fs::read_to_string(root().join(DOCUMENT)).unwrap();
    fs::write(&edition, original.replace("limit: 10\n", "limit: 7\n")).unwrap();
    let changed = build(Some(&edition)).unwrap();
    assert!(changed.contains("limit: 7u32"), "{changed}");

    fs::write(&edition, original.replace("limit: 10\n", "limit: 12\n")).unwrap();
    let changed = build(Some(&edition)).unwrap();
    assert!(changed.contains("limit: 12u32"), "an edit of the edition was not seen");

    fs::write(&edition, original.replace("openapi: 3.0.3", "openapi: 3.1.0")).unwrap();
    let refused = build(Some(&edition)).unwrap_err();
    assert!(refused.contains("edition.yaml") && refused.contains("3.1.0"), "{refused}");
    assert!(!refused.contains("panicked"), "{refused}");

    let missing = build(Some(&folder.path().join("none.yaml"))).unwrap_err();
    assert!(missing.contains("none.yaml") && missing.contains("IT_ACCESS_OPENAPI"), "{missing}");
}
