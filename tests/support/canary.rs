//! A canary: a secret that goes through every way to fail, and must come out of none.

use std::error::Error;

use crate::RawServer;

/// The secret. Encoders disagree about what to do with three of its characters.
pub const SECRET: &str = "CANARY/4f9a+0c=x";

/// The secret as a form or a query carries it.
pub const ENCODED: &str = "CANARY%2F4f9a%2B0c%3Dx";

/// The secret as encoders write it that do not agree on what to encode.
#[must_use]
pub fn spellings() -> [String; 14] {
    [
        SECRET.to_owned(),
        ENCODED.to_owned(),
        "CANARY%2f4f9a%2b0c%3dx".to_owned(),
        "CANARY/4f9a%2B0c=x".to_owned(),
        ENCODED.replace('%', "%25"),
        SECRET.replace('/', "\\/"),
        each_character(|code| format!("\\u{code:04x}")),
        in_html(),
        // JSON in JSON, of those who escape slashes, and of those who escape what HTML may take for its own.
        SECRET.replace('/', "\\\\/"),
        SECRET.replace('/', "\\\\\\/"),
        SECRET.replace('=', "\\\\u003d"),
        // A URL in HTML, of those who escape all that is neither letter nor digit.
        ENCODED.replace('%', "&#x25;"),
        // What only a reader of JSON brings to light.
        ENCODED.replace('%', "\\u0025"),
        in_html().replace('&', "\\u0026"),
    ]
}

fn in_html() -> String {
    each_character(|code| format!("&#{code};"))
}

fn each_character(spelling: impl Fn(u32) -> String) -> String {
    SECRET.chars().map(|character| spelling(character.into())).collect()
}

/// Asserts that no spelling of the secret is in a text, nor a part of one.
pub fn assert_absent(text: &str, place: &str) {
    for part in ["CANARY", "4f9a", "u0043", "&#67;&#65;"] {
        assert!(!text.contains(part), "{part} in {place}: {text}");
    }
}

/// Asserts that each request to a server carried the secret: else it shows nothing that the secret is nowhere else.
pub fn assert_sent_to(server: &RawServer) {
    let requests = server.requests();
    assert!(!requests.is_empty(), "nothing was sent");
    for request in requests {
        assert!(request.contains(ENCODED), "never sent: {request:?}");
    }
}

/// All that a person or a program can be shown of an error.
#[must_use]
pub fn everything_of(error: &dyn Error) -> String {
    let mut text = format!("{error} {error:#} {error:?} {error:#?}");
    if let Some(cause) = error.source() {
        text += " ";
        text += &everything_of(cause);
    }
    text
}
