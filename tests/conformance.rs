//! The conformance suite by the generated client: through a validating proxy that someone else wrote, to the simulated
//! service. `cargo xtask conformance` starts both and says where they are.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{env, fs};

use integration_tests::root;
use it_access_api::{Client, Credentials, headers, types};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// Requests a minute.
const QUOTA: usize = 10;

/// Refuses every request and answer that breaks the document.
const STRICT_PROXY: &str = "IT_ACCESS_CONFORMANCE_STRICT_PROXY";

/// Passes everything on, and lists in a header what breaks the document.
const LENIENT_PROXY: &str = "IT_ACCESS_CONFORMANCE_LENIENT_PROXY";

/// The simulated service behind both, with its control interface.
const SIMULATOR: &str = "IT_ACCESS_CONFORMANCE_SIMULATOR";

const TOKEN: &str = "IT_ACCESS_TOKEN";

#[tokio::test]
#[ignore = "needs the proxies that `cargo xtask conformance` starts"]
async fn what_our_client_says_and_hears_keeps_to_the_document() {
    let steps = suite();
    let client = client(&variable(TOKEN));
    for (number, (request, expected)) in steps.iter().enumerate() {
        if number % QUOTA == 0 {
            next_window().await;
        }
        let answer = client.device_action(request).await.unwrap();
        let limits = headers::DeviceAction::from(answer.headers());
        assert_eq!(limits.x_rate_limit_limit, i64::try_from(QUOTA).ok());
        assert!(limits.x_rate_limit_remaining.is_some(), "{limits:?}");
        assert!(limits.x_rate_limit_reset_time.is_some(), "{limits:?}");
        assert_eq!(serde_json::to_value(answer.into_inner()).unwrap(), *expected, "{request:?}");
    }

    next_window().await;
    let (request, _) = &steps[0];
    for _ in 0..QUOTA {
        client.device_action(request).await.unwrap();
    }
    let too_many = client.device_action(request).await.unwrap_err();
    assert_eq!(too_many.status(), Some(StatusCode::TOO_MANY_REQUESTS), "{too_many}");
    let stranger = self::client("wrong").device_action(request).await.unwrap_err();
    assert_eq!(stranger.status(), Some(StatusCode::UNAUTHORIZED), "{stranger}");
    println!("{} requests", steps.len() + QUOTA + 2);
}

/// Requests that no client of ours would send. The proxy sees what is wrong with them, and nothing wrong with the answers.
#[tokio::test]
#[ignore = "needs the proxies that `cargo xtask conformance` starts"]
async fn what_is_refused_is_refused_as_documented() {
    next_window().await;
    let good = r#"{"types":"delete","ids":["nobody"]}"#;
    let both = r#"{"types":"delete","ids":["nobody"],"macs":["00:0c:29:00:00:00"]}"#;
    let json = "application/json";
    let token = variable(TOKEN);
    let cases = [
        (Method::POST, &*token, json, r#"{"types":"fetch_agent_log","ids":["nobody"]}"#, 400),
        (Method::POST, &token, json, r#"{"types":"delete","ids":[]}"#, 400),
        (Method::POST, &token, json, r#"{"types":"delete"}"#, 400),
        (Method::POST, &token, json, both, 400),
        (Method::POST, &token, "text/plain", good, 415),
        (Method::POST, "", json, good, 401),
        (Method::GET, &token, json, "", 405),
    ];
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    for (method, token, content_type, body, status) in &cases {
        let case = format!("{method} {content_type} {body}");
        let url = format!("{}/o/api/v3/devices/action", variable(LENIENT_PROXY));
        let request = http.request(method.clone(), url).query(&[("access_token", token)]);
        let request = request.header("content-type", *content_type).body((*body).to_owned());
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), *status, "{case}");
        assert!(answer.headers().contains_key("x-ratelimit-limit"), "{case}");

        let violations = answer.headers().get("sl-violations").expect("the proxy sees something");
        let violations: Vec<Value> = serde_json::from_slice(violations.as_bytes()).unwrap();
        let of_the_answer = violations.iter().any(|it| it["location"][0] == "response");
        assert!(!of_the_answer, "{case}: {violations:?}");
    }
    println!("{} requests", cases.len());
}

/// The steps of the suite: each a request, and the answer to it.
fn suite() -> Vec<(types::DeviceActionRequest, Value)> {
    let text = fs::read_to_string(root().join("tests/conformance/suite.json")).unwrap();
    let steps: Vec<Value> = serde_json::from_str(&text).unwrap();
    let read = |mut step: Value| {
        (serde_json::from_value(step["request"].take()).unwrap(), step["response"].take())
    };
    steps.into_iter().map(read).collect()
}

fn client(token: &str) -> Client {
    Client::new(&variable(STRICT_PROXY), Credentials::new().with_access_token(token)).unwrap()
}

/// Puts the simulator's clock forward, so that there are requests left.
async fn next_window() {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let clock = http.post(format!("{}/_sim/clock", variable(SIMULATOR)));
    let answer = clock.json(&json!({ "advance_seconds": 60 })).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
}

fn variable(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run `cargo xtask conformance`"))
}
