//! Lines of bounded length, each checked to be text.

use std::io::{self, BufRead, Read};

/// The lines of an input, of which each may be bad without harm to the next.
pub(crate) struct Lines<R> {
    input: R,
    longest: usize,
    number: u64,
    buffer: Vec<u8>,
}

/// A line without its end, and whether it had one; or what is wrong with it.
pub(crate) struct Line<'a> {
    pub(crate) number: u64,
    pub(crate) text: Result<&'a str, String>,
    pub(crate) is_whole: bool,
}

impl<R: BufRead> Lines<R> {
    /// Reads lines of at most this many bytes.
    pub(crate) fn new(input: R, longest: usize) -> Self {
        Self { input, longest, number: 0, buffer: Vec::new() }
    }

    pub(crate) fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.buffer.clear();
        // One more than fits, to notice a line that does not; and its end.
        let most = self.longest as u64 + 2;
        if self.input.by_ref().take(most).read_until(b'\n', &mut self.buffer)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        let is_whole = self.buffer.last() == Some(&b'\n');
        if is_whole {
            self.buffer.pop();
        }
        if self.buffer.len() > self.longest {
            if !is_whole {
                self.input.skip_until(b'\n')?;
            }
            let text = Err(too_long(self.longest));
            return Ok(Some(Line { number: self.number, text, is_whole }));
        }
        let text = str::from_utf8(&self.buffer).map_err(|_| "is not in UTF-8".to_owned());
        Ok(Some(Line { number: self.number, text, is_whole }))
    }
}

pub(super) fn too_long(longest: usize) -> String {
    format!("is longer than {longest} bytes")
}
