//! A canary secret and a canary token go through every way to fail, and must come out of none.

use integration_tests::{
    Log, RawServer,
    canary::{self, SECRET},
    http,
};
use it_access::{EnvironmentToken, TokenFile, TokenProvider};

use crate::support::{credentials, issued};

const TOKEN: &str = "CANARY-token-7d1e";

/// The secret as basic authentication carries it: `my-client:CANARY/4f9a+0c=x`.
const BASIC: &str = "bXktY2xpZW50OkNBTkFSWS80ZjlhKzBjPXg=";

fn spellings() -> Vec<String> {
    [&canary::spellings()[..], &[BASIC.to_owned()]].concat()
}

/// What a hostile or clumsy endpoint sends: it quotes the secret wherever it can, and tokens in answers that are none.
fn answers() -> Vec<String> {
    let location = format!("location: http://host/?client_secret={SECRET}\nx-echo: {SECRET}\n");
    let mut bodies = vec![
        format!("<html>no {}</html>", spellings().join(", no ")),
        // The canary lies across the place where long bodies are cut.
        format!("{}{SECRET}{}", "x".repeat(65_530), "x".repeat(5_000)),
        format!(r#"{{"access_token":"{TOKEN} {TOKEN}"}}"#),
        format!(r#"{{"access_token":["{TOKEN}"]}}"#),
        format!(r#"{{"token":"{TOKEN}"}}"#),
        format!(r#"{{"access_token":"{TOKEN}""#),
        format!(r#"["{TOKEN}"]"#),
    ];
    for spelling in spellings() {
        bodies.push(format!(r#"{{"error":"{spelling}","error_description":"no {spelling}"}}"#));
    }
    let mut answers = vec![issued(TOKEN), String::new(), format!("nonsense {SECRET}\r\n\r\n")];
    for body in bodies {
        answers.push(http("200 OK", &location, &body));
        answers.push(format!("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n{body}"));
        // The end of the connection may be the end of the body, or not.
        answers.push(format!("HTTP/1.1 502 B\r\n\r\n{body}"));
        for status in ["302 F", "307 T", "400 B", "401 U", "403 F", "404 N", "429 T", "500 I"] {
            answers.push(http(status, &location, &body));
        }
    }
    answers
}

fn assert_no_canary(text: &str, place: &str) {
    canary::assert_absent(text, place);
    assert!(!text.contains(BASIC), "{BASIC} in {place}: {text}");
}

#[tokio::test]
async fn neither_secret_nor_token_is_in_any_error_or_in_any_log_of_any_crate() {
    let log = Log::of_all_crates();
    for answer in answers() {
        let endpoint = RawServer::answering(answer.clone());
        // Settings that log every byte of a connection.
        let settings = reqwest::Client::builder().connection_verbose(true);
        let builder = credentials(&endpoint, SECRET).http_settings(settings);
        assert_no_canary(&format!("{builder:?} {builder:#?}"), "the builder");
        let tokens = builder.build().unwrap();
        for _ in 0..2 {
            match tokens.token().await {
                Ok(token) => assert_no_canary(&format!("{token:?} {token:#?}"), "the token"),
                Err(error) => {
                    assert_no_canary(&canary::everything_of(&error), &answer);
                    let code = error.code().unwrap_or_default();
                    assert_no_canary(code, &answer);
                }
            }
            assert_no_canary(&format!("{tokens:?} {tokens:#?}"), "the credentials");
        }
        canary::assert_sent_to(&endpoint);
    }

    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("token");
    std::fs::write(&path, TOKEN).unwrap();
    let file = TokenFile::new(&path);
    // On Unix it is open to others, and refused; elsewhere it is given.
    let given = file.token().await;
    assert_no_canary(&format!("{file:?} {given:?}"), "the file");
    let variable = EnvironmentToken::new("CARGO_PKG_NAME");
    assert!(!format!("{variable:?} {:?}", variable.token().await).contains("integration-tests"));

    assert_no_canary(&log.text(), "the log");
}
