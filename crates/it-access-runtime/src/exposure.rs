//! Finding secrets in what a service sends back, in whatever spelling, and taking them out.

use std::borrow::Cow;

use bytes::Bytes;
use memchr::{memchr3, memmem::find};
use reqwest::header::HeaderValue;

use crate::{
    CredentialSet,
    spelling::{LONGEST_SPELLING, spelt_length},
};

/// What stands in the place of a secret.
const HIDDEN: &[u8] = b"[hidden]";

/// Shorter ones are not looked for: they are no secrets, and may stand in any answer by chance.
const SHORTEST_SECRET: usize = 8;

/// The secrets that must not come back.
pub(crate) struct Exposure<'a> {
    secrets: Vec<Cow<'a, str>>,
}

impl<'a> Exposure<'a> {
    pub(crate) fn of<C: CredentialSet>(credentials: &'a C) -> Self {
        let set = C::SCHEMES.iter().filter_map(|scheme| credentials.get(scheme));
        Self::of_secrets(set.flat_map(|credential| credential.secrets()))
    }

    pub(crate) fn of_secrets(secrets: impl IntoIterator<Item = Cow<'a, str>>) -> Self {
        let long = |secret: &Cow<'_, str>| secret.len() >= SHORTEST_SECRET;
        Self { secrets: secrets.into_iter().filter(long).collect() }
    }

    /// How many bytes a secret can take in a text.
    pub(crate) fn longest(&self) -> usize {
        self.secrets.iter().map(|secret| secret.len() * LONGEST_SPELLING).max().unwrap_or_default()
    }

    pub(crate) fn hide_in_header(&self, value: &mut HeaderValue) {
        if let Some(hidden) = self.hide(value.as_bytes(), value.len(), true)
            && let Ok(hidden) = HeaderValue::from_bytes(&hidden)
        {
            *value = hidden;
        }
    }

    /// The first `length` bytes of a body, without the secrets that begin there: of one that is not whole, because it has broken
    /// off, without the beginning of a secret at its end, too.
    pub(crate) fn hide_in_body(&self, mut body: Bytes, length: usize, is_whole: bool) -> Bytes {
        if let Some(hidden) = self.hide(&body, length.min(body.len()), is_whole) {
            return hidden.into();
        }
        body.truncate(length);
        body
    }

    pub(crate) fn hide_in_text(&self, text: &str) -> String {
        match self.hide(text.as_bytes(), text.len(), true) {
            Some(hidden) => String::from_utf8_lossy(&hidden).into_owned(),
            None => text.to_owned(),
        }
    }

    /// Whether a look at each byte would find nothing: where no byte is spelt in another way, a secret stands there as it is.
    fn is_absent(&self, text: &[u8]) -> bool {
        // Each spelling of a character takes a byte at least.
        if self.secrets.iter().all(|secret| secret.chars().count() > text.len()) {
            return true;
        }
        let is_plain = |secret: &Cow<'_, str>| secret.is_ascii() && !secret.contains(' ');
        let has_escapes =
            memchr3(b'%', b'\\', b'&', text).is_some() || !self.secrets.iter().all(is_plain);
        !has_escapes && self.secrets.iter().all(|secret| find(text, secret.as_bytes()).is_none())
    }

    /// The text without the secrets, if there is one in it.
    fn hide(&self, text: &[u8], length: usize, is_whole: bool) -> Option<Vec<u8>> {
        if is_whole && self.is_absent(text) {
            return None;
        }
        let mut hidden: Option<Vec<u8>> = None;
        let mut copied = 0;
        let mut position = 0;
        while position < length {
            match self.find_at(&text[position..], is_whole) {
                Some(found) => {
                    let hidden = hidden.get_or_insert_default();
                    hidden.extend_from_slice(&text[copied..position]);
                    hidden.extend_from_slice(HIDDEN);
                    position += found;
                    copied = position;
                }
                None => position += 1,
            }
        }
        let mut hidden = hidden?;
        hidden.extend_from_slice(text.get(copied..length).unwrap_or_default());
        Some(hidden)
    }

