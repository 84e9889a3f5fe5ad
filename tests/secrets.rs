//! A canary token goes through every way to fail, and must come out of none.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use integration_tests::{
    ClosedPort, Log, RawServer,
    canary::{self, ENCODED, SECRET},
    example, http,
};
use it_access::{AccessToken, Client, Retry, Targets};

/// What a hostile or clumsy server sends: it quotes the URL wherever it can.
fn answers() -> Vec<String> {
    let url = format!("http://host/o/api/v3/devices/action?access_token={ENCODED}");
    let quoting = format!("<html>no {}</html>", canary::spellings().join(", no "));
    let location = format!("location: {url}\nx-echo: {SECRET}\n");
    let mut answers = vec![
        http("200 OK", "", &quoting),
        format!("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n{quoting}"),
        format!("HTTP/1.1 500 Oops\r\ncontent-length: 100000\r\n\r\n{quoting}"),
        // The canary lies across the place where long errors are cut.
        http("502 Bad", "", &format!("{}{SECRET}{}", "x".repeat(65_530), "x".repeat(5_000))),
        // Only the beginning of the canary comes.
        format!("HTTP/1.1 500 Oops\r\ncontent-length: 100000\r\n\r\nno {}", &ENCODED[..12]),
        format!("HTTP/1.1 500 Oops\r\n\r\nno {}", &ENCODED[..12]),
        format!("nonsense {SECRET}\r\n\r\n"),
        String::new(),
    ];
    for spelling in canary::spellings() {
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
    let log = Log::of_all_crates();
    let answers = answers();
    for answer in &answers {
        let server = RawServer::answering(answer.clone());
        call_with_the_wrapper(server.base_url(), answer).await;
        call_with_the_generated_client(server.base_url(), answer).await;
        canary::assert_sent_to(&server);
    }
    let closed = ClosedPort::take();
    call_with_the_wrapper(closed.base_url(), "unreachable").await;
    call_with_the_generated_client(closed.base_url(), "unreachable").await;
    let log = log.text();
    canary::assert_absent(&log, "the log");
    println!(
        "figures: {} answers, each to the wrapper and to the generated client, {} bytes of the log",
        answers.len(),
        log.len()
    );
}

/// What ends like the beginning of the token is hidden only where nothing shows that it has not broken off.
#[tokio::test]
async fn what_came_whole_is_kept_to_its_end() {
    let end = &SECRET[..3];
    let head = "HTTP/1.1 500 Oops\r\nconnection: close\r\n";
    let cases = [
        (format!("{head}content-length: 6\r\n\r\nno {end}"), true),
        (format!("{head}transfer-encoding: chunked\r\n\r\n6\r\nno {end}\r\n0\r\n\r\n"), true),
        (format!("{head}\r\nno {end}"), false),
    ];
    for (answer, is_whole) in cases {
        let server = RawServer::answering(answer.clone());
        let token: AccessToken = SECRET.parse().unwrap();
        let client = Client::builder().base_url(server.base_url()).tokens(token).build().unwrap();
        let error = client.delete(&Targets::hwids(["device123"]).unwrap()).await.unwrap_err();
        let quoted = if is_whole { format!("\"no {end}\"") } else { "\"no [hidden]\"".to_owned() };
        assert!(error.to_string().contains(&quoted), "{answer}: {error}");
    }
}

async fn call_with_the_wrapper(base_url: &str, place: &str) {
    let token: AccessToken = SECRET.parse().unwrap();
    let never = Retry::never();
    let client = Client::builder().base_url(base_url).tokens(token).retry(never).build().unwrap();
    canary::assert_absent(&format!("{client:?} {client:#?}"), "the client");
    let targets = Targets::hwids(["device123"]).unwrap();
    match client.delete(&targets).await {
        Ok(report) => canary::assert_absent(&format!("{report:?}"), place),
        Err(error) => canary::assert_absent(&canary::everything_of(&error), place),
    }
}

async fn call_with_the_generated_client(base_url: &str, place: &str) {
    let credentials = it_access_api::Credentials::new().with_access_token(SECRET);
    canary::assert_absent(&format!("{credentials:?} {credentials:#?}"), "the credentials");
    // Settings that log every byte of a connection.
    let settings = reqwest::Client::builder().connection_verbose(true);
    let client = it_access_api::Client::new_with_builder(base_url, credentials, settings).unwrap();
    canary::assert_absent(&format!("{client:?} {client:#?}"), "the generated client");
    let request = serde_json::from_value(example("delete.request.json"));
    match client.device_action(&request.unwrap()).await {
        Ok(answer) => {
            canary::assert_absent(&format!("{answer:?} {:?}", answer.headers()), place);
        }
        Err(error) => canary::assert_absent(&canary::everything_of(&error), place),
    }
}
