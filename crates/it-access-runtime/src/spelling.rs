//! In which ways a secret can be written: each of its characters as it is, or as URLs, forms, JSON or HTML write it, or as one
//! of these writes what another has written.

use std::collections::BTreeSet;

/// The longest spelling of one byte that is followed: `&#x10FFFF;`, of which JSON has escaped each character.
pub(crate) const LONGEST_SPELLING: usize = 60;

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
/// or what may be a part of a reference, or of a character of two bytes.
fn is_cut_off(rest: &[u8]) -> bool {
    let is_reference = begins_with_reference(rest) && rest.len() < LONGEST_SPELLING;
    is_reference || matches!(rest, [] | [0xC2 | 0xC3])
}

fn begins_with_reference(text: &[u8]) -> bool {
    matches!(text, [b'%' | b'&' | b'\\', ..])
}

/// Tells what one spelling at the beginning of `text` can be, of a secret that has been read up to `read`: how many bytes more
/// of the secret, in how many of the text.
fn each_step(text: &[u8], secret: &str, read: usize, mut take: impl FnMut(usize, usize)) {
    let text = &text[..text.len().min(LONGEST_SPELLING)];
    let byte = char::from(secret.as_bytes()[read]);
    let character = secret.get(read..).and_then(|rest| rest.chars().next());
    let mut compare = |found: char, length: usize| {
        // URLs refer to bytes, and so do those who take each byte of UTF-8 for a character. The others refer to characters.
        if found == byte || (found == '+' && byte == ' ') {
            take(1, length);
        }
        if character == Some(found) {
            take(found.len_utf8(), length);
        }
    };
    let most = if begins_with_reference(text) { LAYERS.len() } else { 0 };
    for depth in 0..=most {
        if let Some((found, Reader { position, .. })) = (Reader { text, position: 0, depth }).next()
        {
            compare(found, position);
        }
    }
    // Who has taken each byte for a character has then written each such character in two bytes.
    if let [lead @ (0xC2 | 0xC3), trail @ 0x80..=0xBF, ..] = *text {
        compare(char::from((lead << 6) | (trail & 0x3F)), 2);
    }
}

/// The ways to write characters by others, in the order in which a reader undoes them: JSON may quote JSON, that HTML, and that a
/// URL in a URL.
const LAYERS: [Layer; 5] = [json, json, html, url, url];

/// Reads a reference, by its first character and what is behind that.
type Layer = fn(char, Reader<'_>) -> Option<(char, Reader<'_>)>;

/// A text as one reads it who has undone the first few layers.
#[derive(Clone, Copy)]
struct Reader<'a> {
    text: &'a [u8],
    /// How many bytes have been read.
    position: usize,
    /// How many layers have been undone.
    depth: usize,
}

impl<'a> Reader<'a> {
    /// The next character, and the reader behind it. Each byte that is no reference is taken for a character: references
    /// consist of no others.
    fn next(self) -> Option<(char, Self)> {
        let Some(depth) = self.depth.checked_sub(1) else {
            let byte = *self.text.get(self.position)?;
            return Some((char::from(byte), Self { position: self.position + 1, ..self }));
        };
        let (first, behind) = (Self { depth, ..self }).next()?;
        let (character, behind) = LAYERS[depth](first, behind).unwrap_or((first, behind));
        Some((character, Self { depth: self.depth, ..behind }))
    }

    /// The number that so many digits write.
    fn number(mut self, digits: usize, base: u32) -> Option<(u32, Self)> {
        let mut number = 0;
        for _ in 0..digits {
            let (digit, behind) = self.next()?;
            number = number * base + digit.to_digit(base)?;
            self = behind;
        }
        Some((number, self))
    }
}

/// `\/`, `\n` or `\u002f`.
fn json<'a>(first: char, behind: Reader<'a>) -> Option<(char, Reader<'a>)> {
    // What is no reference costs no look at what is behind it: each layer would look twice as often as the one below.
    if first != '\\' {
        return None;
    }
    let (escaped, behind) = behind.next()?;
    match escaped {
        'u' => json_character(behind).or(Some((escaped, behind))),
        'b' => Some(('\u{8}', behind)),
        'f' => Some(('\u{c}', behind)),
        'n' => Some(('\n', behind)),
        'r' => Some(('\r', behind)),
        't' => Some(('\t', behind)),
        _ => Some((escaped, behind)),
    }
}

