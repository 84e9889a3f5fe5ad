//! The one thing in JSON that YAML does not read: a character beyond the first 65,536, escaped as two halves.

use std::borrow::Cow;

/// Writes escaped pairs of surrogates (`\ud83d\ude00`) as YAML escapes such characters (`\U0001f600`).
///
/// Columns to the right of one then count two characters less; that is rare enough.
pub(super) fn join(text: &str) -> Cow<'_, str> {
    if !text.trim_start().starts_with('{') {
        return Cow::Borrowed(text);
    }
    let mut joined = String::new();
    let mut rest = text;
    while let Some(backslash) = rest.find('\\') {
        let (before, escape) = rest.split_at(backslash);
        joined.push_str(before);
        if let Some(character) = pair(escape) {
            joined.push_str(&format!("\\U{:08x}", u32::from(character)));
            rest = &escape[PAIR..];
        } else {
            // The character behind a backslash belongs to it, so that `\\u` is not taken for an escape.
            let end = escape.char_indices().nth(2).map_or(escape.len(), |(end, _)| end);
            joined.push_str(&escape[..end]);
            rest = &escape[end..];
        }
    }
    if joined.is_empty() {
        return Cow::Borrowed(text);
    }
    joined.push_str(rest);
    Cow::Owned(joined)
}

/// The length of two escapes.
const PAIR: usize = 12;

/// The character that the text begins with, as two escapes.
fn pair(text: &str) -> Option<char> {
    let half = |text: &str| u16::from_str_radix(text.strip_prefix("\\u")?, 16).ok();
    let halves = [half(text.get(..PAIR / 2)?)?, half(text.get(PAIR / 2..PAIR)?)?];
    let character = char::decode_utf16(halves).next()?.ok()?;
    (character.len_utf16() == 2).then_some(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_become_one_character() {
        let cases = [
            (r#"{"a": "\ud83d\ude00"}"#, r#"{"a": "\U0001f600"}"#),
            (r#"{"a": "\\ud83d\\ude00 \u00e9\n"}"#, r#"{"a": "\\ud83d\\ude00 \u00e9\n"}"#),
            (r#"{"a": "\ud83d"}"#, r#"{"a": "\ud83d"}"#),
            (r"a: \ud83d\ude00", r"a: \ud83d\ude00"),
            ("{\"a\": \"\\", "{\"a\": \"\\"),
        ];
        for (text, expected) in cases {
            assert_eq!(join(text), expected, "{text}");
        }
    }
}
