//! What becomes of each answer that is no token.

use std::time::Duration;

use integration_tests::{Answer, ClosedPort, RawServer, http};
use it_access::{ClientCredentials, TokenError};
use tokio::time;

use crate::support::{credentials, error_of};

/// The error that an answer leads to, with the host written as `HOST`.
async fn error_after(answer: impl Into<Answer>) -> (TokenError, String) {
    let endpoint = RawServer::answering(answer);
    let error = error_of(&credentials(&endpoint, "its secret").build().unwrap()).await;
    assert_eq!(endpoint.requests().len(), 1);
    let message = error.to_string().replace(endpoint.host(), "HOST");
    (error, message)
}

#[tokio::test]
async fn wrong_credentials_are_told_from_a_service_in_trouble() {
    let check = "check the client id, the client secret, and whether they may be used for the grant client_credentials";
    let cases = [
        (
            http(
                "401 Unauthorized",
                "",
                r#"{"error":"invalid_client","error_description":"Bad client credentials"}"#,
            ),
            format!(
                "HOST issued no access token, but answered 401 Unauthorized, `invalid_client` \
                 (\"Bad client credentials\"); {check}"
            ),
            true,
        ),
        (
            http("400 Bad Request", "", r#"{"error":"unauthorized_client"}"#),
            format!(
                "HOST issued no access token, but answered 400 Bad Request, `unauthorized_client`; {check}"
            ),
            true,
        ),
        (
            http("401 Unauthorized", "", "<h1>proxy</h1>"),
            "HOST issued no access token, but answered 401 Unauthorized (\"<h1>proxy</h1>\"); \
             check the address of the token endpoint"
                .to_owned(),
            false,
        ),
        (
            http("503 Service Unavailable", "", r#"{"error":"invalid_client"}"#),
            "HOST issued no access token, but answered 503 Service Unavailable, `invalid_client`; \
             try again later"
                .to_owned(),
            false,
        ),
        (
            http("429 Too Many Requests", "", ""),
            "HOST issued no access token, but answered 429 Too Many Requests; try again later"
                .to_owned(),
            false,
        ),
        (
            http("200 OK", "", r#"{"error":"invalid_client"}"#),
            "HOST issued no access token, but answered 200 OK, `invalid_client`; \
             check the address of the token endpoint"
                .to_owned(),
            false,
        ),
        (
            http("200 OK", "", "<html>Sign in</html>"),
            "HOST answered 200 OK, but not with an access token: the body is no JSON object; \
             check the address of the token endpoint"
                .to_owned(),
            false,
        ),
        (
            http("200 OK", "", "{}"),
            "HOST answered 200 OK, but not with an access token: there is no `access_token`; \
             check the address of the token endpoint"
                .to_owned(),
            false,
        ),
    ];
    for (answer, message, is_permanent) in cases {
        let status = answer[9..12].parse().unwrap();
        let (error, said) = error_after(answer).await;
        assert_eq!(said, message);
        assert_eq!(error.is_permanent(), is_permanent, "{message}");
        assert_eq!(error.status(), Some(status), "{message}");
        assert_eq!(error.code().is_some(), message.contains('_') && message.contains(", `"));
    }
}

#[tokio::test]
async fn answers_that_are_none_say_so() {
    let cut_off = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"access_token\":\"TOKEN\"}";
    for answer in ["", "nonsense\r\n\r\n", cut_off] {
        let (error, message) = error_after(answer).await;
        assert_eq!(
            message,
            "the connection to HOST broke off while it was asked for an access token"
        );
        assert!(!error.is_permanent() && error.status().is_none());
    }
}

#[tokio::test]
async fn a_service_that_is_not_there_is_named() {
    let closed = ClosedPort::take();
    let tokens = ClientCredentials::for_service(closed.base_url(), "my-client", "its secret");
    let error = error_of(&tokens.unwrap()).await;
    let host = closed.base_url().trim_start_matches("http://");
    assert_eq!(
        error.to_string(),
        format!("cannot connect to {host} for an access token; check the address and the network")
    );
}

#[tokio::test]
async fn a_huge_answer_is_not_read_to_its_end() {
    for (status, expected) in [("200 OK", "no JSON object"), ("500 Oops", "xxx…")] {
        let flood = Answer::Flood { start: format!("HTTP/1.1 {status}\r\n\r\n"), piece: "x" };
        let endpoint = RawServer::answering(flood);
        let error = error_of(&credentials(&endpoint, "its secret").build().unwrap()).await;
        let message = error.to_string();
        assert!(message.contains(expected) && message.len() < 500, "{message}");
        // What the system keeps on the way comes to a few megabytes.
        assert!(endpoint.flooded() < 32 * 1024 * 1024, "{}", endpoint.flooded());
    }
}

#[tokio::test]
async fn an_answer_without_an_end_is_given_up() {
    for head in ["", r#"{"access_token":"TOKEN""#, r#"{"access_token":"TOKEN"}"#] {
        let endpoint =
            RawServer::answering(Answer::Stall(format!("HTTP/1.1 200 OK\r\n\r\n{head}")));
        // The HTTP client's own settings have no timeout.
        let tokens = credentials(&endpoint, "its secret")
            .http_settings(reqwest::Client::builder())
            .timeout(Duration::from_millis(200))
            .build();
        let tokens = tokens.unwrap();
        let error = time::timeout(Duration::from_secs(10), error_of(&tokens)).await.unwrap();
        let host = endpoint.host();
        assert_eq!(
            error.to_string(),
            format!("no answer came from {host} to the request for an access token in time")
        );
    }
}