    /// The length of the secret that `text` begins with, if it begins with one.
    fn find_at(&self, text: &[u8], is_whole: bool) -> Option<usize> {
        self.secrets.iter().filter_map(|secret| spelt_length(text, secret, is_whole)).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hide(secret: &str, text: &str) -> String {
        let exposure = Exposure::of_secrets([secret.into()]);
        let body = Bytes::copy_from_slice(text.as_bytes());
        let hidden = exposure.hide_in_body(body, text.len(), true);
        String::from_utf8(hidden.to_vec()).unwrap()
    }

    #[test]
    fn hides_every_spelling() {
        let secret = "c/n+ry T<k%n";
        let cases = [
            ("a c/n+ry T<k%n b", "a [hidden] b"),
            ("?t=c%2Fn%2Bry+T%3Ck%25n&x", "?t=[hidden]&x"),
            ("?t=c%2fn%2bry%20T%3ck%25n", "?t=[hidden]"),
            ("?t=c/n%2Bry+T%3ck%25n", "?t=[hidden]"),
            ("?t=c%252Fn%252Bry%2520T%253Ck%2525n.", "?t=[hidden]."),
            (r#"{"c\/n+ry T<k%n":1}"#, r#"{"[hidden]":1}"#),
            (r#"{"\u0063/n\u002Bry T\u003ck%n":1}"#, r#"{"[hidden]":1}"#),
            ("c&#47;n&#x2B;ry T&lt;k%n;", "[hidden];"),
            (r#"{"c\u00252Fn\u00252bry\u002520T\u00253Ck\u002525n":1}"#, r#"{"[hidden]":1}"#),
            (r#"{"c\u0026#47;n+ry T\u0026\u006c\u0074;k%n":1}"#, r#"{"[hidden]":1}"#),
            ("c/n+ry T<k%nc/n+ry T<k%n", "[hidden][hidden]"),
            ("cc/n+ry T<k%n", "c[hidden]"),
            ("c/n+ry T<k%", "c/n+ry T<k%"),
            ("c+n+ry T<k%n", "c+n+ry T<k%n"),
            ("c%41n+ry T<k%n", "c%41n+ry T<k%n"),
            ("nothing here \\ & % +", "nothing here \\ & % +"),
            ("&;&#;&#x;&#999;%zz\\u00zz\\", "&;&#;&#x;&#999;%zz\\u00zz\\"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(hide(secret, text), expected, "{text}");
        }
    }

    #[test]
    fn hides_secrets_that_look_like_spellings() {
        for (secret, texts) in [
            (
                "abc%2Fdefgh",
                &["abc%2Fdefgh", "abc%252Fdefgh", "abc%25252Fdefgh", r"abc\u00252Fdefgh"][..],
            ),
            ("%25zzzzzz", &["%25zzzzzz", "%2525zzzzzz", "%252525zzzzzz"]),
            (r"ab\\cdefgh", &[r"ab\\cdefgh", r"ab\\\\cdefgh", "ab%5C%5Ccdefgh"]),
            ("a&amp;bcdefg", &["a&amp;bcdefg", "a&amp;amp;bcdefg", "a%26amp%3Bbcdefg"]),
            ("%25%25%25%25", &["%25%25%25%25", "%2525%2525%2525%2525"]),
        ] {
            for text in texts {
                assert_eq!(hide(secret, &format!("<{text}>")), "<[hidden]>", "{secret}: {text}");
            }
        }
    }

    /// No sign tells that the text has other spellings.
    #[test]
    fn hides_what_is_spelt_otherwise_without_an_escape() {
        assert_eq!(hide("0123 5678", "no 0123+5678!"), "no [hidden]!");
        let secret = "0123é5678";
        let exposure = Exposure::of_secrets([secret.into()]);
        let latin_1 = Bytes::from_static(b"no 0123\xe95678!");
        assert_eq!(exposure.hide_in_body(latin_1.clone(), latin_1.len(), true), "no [hidden]!");
        // One that is spelt in a single way does not make another one so.
        let exposure = Exposure::of_secrets(["abcdefgh".into(), "0123 5678".into()]);
        assert_eq!(exposure.hide_in_text("no 0123+5678!"), "no [hidden]!");
    }

    #[test]
    fn leaves_what_is_almost_an_escape() {
        let hidden = hide("0123456😀", r"no 0123456\ud83d\ude00!");
        assert_eq!(hidden, "no [hidden]!");
        for text in [r"0123456\ud83d\xde00", r"0123456\ud83dxude00", r"0123456\ud83d"] {
            assert_eq!(hide("0123456😀", text), text);
        }
    }

    #[test]
    fn hides_wherever_a_secret_stands_and_keeps_the_rest() {
        let exposure = Exposure::of_secrets(["0123456789".into()]);
        for (text, expected) in [("no 0123456789!", "no [hidden]!"), ("nothing", "nothing")] {
            assert_eq!(exposure.hide_in_text(text), expected);
            let mut header = HeaderValue::from_static(text);
            exposure.hide_in_header(&mut header);
            assert_eq!(header, expected);
            let body = Bytes::from_static(text.as_bytes());
            assert_eq!(exposure.hide_in_body(body, text.len(), true), expected);
        }
    }

    #[test]
    fn leaves_answers_alone_that_hold_a_short_secret_by_chance() {
        assert_eq!(hide("1", r#"{"device1": 1}"#), r#"{"device1": 1}"#);
        assert_eq!(hide("", "text"), "text");
    }

    #[test]
    fn a_secret_across_the_cut_is_hidden_whole() {
        let exposure = Exposure::of_secrets(["0123456789".into()]);
        let body = Bytes::from_static(b"before 0123456789 after");
        for (length, expected) in [
            (6, "before"),
            (7, "before "),
            (9, "before [hidden]"),
            (17, "before [hidden]"),
            (18, "before [hidden] "),
        ] {
            assert_eq!(exposure.hide_in_body(body.clone(), length, true), expected, "{length}");
        }
        assert_eq!(exposure.longest(), 600);
    }

    #[test]
    fn a_secret_that_has_broken_off_is_hidden_as_far_as_it_came() {
        let exposure = Exposure::of_secrets(["0123456789".into(), "abc/+efghi".into()]);
        let cases = [
            ("no 0123456789", "no [hidden]"),
            ("no 012345678", "no [hidden]"),
            ("no 0", "no [hidden]"),
            ("no 1", "no 1"),
            ("no 012345678 ", "no 012345678 "),
            ("no 0123456789, no abc", "no [hidden], no [hidden]"),
            ("no abc%2F%2", "no [hidden]"),
            ("0", "[hidden]"),
            ("", ""),
        ];
        for (text, expected) in cases {
            let body = Bytes::from_static(text.as_bytes());
            assert_eq!(exposure.hide_in_body(body, text.len(), false), expected, "{text}");
        }
        // Of what is read behind the place where long bodies are cut, nothing is kept.
        let body = Bytes::from_static(b"no 0123");
        assert_eq!(exposure.hide_in_body(body.clone(), 5, false), "no [hidden]");
        assert_eq!(exposure.hide_in_body(body, 3, false), "no ");
    }
}
