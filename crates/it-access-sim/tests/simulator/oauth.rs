//! Tokens: issued, used, expired, revoked.

use std::time::Duration;

use it_access_sim::{Service, Simulator};
use serde_json::Value;

use crate::{BODY, header, post, service, status_of, text_of};

const FORM: &str = "application/x-www-form-urlencoded";
const TOKEN: &str = "/o/oauth/token";
const GRANT: &str = "grant_type=client_credentials&client_id=admin&client_secret=canary%2Bsecret";

fn with_client() -> Service {
    service().with_oauth_client("admin", "canary+secret")
}

fn issue(simulator: &Simulator) -> String {
    let reply = post(simulator, TOKEN, FORM, GRANT);
    assert_eq!(status_of(&reply), 200, "{}", text_of(&reply));
    let answer: Value = serde_json::from_str(text_of(&reply)).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

fn status_with(simulator: &Simulator, token: &str) -> u16 {
    let target = format!("/o/api/v3/devices/action?access_token={token}");
    status_of(&post(simulator, &target, "application/json", BODY))
}

#[tokio::test(start_paused = true)]
async fn answers_as_the_guide_shows() {
    let simulator = with_client().with_token_lifetime(Duration::from_secs(90)).simulate();
    let reply = post(&simulator, TOKEN, FORM, GRANT);
    assert_eq!(header(&reply, "content-type"), Some("application/json"));
    assert_eq!(header(&reply, "cache-control"), Some("no-store"));
    let answer: Value = serde_json::from_str(text_of(&reply)).unwrap();
    assert_eq!(answer["token_type"], "bearer");
    assert_eq!(answer["expires_in"], 90);
    assert_eq!(answer["scope"], "read");
    assert_eq!(answer["access_token"].as_str().map(str::len), Some(48));
}

#[tokio::test(start_paused = true)]
async fn a_token_holds_for_its_lifetime() {
    let simulator = with_client().with_token_lifetime(Duration::from_secs(90)).simulate();
    let token = issue(&simulator);
    assert_eq!(status_with(&simulator, &token), 200);
    tokio::time::advance(Duration::from_millis(89_999)).await;
    assert_eq!(status_with(&simulator, &token), 200);
    tokio::time::advance(Duration::from_millis(1)).await;
    assert_eq!(status_with(&simulator, &token), 401);
    assert_eq!(status_with(&simulator, "given"), 200);
    assert_eq!(status_with(&simulator, &issue(&simulator)), 200);
}

#[tokio::test(start_paused = true)]
async fn revoked_tokens_are_of_no_use() {
    let simulator = with_client().simulate();
    let token = issue(&simulator);
    simulator.revoke_tokens();
    assert_eq!(status_with(&simulator, &token), 401);
    assert_eq!(status_with(&simulator, "given"), 401);
    assert_eq!(status_with(&simulator, &issue(&simulator)), 200);
}

#[tokio::test(start_paused = true)]
async fn refuses_in_the_words_of_rfc_6749() {
    let simulator = with_client().simulate();
    for (content_type, form, status, error) in [
        ("application/json", "{}", 400, "invalid_request"),
        (FORM, "", 400, "invalid_request"),
        (FORM, "grant_type=client_credentials", 400, "invalid_request"),
        (FORM, "grant_type=password&client_id=admin", 400, "unsupported_grant_type"),
        (
            FORM,
            "grant_type=client_credentials&client_id=admin&client_secret=canary",
            401,
            "invalid_client",
        ),
        (
            FORM,
            "grant_type=client_credentials&client_id=Admin&client_secret=canary%2Bsecret",
            401,
            "invalid_client",
        ),
    ] {
        let reply = post(&simulator, TOKEN, content_type, form);
        assert_eq!(status_of(&reply), status, "{form}");
        let answer: Value = serde_json::from_str(text_of(&reply)).unwrap();
        assert_eq!(answer["error"], error, "{form}");
        assert!(!text_of(&reply).contains("canary"), "{}", text_of(&reply));
    }
    let get = http::Request::get(TOKEN).body("").unwrap();
    let reply = simulator.respond(&get);
    assert_eq!((status_of(&reply), header(&reply, "allow")), (405, Some("POST")));
}

#[tokio::test(start_paused = true)]
async fn faults_strike_the_token_endpoint_if_they_are_told_to() {
    let simulator = with_client()
        .with_fault("http-503-before-apply:next=1,at=token".parse().unwrap())
        .simulate();
    assert_eq!(status_with(&simulator, "given"), 200);
    assert_eq!(status_of(&post(&simulator, TOKEN, FORM, "")), 400);
    assert_eq!(status_of(&post(&simulator, TOKEN, FORM, GRANT)), 503);
    assert_eq!(status_of(&post(&simulator, TOKEN, FORM, GRANT)), 200);
}

#[test]
fn debug_output_has_no_secret() {
    let simulator = with_client().simulate();
    let token = issue(&simulator);
    let debug = format!("{:?} {simulator:?}", with_client());
    assert!(!debug.contains("canary") && !debug.contains(&token), "{debug}");
}
