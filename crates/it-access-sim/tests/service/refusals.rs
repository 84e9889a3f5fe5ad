//! Requests that are refused as a whole.

use it_access_sim::{DEFAULT_ACCESS_TOKEN, Fleet};
use reqwest::header::{ALLOW, CONTENT_TYPE};
use reqwest::{Method, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::{BODY, PATH, QUERY, Simulation, answer, within_seconds};

#[tokio::test]
async fn refuses_in_the_documented_order_with_the_documented_status() {
    let sim = Simulation::start().await;
    let good = format!("{PATH}?{QUERY}");
    let good = good.as_str();
    let twice = format!("{PATH}?{QUERY}&{QUERY}");
    let json = "application/json";

    // Each request has one fault more than the one below it, so that the table also shows the
    // order.
    for (method, target, content_type, body, status) in [
        (Method::GET, "/o/api/v3/devices/actions", "text/plain", "{", StatusCode::NOT_FOUND),
        (Method::GET, PATH, "text/plain", "{", StatusCode::METHOD_NOT_ALLOWED),
        (Method::POST, PATH, "text/plain", "{", StatusCode::UNAUTHORIZED),
        (Method::POST, good, "text/plain", "{", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (Method::POST, good, json, "{", StatusCode::BAD_REQUEST),
        (Method::POST, good, json, BODY, StatusCode::OK),
        // Other faults of each kind.
        (Method::POST, "/", json, BODY, StatusCode::NOT_FOUND),
        (Method::POST, "/o/api/v3/devices/action/", json, BODY, StatusCode::NOT_FOUND),
        (Method::POST, "/o/api/v3.1/devices/action", json, BODY, StatusCode::NOT_FOUND),
        (Method::PUT, good, json, BODY, StatusCode::METHOD_NOT_ALLOWED),
        (Method::DELETE, good, json, BODY, StatusCode::METHOD_NOT_ALLOWED),
        (Method::OPTIONS, good, json, "", StatusCode::METHOD_NOT_ALLOWED),
        (Method::POST, &twice, json, BODY, StatusCode::UNAUTHORIZED),
        (Method::POST, good, "application/jsonx", BODY, StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (Method::POST, good, "", BODY, StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (Method::POST, good, "Application/JSON; charset=utf-8", BODY, StatusCode::OK),
    ] {
        let case = format!("{method} {target} {content_type} {body}");
        let request = sim.request(method, target).header(CONTENT_TYPE, content_type);
        let (answered, text) = answer(request.body(body)).await;
        assert_eq!(answered, status, "{case}");
        assert!(!text.is_empty(), "{case}: no text");
        assert!(!text.contains(DEFAULT_ACCESS_TOKEN), "{case}: {text}");
    }

    let untyped = sim.request(Method::POST, good).body(BODY);
    assert_eq!(answer(untyped).await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn names_the_allowed_method() {
    let sim = Simulation::start().await;
    let response = sim.request(Method::GET, PATH).send().await.expect("an answer");
    assert_eq!(response.headers()[ALLOW], "POST");
}

#[tokio::test]
async fn no_error_repeats_what_was_sent() {
    let sim = Simulation::start().await;
    for token in ["canary", "canary&access_token=canary", "%63anary"] {
        let request = sim.request(Method::POST, &format!("{PATH}?access_token={token}"));
        let (status, text) = answer(request.body(BODY)).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{token}");
        assert!(!text.contains("canary"), "{text}");
    }
    for body in [
        r#"{"types":"canary","ids":["a"]}"#,
        r#"{"types":"delete","ids":"canary"}"#,
        r#"{"types":"delete","ids":["a"],"canary":1}"#,
        r#"{"types":"delete","ids":["a"],"params":{"canary":1}}"#,
        r#"{"types":"delete","ids":["a"],"params":{"exempt_time":"canary"}}"#,
        r#"{"canary":1,"canary":1}"#,
        r#""canary"#,
        "canary",
    ] {
        let (status, text) = sim.post(body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
        assert!(!text.contains("canary"), "{text}");
    }
}

#[tokio::test]
async fn says_what_is_wrong_with_a_body_and_changes_nothing() {
    let sim = Simulation::start().await;
    let body = r#"{"types":"delete","ids":["laptop-001",""]}"#;
    let (status, text) = sim.post(body).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(text, "`ids[1]` must be a string that is not empty");
    assert_eq!(sim.service.fleet(), Fleet::example());
}

#[tokio::test]
async fn refuses_a_body_above_4_mib() {
    const LIMIT: usize = 4 << 20;
    let sim = Simulation::start().await;
    let head = format!(
        "POST {PATH}?{QUERY} HTTP/1.1\r\nhost: sim\r\nconnection: close\r\ncontent-type: application/json\r\n"
    );

    // Announced, and refused before it is sent.
    let announced = format!("{head}content-length: {}\r\n\r\n", LIMIT + 1);
    let answer = exchange(&sim, announced.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");

    // Not announced, so that it must be counted.
    let mut chunked =
        format!("{head}transfer-encoding: chunked\r\n\r\n{:x}\r\n", LIMIT + 1).into_bytes();
    chunked.resize(chunked.len() + LIMIT + 1, b' ');
    let answer = exchange(&sim, &chunked).await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");

    let padding = " ".repeat(LIMIT - BODY.len());
    assert_eq!(sim.act(&format!("{BODY}{padding}")).await, r#"{"laptop-001":1}"#);
}

#[tokio::test]
async fn a_client_that_writes_a_body_to_its_end_before_it_reads_learns_that_it_was_refused() {
    const LENGTH: usize = 8 << 20;
    let sim = Simulation::start().await;
    let json = "content-type: application/json";
    for (head, end) in [
        (format!("{json}\r\ncontent-length: {LENGTH}\r\n\r\n"), ""),
        (format!("{json}\r\ntransfer-encoding: chunked\r\n\r\n{LENGTH:x}\r\n"), "\r\n0\r\n\r\n"),
    ] {
        let head = format!("POST {PATH}?{QUERY} HTTP/1.1\r\nhost: sim\r\n{head}");
        let bytes = [head.as_bytes(), &vec![b' '; LENGTH], end.as_bytes()].concat();
        let answer = exchange(&sim, &bytes).await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{head}: {answer}");
    }
    assert_eq!(sim.act(BODY).await, r#"{"laptop-001":1}"#);
}

/// Sends bytes over a connection of its own and reads to the end.
async fn exchange(sim: &Simulation, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(sim.service.local_addr()).await.expect("a connection");
    let mut answer = String::new();
    within_seconds(async {
        stream.write_all(bytes).await.expect("all was read");
        stream.read_to_string(&mut answer).await.expect("an answer");
    })
    .await;
    answer
}
