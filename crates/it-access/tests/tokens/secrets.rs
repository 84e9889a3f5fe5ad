//! A canary secret and a canary token go through every way to fail, and must come out of none.

use std::{
    io,
    sync::{Arc, Mutex},
};

use it_access::{EnvironmentToken, TokenFile, TokenProvider};
use tracing_subscriber::filter::LevelFilter;

use crate::support::{Endpoint, everything_of, http, issued};

const SECRET: &str = "CANARY/4f9a+0c=x";
const TOKEN: &str = "CANARY-token-7d1e";

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

/// The secret as encoders write it that do not agree on what to encode, and as basic authentication carries it.
fn spellings() -> [String; 9] {
    let json: String = SECRET.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect();
    let html: String = SECRET.chars().map(|c| format!("&#{};", u32::from(c))).collect();
    let html_in_json = html.replace('&', "\\u0026");
    [
        SECRET.to_owned(),
        "CANARY%2F4f9a%2B0c%3Dx".to_owned(),
        "CANARY%252F4f9a%252B0c%253Dx".to_owned(),
        SECRET.replace('/', "\\/"),
        json,
        html,
        // A JSON reader brings these two to light.
        html_in_json,
        "CANARY\\u00252F4f9a\\u00252B0c\\u00253Dx".to_owned(),
        BASIC.to_owned(),
    ]
}

/// `my-client:CANARY/4f9a+0c=x`.
const BASIC: &str = "bXktY2xpZW50OkNBTkFSWS80ZjlhKzBjPXg=";

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
        // An endpoint that knows the secret and not the token: nobody has sent it one.
        let body = body.replace(TOKEN, "");
        for status in ["302 F", "307 T", "400 B", "401 U", "403 F", "404 N", "429 T", "500 I"] {
            answers.push(http(status, &location, &body));
        }
    }
    answers
}

fn assert_no_canary(text: &str, place: &str) {
    for part in ["CANARY", "4f9a", "&#67;&#65;", BASIC] {
        assert!(!text.contains(part), "{part} in {place}: {text}");
    }
}

#[tokio::test]
async fn neither_secret_nor_token_is_in_any_error_or_in_any_log_of_any_crate() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .init();

    for answer in answers() {
        let endpoint = Endpoint::answering([answer.clone()]).await;
        // Settings that log every byte of a connection.
        let settings = reqwest::Client::builder().connection_verbose(true);
        let builder = endpoint.client(SECRET).http_settings(settings);
        assert_no_canary(&format!("{builder:?} {builder:#?}"), "the builder");
        let tokens = builder.build().unwrap();
        for _ in 0..2 {
            match tokens.token().await {
                Ok(token) => assert_no_canary(&format!("{token:?} {token:#?}"), "the token"),
                Err(error) => {
                    assert_no_canary(&everything_of(&error), &answer);
                    let code = error.code().unwrap_or_default();
                    assert_no_canary(code, &answer);
                }
            }
            assert_no_canary(&format!("{tokens:?} {tokens:#?}"), "the credentials");
        }
        let requests = endpoint.requests().concat();
        assert!(requests.contains("CANARY%2F4f9a%2B0c%3Dx"), "never sent: {requests}");
    }

    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("token");
    std::fs::write(&path, TOKEN).unwrap();
    let file = TokenFile::new(&path);
    // On Unix it is open to others, and refused; elsewhere it is given.
    let given = file.token().await;
    assert_no_canary(&format!("{file:?} {given:?}"), "the file");
    let variable = EnvironmentToken::new("CARGO_PKG_NAME");
    assert!(!format!("{variable:?} {:?}", variable.token().await).contains("it-access"));

    let log = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    for crate_name in ["it_access", "reqwest", "hyper_util"] {
        assert!(log.contains(crate_name), "{crate_name} logged nothing");
    }
    assert_no_canary(&log, "the log");
}
