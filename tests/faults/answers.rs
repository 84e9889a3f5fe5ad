//! Successes: what is in them, and what is made of it.

use integration_tests::{RawServer, canary::everything_of, http, json};
use it_access::{DeviceAction, ErrorKind::MaybeApplied, Targets};

use crate::support::{assert_no_answer, client_of, delete_from};

#[tokio::test]
async fn each_device_comes_out_once_whatever_the_keys() {
    let cases = [
        (r#"{"a":1,"b":0,"c":-1}"#, "applied, failed, not supported", 0),
        (r#"{"a":2,"b":-2,"c":1}"#, "other (2), other (-2), applied", 0),
        (r#"{"b":1}"#, "unreported, applied, unreported", 0),
        ("{}", "unreported, unreported, unreported", 0),
        (r#"{"a":1,"b":1,"c":1,"d":1}"#, "applied, applied, applied", 1),
        (r#"{"a":1,"b":1,"c":1,"a":1}"#, "applied, applied, applied", 0),
        (r#"{"a":1,"b":1,"c":1,"a":0}"#, "unknown, applied, applied", 0),
        (r#"{"A":1,"b":1,"c":1}"#, "unreported, applied, applied", 1),
        (r#"{"\u0061":1,"b":1,"c":1}"#, "applied, applied, applied", 0),
    ];
    for (body, states, unasked) in cases {
        let server = RawServer::answering(json(body));
        let report = delete_from(server.base_url()).await.unwrap();
        let found: Vec<String> =
            report.devices().iter().map(|device| device.state.to_string()).collect();
        assert_eq!(
            (found.join(", ").as_str(), report.unasked().len()),
            (states, unasked),
            "{body}"
        );
        assert_eq!(report.counts().total(), 3, "{body}");
    }
}

#[tokio::test]
async fn a_long_answer_is_read_to_its_end() {
    let others: String = (0..20_000).map(|number| format!(r#""other{number}":1,"#)).collect();
    let server = RawServer::answering(json(&format!(r#"{{{others}"c":1}}"#)));
    let report = delete_from(server.base_url()).await.unwrap();
    assert_eq!(report.counts().to_string(), "3 devices: 1 applied, 2 unreported");
    assert_eq!(report.unasked().len(), 20_000);
}

#[tokio::test]
async fn mac_addresses_are_found_in_upper_case() {
    let server = RawServer::answering(json(r#"{"00:0C:29:CD:C7:B3":0,"00:0C:29:CD:C7:B2":1}"#));
    let targets = Targets::mac_addresses(["00:0c:29:cd:c7:b2", "00:0c:29:cd:c7:b3"]).unwrap();
    let client = client_of(server.base_url()).build().unwrap();
    let (report, _) = client.request(&DeviceAction::Delete, &targets).await.unwrap();
    assert_eq!(report.counts().to_string(), "2 devices: 1 applied, 1 failed");
    assert!(report.devices()[0].state.is_applied());
}

#[tokio::test]
async fn what_cannot_be_read_leaves_it_open_what_happened() {
    for body in [
        "",
        "null",
        "7",
        r#"["a","b","c"]"#,
        r#"{"a":{"b":1}}"#,
        r#"{"a":"1","b":1,"c":1}"#,
        r#"{"a":1.5,"b":1,"c":1}"#,
        r#"{"a":null,"b":1,"c":1}"#,
        r#"{"a":99999999999999999999,"b":1,"c":1}"#,
        r#"{"a":1,"b":1,"c":1"#,
        r#"{"a":1,"b":1,"c":1} and so on"#,
        "<!DOCTYPE html><title>Sign in</title>",
    ] {
        let server = RawServer::answering(json(body));
        let error = delete_from(server.base_url()).await.expect_err(body);
        assert_no_answer(&error, MaybeApplied, "cannot be read");
        assert_eq!(server.requests().len(), 1, "{body}");
    }
}

#[tokio::test]
async fn an_error_is_short_however_much_the_answer_says() {
    let body = format!(r#"{{"a":"{}"}}"#, "x".repeat(1_000_000));
    let server = RawServer::answering(json(&body));
    let error = delete_from(server.base_url()).await.unwrap_err();
    let text = everything_of(&error);
    assert!(text.contains("invalid type: string") && text.len() < 5_000, "{text}");
}

#[tokio::test]
async fn what_is_no_utf_8_is_not_guessed() {
    let mut answer = json(r#"{"a":1,"b":1,"?":1}"#).into_bytes();
    answer.iter_mut().filter(|byte| **byte == b'?').for_each(|byte| *byte = 0xff);
    let server = RawServer::answering(answer);
    let error = delete_from(server.base_url()).await.unwrap_err();
    assert_no_answer(&error, MaybeApplied, "cannot be read");
}

/// `{"a":1}`, packed.
const GZIP: [u8; 27] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 74, 84, 178, 50, 172, 5, 0, 175, 172, 27, 86, 7, 0,
    0, 0,
];

#[tokio::test]
async fn what_nobody_asked_to_be_packed_is_not_unpacked() {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
        GZIP.len()
    );
    let server = RawServer::answering([head.as_bytes(), &GZIP].concat());
    let error = delete_from(server.base_url()).await.unwrap_err();
    assert_no_answer(&error, MaybeApplied, "cannot be read");
}

/// The body counts, not what it is declared as: not to read it would leave open what is known.
#[tokio::test]
async fn right_json_is_read_whatever_it_is_declared_as() {
    for declared in ["content-type: text/html\n", "content-type: ///\n", ""] {
        let server = RawServer::answering(http("200 OK", declared, r#"{"a":1,"b":1,"c":1}"#));
        let report = delete_from(server.base_url()).await.unwrap();
        assert_eq!(report.counts().applied, 3, "{declared}");
    }
}

/// The vendor documents 200 alone.
#[tokio::test]
async fn another_success_is_not_taken_for_an_answer() {
    for status in ["201 Created", "202 Accepted", "204 No Content", "206 Partial Content"] {
        let body = if status.starts_with("204") { "" } else { r#"{"a":1,"b":1,"c":1}"# };
        let server = RawServer::answering(http(status, "", body));
        let error = delete_from(server.base_url()).await.expect_err(status);
        assert_eq!(error.kind(), MaybeApplied, "{status}");
        assert!(error.status().is_some(), "{status}");
    }
}
