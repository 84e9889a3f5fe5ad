//! In which ways a secret can be written: each of its characters as it is, or as URLs, forms, JSON or HTML write it.

use std::collections::BTreeSet;

/// The longest reference to a byte or a character by URLs or HTML: `&#x10FFFF;`.
const LONGEST_REFERENCE: usize = 10;

/// How JSON writes a unit of UTF-16, `\u0041`, in bytes.
const JSON_UNIT: usize = 6;

/// The longest spelling of one byte: such a reference of which JSON has escaped each character.
pub(crate) const LONGEST_SPELLING: usize = LONGEST_REFERENCE * JSON_UNIT;

/// How many bytes at the beginning of `text` spell `secret` at most, if they do. Where the text is not whole, a beginning of
/// the secret that reaches to the end of the text counts, too.
///
/// A secret may look like a spelling itself: `%25` is that, or a `%` as URLs write it. So all ways to read what is there are
/// followed at the same time.
pub(crate) fn spelt_length(text: &[u8], secret: &str, is_whole: bool) -> Option<usize> {
    // How many bytes of the secret have been read, in how many of the text.
    let mut reached = BTreeSet::new();
    each_step(text, secret, 0, |read, length| _ = reached.insert((read, length)));
    let mut longest = None;
    // In their order, so that the longest way to read all of the secret comes last.
    while let Some((read, length)) = reached.pop_first() {
        let rest = &text[length..];
        if read == secret.len() {
            longest = Some(length);
        } else if !is_whole && is_cut_off(rest) {
            return Some(text.len());
        } else {
            each_step(rest, secret, read, |more, longer| {
                _ = reached.insert((read + more, length + longer));
            });
        }
    }
    longest
}

/// Whether the text may have ended in the middle of a secret, by what is left of it behind a beginning of that secret: nothing,
/// or what may be a part of a reference.
fn is_cut_off(rest: &[u8]) -> bool {
    rest.is_empty() || (begins_with_reference(rest) && rest.len() < LONGEST_SPELLING)
}

fn begins_with_reference(text: &[u8]) -> bool {
    matches!(text, [b'%' | b'&' | b'\\', ..])
}

/// Tells what one spelling at the beginning of `text` can be, of a secret that has been read up to `read`: how many bytes more
/// of the secret, in how many of the text.
fn each_step(text: &[u8], secret: &str, read: usize, mut take: impl FnMut(usize, usize)) {
    let Some(&first) = text.first() else { return };
    let byte = secret.as_bytes()[read];
    if first == byte || (first == b'+' && byte == b' ') {
        take(1, 1);
    }
    if begins_with_reference(text) {
        let unescaped = Unescaped::of(text);
        // URLs refer to bytes, and so do those who take each byte of UTF-8 for a character. JSON and HTML refer to characters.
        unescaped.each_reading(char::from(byte), |length| take(1, length));
        if let Some(character) = secret.get(read..).and_then(|rest| rest.chars().next()) {
            unescaped.each_reading(character, |length| take(character.len_utf8(), length));
        }
    }
}

/// The beginning of a text, as a reader of JSON has it: as many characters as one may be spelt by. Each byte that JSON has not
/// escaped is taken for a character: references consist of no others.
struct Unescaped {
    characters: [char; LONGEST_REFERENCE],
    /// Where each of them ends in the text.
    ends: [usize; LONGEST_REFERENCE],
    length: usize,
}

impl Unescaped {
    fn of(text: &[u8]) -> Self {
        let (characters, ends) = (['\0'; LONGEST_REFERENCE], [0; LONGEST_REFERENCE]);
        let mut unescaped = Self { characters, ends, length: 0 };
        let mut end = 0;
        while unescaped.length < LONGEST_REFERENCE && end < text.len() {
            let rest = &text[end..];
            let (character, length) = match rest {
                [b'\\', next, ..] => json_escape(rest).unwrap_or((char::from(*next), 2)),
                _ => (char::from(rest[0]), 1),
            };
            end += length;
            unescaped.characters[unescaped.length] = character;
            unescaped.ends[unescaped.length] = end;
            unescaped.length += 1;
        }
        unescaped
    }

    /// Tells how many bytes of the text are one way to write this character.
    fn each_reading(&self, character: char, mut take: impl FnMut(usize)) {
        let characters = &self.characters[..self.length];
        let as_it_is = characters.first().map(|first| (*first, 1));
        let references = [
            percent(characters, &['%', '2', '5']),
            percent(characters, &['%']),
            entity(characters),
        ];
        let readings = as_it_is.into_iter().chain(references.into_iter().flatten());
        readings
            .filter(|(read, _)| *read == character)
            .for_each(|(_, length)| take(self.ends[length - 1]));
    }
}

/// The character that JSON has escaped by its number, in one or two units of UTF-16, and how many bytes that takes.
fn json_escape(text: &[u8]) -> Option<(char, usize)> {
    let first = json_unit(text)?;
    let second = json_unit(&text[JSON_UNIT..]);
    let character = char::decode_utf16([first].into_iter().chain(second)).next()?.ok()?;
    Some((character, JSON_UNIT * character.len_utf16()))
}

fn json_unit(text: &[u8]) -> Option<u16> {
    let digits = text.get(..JSON_UNIT)?.strip_prefix(b"\\u")?;
    let unit = number(digits.iter().map(|&digit| char::from(digit)), 16)?;
    u16::try_from(unit).ok()
}

