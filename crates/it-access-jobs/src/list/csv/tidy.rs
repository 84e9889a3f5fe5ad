//! The bytes of a table with one kind of line end, so that the lines can be counted; and how its quotes stand.

use std::{
    cell::Cell,
    io::{self, BufRead, Read},
    rc::Rc,
};

use super::quotes::Quotes;

/// Makes every line end a line feed, that of the last line included, and follows the quotes.
#[derive(Debug)]
pub(super) struct Tidy<R> {
    input: R,
    quotes: Rc<Cell<Quotes>>,
    /// The byte before, as it was.
    last: u8,
}

impl<R: BufRead> Tidy<R> {
    pub(super) fn new(input: R, delimiter: u8) -> Self {
        Self { input, quotes: Rc::new(Cell::new(Quotes::new(delimiter))), last: b'\n' }
    }

    /// The quotes of what was read so far.
    pub(super) fn quotes(&self) -> Rc<Cell<Quotes>> {
        Rc::clone(&self.quotes)
    }
}

impl<R: BufRead> Read for Tidy<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled == 0 && !buffer.is_empty() {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                let is_ended = matches!(self.last, b'\n' | b'\r');
                if !is_ended {
                    (buffer[0], self.last) = (b'\n', b'\n');
                }
                return Ok(usize::from(!is_ended));
            }
            let taken = available.len().min(buffer.len());
            let mut quotes = self.quotes.get();
            for byte in &available[..taken] {
                let is_second_half = *byte == b'\n' && self.last == b'\r';
                if !is_second_half {
                    buffer[filled] = if *byte == b'\r' { b'\n' } else { *byte };
                    quotes.take(buffer[filled]);
                    filled += 1;
                }
                self.last = *byte;
            }
            self.quotes.set(quotes);
            self.input.consume(taken);
        }
        Ok(filled)
    }
}
