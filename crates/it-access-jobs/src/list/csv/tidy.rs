//! The bytes of a table with one kind of line end, so that the lines can be counted; and whether its quotes are closed.

use std::{
    cell::Cell,
    io::{self, BufRead, Read},
    rc::Rc,
};

/// Makes every line end a line feed, that of the last line included, and counts quotes.
#[derive(Debug)]
pub(super) struct Tidy<R> {
    input: R,
    has_odd_quotes: Rc<Cell<bool>>,
    /// The byte before, as it was.
    last: u8,
}

impl<R: BufRead> Tidy<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, has_odd_quotes: Rc::default(), last: b'\n' }
    }

    /// Whether the quotes so far come in pairs, as those do that stand for themselves. One that is not closed swallows the
    /// lines behind it.
    pub(super) fn has_odd_quotes(&self) -> Rc<Cell<bool>> {
        Rc::clone(&self.has_odd_quotes)
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
            for byte in &available[..taken] {
                let is_second_half = *byte == b'\n' && self.last == b'\r';
                if !is_second_half {
                    buffer[filled] = if *byte == b'\r' { b'\n' } else { *byte };
                    filled += 1;
                }
                self.has_odd_quotes.set(self.has_odd_quotes.get() ^ (*byte == b'"'));
                self.last = *byte;
            }
            self.input.consume(taken);
        }
        Ok(filled)
    }
}
