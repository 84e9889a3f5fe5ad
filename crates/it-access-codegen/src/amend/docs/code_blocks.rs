//! Code in descriptions: rustdoc takes it for Rust, and runs it as a test of whoever uses the client, unless it says what it is.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};

/// The width of the indentation that makes code of a paragraph.
const INDENTATION: usize = 4;

/// A text in Markdown, in which each block of code that does not say what it is says that it is text.
pub(super) fn as_text(text: &str) -> Cow<'_, str> {
    if !["```", "~~~", "    ", "\t"].iter().any(|mark| text.contains(mark)) {
        return Cow::Borrowed(text);
    }
    let mut said = String::with_capacity(text.len());
    let mut copied = 0;
    let mut insert = |place: usize, what: &str| {
        said.push_str(&text[copied..place]);
        said.push_str(what);
        copied = place;
    };
    for (event, block) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(kind))) if kind.is_empty() => {
                let mark = text[block.clone()].find(|it| !matches!(it, '`' | '~'));
                insert(mark.map_or(block.end, |length| block.start + length), "text");
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => {
                let first = text[..block.start].rfind('\n').map_or(0, |end| end + 1);
                let margin = " ".repeat((block.start - first).saturating_sub(INDENTATION));
                insert(first, &format!("{margin}```text\n"));
                let last = first + text[first..block.end].trim_end().len();
                insert(last, &format!("\n{margin}```"));
            }
            _ => {}
        }
    }
    said.push_str(&text[copied..]);
    Cow::Owned(said)
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
