//! The first bytes of a list, which may say how its text is encoded.

use std::io::{self, BufRead, Cursor, Read};

use super::error::Problem;

const UTF_8_BOM: [u8; 3] = [0xef, 0xbb, 0xbf];
const UTF_16_BOMS: [[u8; 2]; 2] = [[0xff, 0xfe], [0xfe, 0xff]];

/// Takes a byte order mark away.
///
/// # Errors
///
/// If it is that of another encoding.
pub(super) fn checked(mut input: impl BufRead) -> Result<impl BufRead, Problem> {
    let mut start = Vec::new();
    io::Read::by_ref(&mut input).take(UTF_8_BOM.len() as u64).read_to_end(&mut start)?;
    if UTF_16_BOMS.iter().any(|bom| start.starts_with(bom)) {
        return Err(Problem::Utf16);
    }
    if start == UTF_8_BOM {
        start.clear();
    }
    Ok(Cursor::new(start).chain(input))
}
