//! Documents that are not ours, and what comes of them; and what comes of wrong ones. `tests/fixtures` compiles and
//! exercises the same.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;

use insta::assert_snapshot;
use it_access_codegen::{Document, Error, Settings, generate_client, generate_httpmock};

const LAMP: &str = include_str!("lamp.yaml");

fn settings() -> Settings {
    Settings::new("make generate", "lamp.yaml").with_client("lamp_api")
}

fn client(text: &str) -> Result<String, Error> {
    generate_client(&Document::parse(text)?, &settings())
}

#[test]
fn a_client() {
    assert_snapshot!(client(LAMP).unwrap());
}

#[test]
fn the_mocks() {
    let document = Document::parse(LAMP).unwrap();
    assert_snapshot!(generate_httpmock(&document, &settings()).unwrap());
}

/// Client and mocks of a fixture document, with all that can be asked for.
fn fixture(name: &str) -> (String, String) {
    let documents = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/documents");
    let document = Document::parse(&fs::read_to_string(format!("{documents}/{name}")).unwrap());
    let document = document.unwrap();
    let settings = Settings::new("make generate", name)
        .with_client("crate::fixture")
        .with_schemars("schemars");
    (
        generate_client(&document, &settings).unwrap(),
        generate_httpmock(&document, &settings).unwrap(),
    )
}

#[test]
fn the_library() {
    let (client, mocks) = fixture("library.yaml");
    assert_snapshot!("library_client", client);
    assert_snapshot!("library_mocks", mocks);
}

#[test]
fn the_sensors() {
    let (client, mocks) = fixture("sensors.json");
    assert_snapshot!("sensors_client", client);
    assert_snapshot!("sensors_mocks", mocks);
}

#[test]
fn json_gives_the_same_as_yaml() {
    let document = Document::parse(LAMP).unwrap();
    let as_json = serde_json::to_string_pretty(document.json()).unwrap();
    let without_header = |code: String| code.lines().skip(2).collect::<Vec<_>>().join("\n");
    assert_eq!(without_header(client(&as_json).unwrap()), without_header(client(LAMP).unwrap()));
}

#[test]
fn wrong_documents_are_refused_with_a_reason() {
    let cases = [
        (
            "x-enum-varnames: [Off, On]",
            "x-enum-varnames: [Off]",
            "schema `Power`: `enum` has 2 values, `x-enum-varnames` has 1",
        ),
        (
            "x-enum-varnames: [Off, On]",
            "x-enum-varnames: On",
            "schema `Power`: `x-enum-varnames` is not a list of strings",
        ),
        (
            "x-enum-varnames: [Off, On]",
            "x-enum-varnames: [Off, 2nd]",
            "schema `Power`: `2nd` is not a Rust identifier",
        ),
        (
            "x-enum-varnames: [Off, On]",
            "x-enum-varnames: [Off, On]\n      x-enum-descriptions: [dark]",
            "schema `Power`: `enum` has 2 values, `x-enum-descriptions` has 1",
        ),
        ("openapi: 3.0.3", "openapi: 3.1.0", "progenitor cannot generate from the document"),
        ("paths:", "path:", "the document is not OpenAPI 3.0: missing field `paths`"),
        ("info:", "info: [", "the document is not YAML"),
    ];
    for (part, instead, expected) in cases {
        assert!(LAMP.contains(part), "{part}");
        let message = client(&LAMP.replacen(part, instead, 1)).unwrap_err().to_string();
        assert!(message.contains(expected), "{instead}: {message}");
    }
}

#[test]
fn wrong_settings_are_refused_with_a_reason() {
    let document = Document::parse(LAMP).unwrap();
    let wrong = Settings::new("", "").with_client("lamp-api");
    assert_eq!(
        generate_httpmock(&document, &wrong).unwrap_err().to_string(),
        "setting `client`: `lamp-api` is not a Rust path"
    );
}