/// The character behind `\u`: one unit of UTF-16, or two.
fn json_character(behind: Reader<'_>) -> Option<(char, Reader<'_>)> {
    let (first, behind) = json_unit(behind)?;
    let second =
        Some(behind).filter(|_| matches!(first, 0xD800..=0xDBFF)).and_then(escaped_json_unit);
    let units = [first].into_iter().chain(second.map(|(second, _)| second));
    let character = char::decode_utf16(units).next()?.ok()?;
    Some((character, second.map_or(behind, |(_, behind)| behind)))
}

fn escaped_json_unit(text: Reader<'_>) -> Option<(u16, Reader<'_>)> {
    let (_, behind) = text.next().filter(|(first, _)| *first == '\\')?;
    let (_, behind) = behind.next().filter(|(escaped, _)| *escaped == 'u')?;
    json_unit(behind)
}

fn json_unit(digits: Reader<'_>) -> Option<(u16, Reader<'_>)> {
    let (number, behind) = digits.number(4, 16)?;
    Some((u16::try_from(number).ok()?, behind))
}

/// `%2F`: a byte.
fn url<'a>(first: char, behind: Reader<'a>) -> Option<(char, Reader<'a>)> {
    if first != '%' {
        return None;
    }
    let (byte, behind) = behind.number(2, 16)?;
    Some((char::from_u32(byte)?, behind))
}

/// `&amp;`, `&#47;` or `&#x2f;`.
fn html<'a>(first: char, mut behind: Reader<'a>) -> Option<(char, Reader<'a>)> {
    if first != '&' {
        return None;
    }
    let mut name = ['\0'; LONGEST_NAME];
    for length in 0..=LONGEST_NAME {
        let (character, next) = behind.next()?;
        behind = next;
        if character == ';' {
            return Some((html_character(&name[..length])?, behind));
        }
        // No name holds another sign, so that a row of `&` costs one look at each.
        if !matches!(character, '#' | '0'..='9' | 'A'..='Z' | 'a'..='z') {
            return None;
        }
        *name.get_mut(length)? = character;
    }
    None
}

/// The longest name of a character, `#x10FFFF`.
const LONGEST_NAME: usize = 8;

fn html_character(name: &[char]) -> Option<char> {
    match name {
        ['a', 'm', 'p'] => Some('&'),
        ['l', 't'] => Some('<'),
        ['g', 't'] => Some('>'),
        ['q', 'u', 'o', 't'] => Some('"'),
        ['a', 'p', 'o', 's'] => Some('\''),
        ['#', 'x' | 'X', digits @ ..] => char::from_u32(number(digits, 16)?),
        ['#', digits @ ..] => char::from_u32(number(digits, 10)?),
        _ => None,
    }
}

/// The number that digits write, of which there are a few.
fn number(digits: &[char], base: u32) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| Some(number * base + digit.to_digit(base)?))
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
    fn one_way_may_write_what_another_has_written() {
        let secret = "a/b=c%";
        for text in [
            // JSON in JSON, by those who escape slashes and by those who do not.
            r"a\/b=c%",
            r"a\\/b\u003dc%",
            r"a\u002fb\u003Dc\u0025",
            r"a\/b\u003dc%",
            // A URL in HTML, in JSON.
            "a&#x25;2Fb&#37;3dc&#37;25",
            r"a&#x25;2Fb%3Dc%25",
            r"a\u0025252fb=c%",
        ] {
            let longer = format!("{text}z");
            assert_eq!(spelt_length(longer.as_bytes(), secret, true), Some(text.len()), "{text}");
        }
    }

    #[test]
    fn what_is_written_in_one_byte_or_two_is_known_too() {
        let secret = "p\u{e4}ss\u{fc}z";
        for text in [&b"p\xe4ss\xfcz"[..], "p\u{c3}\u{a4}ss\u{c3}\u{bc}z".as_bytes()] {
            assert_eq!(spelt_length(text, secret, true), Some(text.len()), "{text:?}");
            let cut_off = &text[..text.len() - 2];
            assert_eq!(spelt_length(cut_off, secret, false), Some(cut_off.len()), "{text:?}");
        }
    }

    #[test]
    fn json_has_letters_for_some_characters() {
        let secret = "a\u{8}\u{c}\n\r\tz";
        assert_eq!(spelt_length(br"a\b\f\n\r\tz", secret, true), Some(12));
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
