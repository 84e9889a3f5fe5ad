//! The spellings in which a token may come back, and their removal.

use bytes::{Bytes, BytesMut};
use memchr::memmem;
use reqwest::{Url, header::HeaderValue};

use crate::AccessToken;

/// What stands in the place of a token.
const HIDDEN: &[u8] = b"[hidden]";

/// Shorter tokens are not looked for: they are no secrets, and may stand in any answer by chance.
const SHORTEST_SECRET: usize = 8;

/// The spellings in which a token may come back in an answer: as it is, or percent-encoded as it was sent.
pub(crate) struct Exposure {
    spellings: Vec<String>,
}

impl Exposure {
    pub(crate) fn of(token: &AccessToken) -> Self {
        let plain = token.expose().to_owned();
        let form = form_encoded(token);
        // Servers write the same octet in either case, and a space in two ways.
        let mut spellings = vec![form.replace('+', "%20"), lower_case_octets(&form), form, plain];
        spellings.retain(|spelling| spelling.len() >= SHORTEST_SECRET);
        spellings.sort();
        spellings.dedup();
        Self { spellings }
    }

    pub(crate) fn hide_in_header(&self, value: &mut HeaderValue) {
        if let Some(hidden) = self.hide(value.as_bytes())
            && let Ok(hidden) = HeaderValue::from_bytes(&hidden)
        {
            *value = hidden;
        }
    }

    pub(crate) fn hide_in_body(&self, body: Bytes) -> Bytes {
        self.hide(&body).unwrap_or(body)
    }

    /// The text without the token, if the token is in it.
    fn hide(&self, text: &[u8]) -> Option<Bytes> {
        let mut hidden: Option<Bytes> = None;
        for spelling in &self.spellings {
            let present = hidden.as_deref().unwrap_or(text);
            if memmem::find(present, spelling.as_bytes()).is_some() {
                hidden = Some(replace(present, spelling.as_bytes()));
            }
        }
        hidden
    }
}

fn replace(text: &[u8], spelling: &[u8]) -> Bytes {
    let mut replaced = BytesMut::with_capacity(text.len());
    let mut rest = 0;
    for start in memmem::find_iter(text, spelling) {
        replaced.extend_from_slice(&text[rest..start]);
        replaced.extend_from_slice(HIDDEN);
        rest = start + spelling.len();
    }
    replaced.extend_from_slice(&text[rest..]);
    replaced.freeze()
}

/// The token as it stands in the URL.
fn form_encoded(token: &AccessToken) -> String {
    let mut url = Url::parse("http://localhost").expect("a constant URL");
    token.append_to(&mut url);
    let query = url.query().unwrap_or_default();
    query.split_once('=').map_or(query, |(_, value)| value).to_owned()
}

/// `%2F` as `%2f`.
fn lower_case_octets(text: &str) -> String {
    let mut digits = 0;
    text.chars()
        .map(|character| {
            if character == '%' {
                digits = 2;
                character
            } else if digits > 0 {
                digits -= 1;
                character.to_ascii_lowercase()
            } else {
                character
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hide(token: &str, text: &str) -> String {
        let exposure = Exposure::of(&AccessToken::new(token));
        let hidden = exposure.hide_in_body(Bytes::copy_from_slice(text.as_bytes()));
        String::from_utf8(hidden.to_vec()).unwrap()
    }

    #[test]
    fn hides_every_spelling() {
        let token = "can/ary TOKEN+1";
        let cases = [
            ("a can/ary TOKEN+1 b", "a [hidden] b"),
            ("?access_token=can%2Fary+TOKEN%2B1&x", "?access_token=[hidden]&x"),
            ("?access_token=can%2fary+TOKEN%2b1&x", "?access_token=[hidden]&x"),
            ("?access_token=can%2Fary%20TOKEN%2B1", "?access_token=[hidden]"),
            ("can/ary TOKEN+1can/ary TOKEN+1", "[hidden][hidden]"),
            ("nothing here", "nothing here"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(hide(token, text), expected, "{text}");
        }
    }

    #[test]
    fn leaves_answers_alone_that_hold_a_short_token_by_chance() {
        assert_eq!(hide("1", r#"{"device1": 1}"#), r#"{"device1": 1}"#);
        assert_eq!(hide("", "text"), "text");
    }
}
