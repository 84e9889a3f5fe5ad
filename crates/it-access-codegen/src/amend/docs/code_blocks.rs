//! Code in descriptions: rustdoc takes it for Rust, and runs it as a test of whoever uses the client, unless it says what it is.

use std::{borrow::Cow, ops::Range};

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

/// The width of the indentation that makes code of a paragraph.
const INDENTATION: usize = 4;

/// What rustdoc reads of a block of Rust, besides `edition2024` and the numbers of errors.
const OF_RUST: [&str; 9] = [
    "rust",
    "ignore",
    "no_run",
    "should_panic",
    "compile_fail",
    "test_harness",
    "standalone_crate",
    "custom",
    "",
];

/// A text in Markdown, in which each block of code that rustdoc would take for Rust says that it is text.
pub(super) fn as_text(text: &str) -> Cow<'_, str> {
    if !["```", "~~~", "    ", "\t"].iter().any(|mark| text.contains(mark)) {
        return Cow::Borrowed(text);
    }
    let mut said = String::with_capacity(text.len());
    let mut copied = 0;
    let mut replace = |place: Range<usize>, what: &str| {
        said.push_str(&text[copied..place.start]);
        said.push_str(what);
        copied = place.end;
    };
    for (event, block) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) if is_rust(&kind) => {
                let mark = text[block.clone()].find(|it| !matches!(it, '`' | '~'));
                let mark = mark.map_or(block.end, |length| block.start + length);
                let end = text[mark..block.end].find('\n').map_or(block.end, |rest| mark + rest);
                replace(mark..end, "text");
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                let first = text[..block.start].rfind('\n').map_or(0, |end| end + 1);
                let margin = " ".repeat((block.start - first).saturating_sub(INDENTATION));
                replace(first..first, &format!("{margin}```text\n"));
                let last = first + text[first..block.end].trim_end().len();
                replace(last..last, &format!("\n{margin}```"));
            }
            _ => {}
        }
    }
    said.push_str(&text[copied..]);
    Cow::Owned(said)
}

/// Whether rustdoc takes a block of this kind for Rust: it says so, or nothing but how to run it.
fn is_rust(kind: &str) -> bool {
    let mut words = kind.split([' ', ',', '\t', '{', '}']);
    let is_of_rust = |word: &str| {
        let word = word.split('-').next().unwrap_or_default();
        let is_error = word.strip_prefix('E').is_some_and(|it| it.parse::<u16>().is_ok());
        OF_RUST.contains(&word) || word.starts_with("edition") || is_error
    };
    words.clone().any(|word| word == "rust") || words.all(is_of_rust)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_says_that_it_is_text_unless_it_says_more() {
        for (text, expected) in [
            ("a `b` c\n\nd", "a `b` c\n\nd"),
            ("a\n```\nb\n```\nc", "a\n```text\nb\n```\nc"),
            ("~~~~\nb\n~~~~", "~~~~text\nb\n~~~~"),
            ("```json\n{}\n```", "```json\n{}\n```"),
            ("```rust\nb\n```", "```text\nb\n```"),
            ("~~~ no_run, edition2021\r\nb\n~~~", "~~~text\nb\n~~~"),
            ("- ```ignore-windows,E0308\n  b\n  ```", "- ```text\n  b\n  ```"),
            ("```json,rust\nb\n```", "```text\nb\n```"),
            ("```Edition\nb\n```", "```Edition\nb\n```"),
            ("a\n\n    b\n\n    c\n\nd", "a\n\n```text\n    b\n\n    c\n```\n\nd"),
            ("- a\n\n      b\n- c", "- a\n\n  ```text\n      b\n  ```\n- c"),
            ("a\n\n        b\n      c", "a\n\n```text\n        b\n      c\n```"),
            ("- a\n\n          b", "- a\n\n  ```text\n          b\n  ```"),
            ("a\n    not code", "a\n    not code"),
            ("```", "```text"),
        ] {
            assert_eq!(as_text(text), expected, "{text}");
        }
    }
}
