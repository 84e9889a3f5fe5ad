//! Every fault, by its name, on a socket.

use std::collections::BTreeSet;
use std::io::{self, ErrorKind};

use it_access_sim::{ActionName, FAULTS, Fault, Fleet, Service};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::{PATH, QUERY, Simulation, loopback, within_seconds};

const BY_HWID: &str = r#"{"types":"re-identify","ids":["laptop-001","laptop-002"]}"#;
const BY_MAC: &str = r#"{"types":"re-identify","macs":["00:0c:29:cd:c7:b2"]}"#;
const ANSWER: &str = r#"{"laptop-001":1,"laptop-002":1}"#;

/// What a client finds on the wire.
#[derive(Debug)]
enum Wire {
    /// The connection is reset, and nothing came before.
    Reset,
    /// The connection is closed, and nothing came before.
    Closed,
    /// The connection is closed after an answer of this status, with this line in its head, and with
    /// this body.
    Answer(u16, &'static str, String),
}

fn answer(status: u16, header: &'static str, body: &str) -> Wire {
    Wire::Answer(status, header, body.to_owned())
}

/// The fault, the request, what its client finds, and whether the action was applied.
fn table() -> Vec<(&'static str, &'static str, Wire, bool)> {
    let said = "a fault that was asked for";
    let length = "content-length: 31";
    let html = |status: &str| {
        format!(
            "<!DOCTYPE html>\n<html>\n<head><title>{status}</title></head>\n<body><h1>{status}</h1></body>\n</html>\n"
        )
    };
    vec![
        ("latency:ms=1", BY_HWID, answer(200, length, ANSWER), true),
        ("reset-before-apply", BY_HWID, Wire::Reset, false),
        ("reset-after-apply", BY_HWID, Wire::Reset, true),
        ("close-before-apply", BY_HWID, Wire::Closed, false),
        ("close-after-apply", BY_HWID, Wire::Closed, true),
        ("http-500-before-apply", BY_HWID, answer(500, "", said), false),
        ("http-503-after-apply", BY_HWID, answer(503, "", said), true),
        (
            "html-502-before-apply",
            BY_HWID,
            answer(502, "content-type: text/html; charset=utf-8", &html("502 Bad Gateway")),
            false,
        ),
        ("html-200-after-apply", BY_HWID, answer(200, "", &html("200 OK")), true),
        (
            "too-many-requests:retry-after=5",
            BY_HWID,
            answer(429, "retry-after: 5", "the account has sent more requests than its quota"),
            false,
        ),
        ("unauthorized", BY_HWID, answer(401, "", "the access token is not valid"), false),
        (
            "redirect",
            BY_HWID,
            answer(307, "location: https://elsewhere.invalid/", "this is elsewhere"),
            false,
        ),
        ("cut-off", BY_HWID, answer(200, length, &ANSWER[..15]), true),
        ("slow-body:bytes=3,ms=1", BY_HWID, answer(200, length, ANSWER), true),
        (
            "unknown-code:code=7,next=1",
            r#"{"types":"re-identify","ids":["laptop-001"]}"#,
            answer(200, "", r#"{"laptop-001":7}"#),
            true,
        ),
        (
            "missing-key",
            r#"{"types":"re-identify","ids":["laptop-001"]}"#,
            answer(200, "", "{}"),
            true,
        ),
        (
            "extra-key",
            BY_HWID,
            answer(200, "", r#"{"laptop-001":1,"laptop-002":1,"unasked-001":1}"#),
            true,
        ),
        (
            "duplicate-key",
            r#"{"types":"re-identify","ids":["laptop-001"]}"#,
            answer(200, "", r#"{"laptop-001":1,"laptop-001":0}"#),
            true,
        ),
        ("mac-echo", BY_MAC, answer(200, "", r#"{"00:0C:29:CD:C7:B2":1}"#), true),
        ("content-type", BY_HWID, answer(200, "content-type: text/html", ANSWER), true),
    ]
}

/// These never end by themselves, and have tests of their own below.
const UNENDING: [&str; 3] = ["silence-before-apply", "silence-after-apply", "endless-body"];

#[tokio::test]
async fn every_fault_does_what_it_says() {
    for (fault, body, wire, applied) in table() {
        let sim = failing(fault).await;
        match (wire, exchange(&sim, body).await) {
            (Wire::Reset, Err(error)) => assert_eq!(error.kind(), ErrorKind::ConnectionReset),
            (Wire::Closed, Ok(text)) => assert_eq!(text, "", "{fault}"),
            (Wire::Answer(status, header, body), Ok(text)) => {
                let (head, sent) = text.split_once("\r\n\r\n").expect("a head");
                assert!(head.starts_with(&format!("HTTP/1.1 {status} ")), "{fault}: {head}");
                assert!(head.contains(header), "{fault}: {head}");
                assert_eq!(sent, body, "{fault}");
            }
            (wire, found) => panic!("{fault}: {wire:?} was expected, and there was {found:?}"),
        }
        assert_eq!(was_applied(&sim), applied, "{fault}");
    }
}

#[test]
fn no_fault_is_left_out() {
    let name = |fault: &str| fault.parse::<Fault>().expect("a fault").name();
    let tested: BTreeSet<_> =
        table().iter().map(|row| name(row.0)).chain(UNENDING.map(name)).collect();
    assert_eq!(tested, FAULTS.iter().map(|fault| fault.name).collect());
}

/// Waits until so many requests have come.
async fn has_received(sim: &Simulation, requests: u64) {
    within_seconds(async {
        while sim.service.simulator().requests_received() < requests {
            tokio::task::yield_now().await;
        }
    })
    .await;
}

#[tokio::test]
async fn silence_lasts_until_the_service_ends() {
    for (fault, applied) in [("silence-before-apply", false), ("silence-after-apply", true)] {
        let sim = failing(fault).await;
        let mut stream = connect(&sim).await;
        stream.write_all(request(BY_HWID).as_bytes()).await.expect("it is sent");
        has_received(&sim, 1).await;
        assert_eq!(was_applied(&sim), applied, "{fault}");
        within_seconds(sim.service.shutdown()).await;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.expect("it is closed");
        assert!(answer.is_empty(), "{fault}");
    }
}

#[tokio::test]
async fn who_is_delayed_by_a_fault_keeps_no_large_request_waiting() {
    // More than are in memory at once.
    let padding = " ".repeat(100_000);
    for fault in
        ["silence-after-apply:next=9", "latency:ms=3600000,next=9", "slow-body:ms=3600000,next=9"]
    {
        let sim = failing(fault).await;
        let mut delayed = Vec::new();
        for _ in 0..9 {
            let mut stream = connect(&sim).await;
            let sent = request(&format!("{BY_HWID}{padding}"));
            stream.write_all(sent.as_bytes()).await.expect("it is sent");
            delayed.push(stream);
        }
        has_received(&sim, 9).await;
        assert_eq!(sim.act(&format!("{BY_HWID}{padding}")).await, ANSWER, "{fault}");
    }
}

#[tokio::test]
async fn a_client_that_has_gone_is_not_waited_for() {
    for fault in ["silence-before-apply", "latency:ms=3600000", "endless-body", "slow-body:ms=1000"]
    {
        let sim = failing(fault).await;
        let mut stream = connect(&sim).await;
        stream.write_all(request(BY_HWID).as_bytes()).await.expect("it is sent");
        has_received(&sim, 1).await;
        drop(stream);
        within_seconds(sim.service.shutdown()).await;
    }
}

#[tokio::test]
async fn an_endless_body_goes_on_until_the_service_ends() {
    let sim = failing("endless-body:ms=0").await;
    let mut stream = connect(&sim).await;
    stream.write_all(request(BY_HWID).as_bytes()).await.expect("it is sent");
    let mut answer = vec![0; 1 << 20];
    let reading = stream.read_exact(&mut answer);
    within_seconds(async { assert_eq!(reading.await.expect("a MiB"), 1 << 20) }).await;
    let text = String::from_utf8(answer).expect("text");
    assert!(text.contains(ANSWER) && text.ends_with("  "), "{}", &text[..500]);
    assert!(was_applied(&sim));
    let reading = tokio::spawn(async move {
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest).await;
    });
    within_seconds(sim.service.shutdown()).await;
    within_seconds(async { reading.await.expect("the end") }).await;
}

#[tokio::test]
async fn what_a_gateway_says_has_no_quota() {
    let quota = it_access_sim::Quota::documented();
    for (fault, has_quota) in [
        ("http-500-before-apply", true),
        ("too-many-requests", true),
        ("unauthorized", true),
        ("html-502-after-apply", false),
        ("redirect", false),
    ] {
        let service = Service::new(Fleet::example(), "simulated-access-token")
            .with_quota(quota.clone())
            .with_fault(fault.parse().expect("a fault"));
        let sim = Simulation::of(service.listen(loopback()).await.expect("a free port"));
        let mut stream = connect(&sim).await;
        stream.write_all(request(BY_HWID).as_bytes()).await.expect("it is sent");
        let mut text = String::new();
        stream.read_to_string(&mut text).await.expect("an answer");
        assert_eq!(text.contains("x-ratelimit-limit: 10\r\n"), has_quota, "{fault}: {text}");
    }
}

async fn failing(fault: &str) -> Simulation {
    let service = Service::new(Fleet::example(), "simulated-access-token")
        .with_fault(fault.parse().expect("a fault"));
    Simulation::of(service.listen(loopback()).await.expect("a free port"))
}

fn was_applied(sim: &Simulation) -> bool {
    sim.service.simulator().times_applied("laptop-001", ActionName::ReIdentify) == 1
}

async fn connect(sim: &Simulation) -> TcpStream {
    TcpStream::connect(sim.service.local_addr()).await.expect("a connection")
}

fn request(body: &str) -> String {
    format!(
        "POST {PATH}?{QUERY} HTTP/1.1\r\nhost: sim\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Sends a request, and reads to the end: an error only if there was nothing before it.
async fn exchange(sim: &Simulation, body: &str) -> io::Result<String> {
    let mut stream = connect(sim).await;
    let mut text = String::new();
    let mut ended = Ok(0);
    within_seconds(async {
        stream.write_all(request(body).as_bytes()).await.expect("it is sent");
        ended = stream.read_to_string(&mut text).await;
    })
    .await;
    if text.is_empty() {
        ended?;
    }
    Ok(text)
}