/// The byte that two hexadecimal digits after `prefix` write, and the length of all that.
fn percent(text: &[char], prefix: &[char]) -> Option<(char, usize)> {
    let digits = text.strip_prefix(prefix)?.get(..2)?;
    let byte = char::from_u32(number(digits.iter().copied(), 16)?)?;
    Some((byte, prefix.len() + digits.len()))
}

/// The character that an HTML entity writes, and its length.
fn entity(text: &[char]) -> Option<(char, usize)> {
    let text = text.strip_prefix(&['&'])?;
    let end = text.iter().position(|&character| character == ';')?;
    let character = match text[..end] {
        ['a', 'm', 'p'] => '&',
        ['l', 't'] => '<',
        ['g', 't'] => '>',
        ['q', 'u', 'o', 't'] => '"',
        ['a', 'p', 'o', 's'] => '\'',
        ['#', 'x' | 'X', ref digits @ ..] => char::from_u32(number(digits.iter().copied(), 16)?)?,
        ['#', ref digits @ ..] => char::from_u32(number(digits.iter().copied(), 10)?)?,
        _ => return None,
    };
    Some((character, "&;".len() + end))
}

/// The number that digits write, of which there are a few.
fn number(digits: impl Iterator<Item = char>, base: u32) -> Option<u32> {
    digits
        .map(|digit| digit.to_digit(base))
        .try_fold(0, |number, digit| Some(number * base + digit?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_of_several_bytes_is_known_by_its_bytes_and_by_its_number() {
        let secret = "a\u{e9}\u{20ac}\u{1f600}z";
        for text in [
            secret,
            "a%C3%A9%e2%82%ac%f0%9f%98%80z",
            "a%25C3%25A9%25e2%2582%25ac%25f0%259f%2598%2580z",
            r"a\u00e9\u20AC\ud83d\uDE00z",
            r"\u0061\u00E9\u20ac\uD83D\ude00\u007A",
            "a&#233;&#8364;&#128512;z",
            "a&#xe9;&#X20AC;&#x01F600;z",
            r"a\u0026#233;\u0026\u0023x20ac;\u0026#x1f600;z",
            // By those who take each byte of UTF-8 for a character.
            r"a\u00c3\u00a9\u00e2\u0082\u00ac\u00f0\u009f\u0098\u0080z",
            "a&#195;&#169;&#226;&#130;&#172;&#xf0;&#x9f;&#x98;&#x80;z",
            "a\u{e9}%e2\\u0082&#172;\u{1f600}z",
        ] {
            let longer = format!("{text}z");
            assert_eq!(spelt_length(longer.as_bytes(), secret, true), Some(text.len()), "{text}");
        }
    }

    #[test]
    fn the_characters_that_html_needs_have_names() {
        let text = "&lt;&gt;&quot;&apos;&amp;";
        assert_eq!(spelt_length(text.as_bytes(), r#"<>"'&"#, true), Some(text.len()));
    }

    #[test]
    fn what_is_nearly_a_character_is_another() {
        for (secret, text) in [
            ("\u{e9}", r"\u00e8"),
            ("\u{e9}", r"\u00e"),
            ("\u{e9}", r"\u00eg"),
            ("\u{e9}", r"\x00e9"),
            ("\u{e9}", "&#233"),
            ("\u{e9}", "&#e9;"),
            ("\u{e9}", "&eacute;"),
            ("\u{e9}", "\u{20ac}"),
            // Half of a pair, and none.
            ("\u{1f600}", r"\ud83d"),
            ("\u{1f600}", r"\ud83d\ud83d"),
            ("\u{1f600}", r"\ud83d\u0041"),
            ("\u{1f600}", r"\ud83dude00"),
            ("\u{1f600}", r"\ude00\ud83d"),
            ("\u{1f600}", "&#x110000;"),
        ] {
            assert_eq!(spelt_length(text.as_bytes(), secret, true), None, "{secret}: {text}");
        }
    }

    #[test]
    fn a_beginning_counts_only_where_the_text_has_broken_off() {
        let secret = "a/\u{e9}\u{1f600}z";
        for text in [
            "a",
            "a/",
            "a%",
            "a%2",
            "a%2F",
            "a%25",
            "a%252",
            "a&#4",
            "a\\",
            r"a\u002",
            r"a\u0026#4",
            "a/%C3",
            "a/%C3%",
            r"a/\u00e9",
            r"a/\u00e9\ud83",
            r"a/\u00e9\ud83d",
            r"a/\u00e9\ud83d\u",
            "a/&#233;&#x1f60",
        ] {
            assert_eq!(spelt_length(text.as_bytes(), secret, false), Some(text.len()), "{text}");
            assert_eq!(spelt_length(text.as_bytes(), secret, true), None, "{text}");
        }
        // Of a character of several bytes, some have come.
        let text = &"a/\u{e9}".as_bytes()[..3];
        assert_eq!(spelt_length(text, secret, false), Some(3));
        // Behind a whole secret, anything may stand.
        let text = "a/\u{e9}\u{1f600}z%";
        assert_eq!(spelt_length(text.as_bytes(), secret, false), Some(text.len() - 1));
    }

    #[test]
    fn what_goes_on_otherwise_is_no_beginning() {
        let longest = LONGEST_SPELLING - 1;
        let cases = [
            ("", None),
            ("b", None),
            ("ab", None),
            ("a/b", None),
            ("%", None),
            (&format!("a%{}", "-".repeat(longest - 1)), Some(1 + longest)),
            (&format!("a%{}", "-".repeat(longest)), None),
        ];
        for (text, expected) in cases {
            assert_eq!(spelt_length(text.as_bytes(), "a/c", false), expected, "{text}");
        }
    }
}
