//! Finding secrets in what a service sends back, in whatever spelling, and taking them out.

use std::borrow::Cow;

use bytes::Bytes;
use memchr::{memchr3, memmem::find};
use reqwest::header::HeaderValue;

use crate::CredentialSet;

/// What stands in the place of a secret.
const HIDDEN: &[u8] = b"[hidden]";

/// Shorter ones are not looked for: they are no secrets, and may stand in any answer by chance.
const SHORTEST_SECRET: usize = 8;

/// The longest reference to a byte by URLs or HTML: `%2541`, `&#x41;`.
const LONGEST_REFERENCE: usize = 6;

/// The longest spelling of one byte: such a reference of which JSON has escaped each, like `\u0041`.
const LONGEST_SPELLING: usize = LONGEST_REFERENCE * 6;

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
        if let Some(hidden) = self.hide(value.as_bytes(), value.len())
            && let Ok(hidden) = HeaderValue::from_bytes(&hidden)
        {
            *value = hidden;
        }
    }

    /// The first `length` bytes of a body, without the secrets that begin there.
    pub(crate) fn hide_in_body(&self, mut body: Bytes, length: usize) -> Bytes {
        if let Some(hidden) = self.hide(&body, length.min(body.len())) {
            return hidden.into();
        }
        body.truncate(length);
        body
    }

    pub(crate) fn hide_in_text(&self, text: &str) -> String {
        match self.hide(text.as_bytes(), text.len()) {
            Some(hidden) => String::from_utf8_lossy(&hidden).into_owned(),
            None => text.to_owned(),
        }
    }

    /// Whether a look at each byte would find nothing: where no byte is spelt in another way, a secret stands there as it is.
    fn is_absent(&self, text: &[u8]) -> bool {
        // No spelling of a secret is shorter than the secret.
        if self.secrets.iter().all(|secret| secret.len() > text.len()) {
            return true;
        }
        let has_escapes = memchr3(b'%', b'\\', b'&', text).is_some()
            || self.secrets.iter().any(|secret| secret.contains(' '));
        !has_escapes && self.secrets.iter().all(|secret| find(text, secret.as_bytes()).is_none())
    }

    /// The text without the secrets, if there is one in it.
    fn hide(&self, text: &[u8], length: usize) -> Option<Vec<u8>> {
        if self.is_absent(text) {
            return None;
        }
        let mut hidden: Option<Vec<u8>> = None;
        let mut copied = 0;
        let mut position = 0;
        while position < length {
            match self.find_at(&text[position..]) {
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
    fn find_at(&self, text: &[u8]) -> Option<usize> {
        self.secrets.iter().filter_map(|secret| spelt_length(text, secret.as_bytes())).max()
    }
}

/// How many bytes of `text` spell `secret` at most, if they do.
///
/// A secret may look like a spelling itself: `%25` is that, or a `%` as URLs write it. So all ways to read what is there are
/// followed at the same time.
fn spelt_length(text: &[u8], secret: &[u8]) -> Option<usize> {
    let (&first, others) = secret.split_first()?;
    let (mut lengths, mut longer) = (Vec::new(), Vec::new());
    each_spelling(text, first, |length| lengths.push(length));
    for &byte in others {
        for length in lengths.drain(..) {
            each_spelling(&text[length..], byte, |more| longer.push(length + more));
        }
        longer.sort_unstable();
        longer.dedup();
        std::mem::swap(&mut lengths, &mut longer);
    }
    lengths.into_iter().max()
}

/// Tells how many bytes of `text` spell `byte`: as it is, or as URLs, forms, JSON or HTML write it, or as JSON writes what URLs
/// or HTML have written.
fn each_spelling(text: &[u8], byte: u8, mut take: impl FnMut(usize)) {
    let Some(&first) = text.first() else { return };
    if first == byte || (first == b'+' && byte == b' ') {
        take(1);
    }
    if matches!(first, b'%' | b'&' | b'\\') {
        Unescaped::of(text).each_spelling(byte, take);
    }
}

/// The beginning of a text, as a reader of JSON has it: as many bytes as one byte may be spelt by.
struct Unescaped {
    bytes: [u8; LONGEST_REFERENCE],
    /// Where each of them ends in the text.
    ends: [usize; LONGEST_REFERENCE],
    length: usize,
}

impl Unescaped {
    fn of(text: &[u8]) -> Self {
        let (bytes, ends) = ([0; LONGEST_REFERENCE], [0; LONGEST_REFERENCE]);
        let mut unescaped = Self { bytes, ends, length: 0 };
        let mut end = 0;
        while unescaped.length < LONGEST_REFERENCE && end < text.len() {
            let rest = &text[end..];
            let (byte, length) = match rest {
                [b'\\', next, ..] => hexadecimal(rest, b"\\u00", 2).unwrap_or((*next, 2)),
                _ => (rest[0], 1),
            };
            end += length;
            unescaped.bytes[unescaped.length] = byte;
            unescaped.ends[unescaped.length] = end;
            unescaped.length += 1;
        }
        unescaped
    }

    fn each_spelling(&self, byte: u8, mut take: impl FnMut(usize)) {
        let bytes = &self.bytes[..self.length];
        let as_it_is = bytes.first().map(|first| (*first, 1));
        let references =
            [hexadecimal(bytes, b"%25", 2), hexadecimal(bytes, b"%", 2), entity(bytes)];
        let spellings = as_it_is.into_iter().chain(references.into_iter().flatten());
        spellings
            .filter(|(spelt, _)| *spelt == byte)
            .for_each(|(_, length)| take(self.ends[length - 1]));
    }
}

/// The byte that `digits` hexadecimal digits after `prefix` write, and the length of all that.
fn hexadecimal(text: &[u8], prefix: &[u8], digits: usize) -> Option<(u8, usize)> {
    let number = text.strip_prefix(prefix)?.get(..digits)?;
    let number = u8::from_str_radix(std::str::from_utf8(number).ok()?, 16).ok()?;
    Some((number, prefix.len() + digits))
}

/// The byte that an HTML entity writes, and its length.
fn entity(text: &[u8]) -> Option<(u8, usize)> {
    let text = text.strip_prefix(b"&")?;
    let end = text.iter().position(|&byte| byte == b';')?;
    let byte = match std::str::from_utf8(&text[..end]).ok()? {
        "amp" => b'&',
        "lt" => b'<',
        "gt" => b'>',
        "quot" => b'"',
        "apos" => b'\'',
        number => match number.strip_prefix("#x").or(number.strip_prefix("#X")) {
            Some(number) => u8::from_str_radix(number, 16).ok()?,
            None => number.strip_prefix('#')?.parse().ok()?,
        },
    };
    Some((byte, "&;".len() + end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hide(secret: &str, text: &str) -> String {
        let exposure = Exposure::of_secrets([secret.into()]);
        let hidden = exposure.hide_in_body(Bytes::copy_from_slice(text.as_bytes()), text.len());
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

    #[test]
    fn hides_wherever_a_secret_stands_and_keeps_the_rest() {
        let exposure = Exposure::of_secrets(["0123456789".into()]);
        for (text, expected) in [("no 0123456789!", "no [hidden]!"), ("nothing", "nothing")] {
            assert_eq!(exposure.hide_in_text(text), expected);
            let mut header = HeaderValue::from_static(text);
            exposure.hide_in_header(&mut header);
            assert_eq!(header, expected);
            let body = Bytes::from_static(text.as_bytes());
            assert_eq!(exposure.hide_in_body(body, text.len()), expected);
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
            assert_eq!(exposure.hide_in_body(body.clone(), length), expected, "{length}");
        }
        assert_eq!(exposure.longest(), 360);
    }
}
