//! Whether the quotes of a table can be read in one way only.

/// Follows the quotes of a table, byte by byte.
///
/// The reader itself takes a quote in the middle of a cell as it stands, and so it should: `3.5" disk`. But it also reads on to the
/// end where one is never closed, and takes what stands behind a closed one for more of the cell: the lines between would
/// be lost in silence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quotes {
    delimiter: u8,
    place: Place,
    line: u64,
    /// Where the last quoted cell begins.
    opened_on: u64,
    /// The line of the first quoted cell that goes on behind its end.
    goes_on_behind: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// At the beginning of a cell.
    Beginning,
    Plain,
    Quoted,
    /// Behind a quote in a quoted cell: its end, unless another quote follows.
    Closed,
}

impl Quotes {
    pub(super) fn new(delimiter: u8) -> Self {
        let place = Place::Beginning;
        Self { delimiter, place, line: 1, opened_on: 1, goes_on_behind: None }
    }

    /// Takes the next byte, of which a line end is a line feed.
    pub(super) fn take(&mut self, byte: u8) {
        let ends_cell = byte == self.delimiter || byte == b'\n';
        self.place = match (self.place, byte) {
            (Place::Beginning, b'"') => {
                self.opened_on = self.line;
                Place::Quoted
            }
            (Place::Closed, b'"') => Place::Quoted,
            (Place::Quoted, b'"') => Place::Closed,
            (Place::Quoted, _) => Place::Quoted,
            _ if ends_cell => Place::Beginning,
            (Place::Closed, _) => {
                self.goes_on_behind.get_or_insert(self.opened_on);
                Place::Plain
            }
            _ => Place::Plain,
        };
        self.line += u64::from(byte == b'\n');
    }

    /// What is wrong, and on which line.
    pub(super) fn problem(&self) -> Option<(u64, &'static str)> {
        if let Some(line) = self.goes_on_behind {
            return Some((
                line,
                "a quote (\") is closed before its cell ends; write it twice inside",
            ));
        }
        (self.place == Place::Quoted).then_some((self.opened_on, "a quote (\") is never closed"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> Option<(u64, &'static str)> {
        let mut quotes = Quotes::new(b',');
        text.bytes().for_each(|byte| quotes.take(byte));
        quotes.problem()
    }

    #[test]
    fn what_is_read_in_one_way_only_is_well() {
        for text in [
            "",
            "a,3.5\" disk\n",
            "\"a\",\"b, and \"\"c\"\"\"\n\"\",\"\"\n",
            "\"two\nlines\",b\n",
            "a,\"b\"",
            "a\"\"b,\"\"\"\"\n",
        ] {
            assert_eq!(problem(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_swallows_lines_is_found_where_it_begins() {
        for (text, line) in [
            ("a,3.5\" disk\nb,\"main\nc,x\n", 2),
            ("a,\"main\nb,\"backup\nc,x\n", 1),
            ("a\n\"b\" ,c\n", 2),
            ("a\n\n\"b\"\"\n", 3),
        ] {
            assert_eq!(problem(text).map(|(line, _)| line), Some(line), "{text:?}");
        }
    }
}
