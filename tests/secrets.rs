//! A canary token goes through every way to fail, and must come out of none.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    error::Error,
    io,
    sync::{Arc, Mutex},
};

use integration_tests::{RawServer, http};
use it_access::{AccessToken, Client, Retry, Targets};
use tracing_subscriber::filter::LevelFilter;

const CANARY: &str = "CANARY/4f9a+0c=x";
const ENCODED: &str = "CANARY%2F4f9a%2B0c%3Dx";

/// Everything that any crate logs.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

/// All that a person or a program can be shown of an error.
fn everything_of(error: &impl Error) -> String {
    let mut text = format!("{error} {error:#} {error:?} {error:#?}");
    let mut source = error.source();
    while let Some(cause) = source {
        text += &format!(" {cause} {cause:?} {cause:#?}");
        source = cause.source();
    }
    text
}

fn assert_no_canary(text: &str, place: &str) {
    for spelling in [CANARY, ENCODED, "CANARY"] {
        assert!(!text.contains(spelling), "{spelling} in {place}: {text}");
    }
}

/// The canary as encoders write it that do not agree on what to encode.
fn spellings() -> [String; 8] {
    let json: String = CANARY.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    let html: String = CANARY.chars().map(|c| format!("&#{};", u32::from(c))).collect();
    [
        CANARY.to_owned(),
        ENCODED.to_owned(),
        "CANARY%2f4f9a%2b0c%3dx".to_owned(),
        "CANARY/4f9a%2B0c=x".to_owned(),
        ENCODED.replace('%', "%25"),
        CANARY.replace('/', "\\/"),
        json,
        html,
    ]
}

/// What a hostile or clumsy server sends: it quotes the URL wherever it can.
fn answers() -> Vec<String> {
    let url = format!("http://host/o/api/v3/devices/action?access_token={ENCODED}");
    let quoting = format!("<html>no {}</html>", spellings().join(", no "));
    let location = format!("location: {url}\nx-echo: {CANARY}\n");
    let mut answers = vec![
        http("200 OK", "", &quoting),
        format!("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n{quoting}"),
        format!("HTTP/1.1 500 Oops\r\ncontent-length: 100000\r\n\r\n{quoting}"),
        // The canary lies across the place where long errors are cut.
        http("502 Bad", "", &format!("{}{CANARY}{}", "x".repeat(65_530), "x".repeat(5_000))),
        format!("nonsense {CANARY}\r\n\r\n"),
        String::new(),
    ];
    for spelling in spellings() {
        answers.push(http("200 OK", "", &format!("{{\"{spelling}\":1}}")));
        answers.push(http("200 OK", "", &format!("{{\"device123\":\"{spelling}\"}}")));
    }
    for status in [
        "204 No", "301 M", "302 F", "303 S", "307 T", "308 P", "400 B", "401 U", "403 F", "404 N",
        "405 M", "407 P", "413 L", "415 U", "429 T", "500 I", "502 B", "503 U",
    ] {
        answers.push(http(status, &location, &quoting));
    }
    answers
}

#[tokio::test]
async fn the_token_is_in_no_error_and_in_no_log_of_any_crate() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .init();

    let targets = Targets::hwids(["device123"]).unwrap();
    let mut base_urls: Vec<String> = Vec::new();
    let servers: Vec<RawServer> = answers().into_iter().map(RawServer::answering).collect();
    base_urls.extend(servers.iter().map(|server| server.base_url().to_owned()));
    // Nobody listens there.
    base_urls.push("http://127.0.0.1:1".to_owned());

    for (index, base_url) in base_urls.iter().enumerate() {
        let place = answers().get(index).cloned().unwrap_or_else(|| "unreachable".to_owned());

        let token: AccessToken = CANARY.parse().unwrap();
        let never = Retry::never();
        let client =
            Client::builder().base_url(base_url).tokens(token).retry(never).build().unwrap();
        assert_no_canary(&format!("{client:?} {client:#?}"), "the client");
        match client.delete(&targets).await {
            Ok(report) => assert_no_canary(&format!("{report:?}"), &place),
            Err(error) => assert_no_canary(&everything_of(&error), &place),
        }

        let credentials = it_access_api::Credentials::new().with_access_token(CANARY);
        assert_no_canary(&format!("{credentials:?} {credentials:#?}"), "the credentials");
        // Settings that log every byte of a connection.
        let settings = reqwest::Client::builder().connection_verbose(true);
        let client =
            it_access_api::Client::new_with_builder(base_url, credentials, settings).unwrap();
        assert_no_canary(&format!("{client:?} {client:#?}"), "the generated client");
        let request = serde_json::from_value(integration_tests::example("delete.request.json"));
        match client.device_action(&request.unwrap()).await {
            Ok(answer) => {
                assert_no_canary(&format!("{answer:?} {:?}", answer.headers()), &place);
            }
            Err(error) => assert_no_canary(&everything_of(&error), &place),
        }
    }

    for server in &servers {
        let requests = server.requests().concat();
        assert!(requests.contains(ENCODED), "the canary was never sent: {requests}");
    }
    let log = log.text();
    for crate_name in ["it_access", "reqwest", "hyper_util"] {
        assert!(log.contains(crate_name), "{crate_name} logged nothing");
    }
    assert_no_canary(&log, "the log");
}
