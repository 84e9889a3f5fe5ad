//! Whether every quote in a table is closed: one that is not would swallow the lines behind it.

use std::{
    cell::Cell,
    io::{self, Read},
    rc::Rc,
};

/// Counts quotes. In a sound table they come in pairs, as do those that stand for themselves.
#[derive(Debug, Default)]
pub(super) struct Quotes(Rc<Cell<bool>>);

impl Quotes {
    pub(super) fn counting<R: Read>(&self, input: R) -> impl Read + use<R> {
        Counting { input, is_odd: Rc::clone(&self.0) }
    }

    pub(super) fn are_balanced(&self) -> bool {
        !self.0.get()
    }
}

struct Counting<R> {
    input: R,
    is_odd: Rc<Cell<bool>>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        let quotes = buffer[..read].iter().filter(|byte| **byte == b'"').count();
        self.is_odd.set(self.is_odd.get() ^ (quotes % 2 == 1));
        Ok(read)
    }
}
