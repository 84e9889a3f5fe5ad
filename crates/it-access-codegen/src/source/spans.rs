//! Positions in a text: from the parser's characters to bytes, and from bytes to lines and columns.

use saphyr::Marker;

use super::Span;

/// A line and a column, both counted from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl Position {
    /// The position of a byte.
    pub(crate) fn of(text: &str, byte: usize) -> Self {
        let before = text.get(..byte).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self { line: before.matches('\n').count() + 1, column: before[start..].chars().count() + 1 }
    }
}

/// From the parser's marks, which count characters, to bytes.
#[derive(Default)]
pub(super) struct Bytes {
    /// The byte of each character; empty if the text is ASCII, where they are the same.
    of_character: Vec<usize>,
    length: usize,
}

impl Bytes {
    pub(super) fn new(text: &str) -> Self {
        let of_character = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(byte, _)| byte).collect()
        };
        Self { of_character, length: text.len() }
    }

    pub(super) fn at(&self, mark: Marker) -> usize {
        if self.of_character.is_empty() {
            mark.index().min(self.length)
        } else {
            self.of_character.get(mark.index()).copied().unwrap_or(self.length)
        }
    }

    pub(super) fn span(&self, span: saphyr_parser::Span) -> Span {
        self.at(span.start)..self.at(span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "é: 1\nüx: 2";
        let byte = text.find('x').unwrap();
        assert_eq!(Position::of(text, byte), Position { line: 2, column: 2 });
        assert_eq!(Bytes::new(text).at(Marker::new(6, 2, 1)), byte);
    }
}
