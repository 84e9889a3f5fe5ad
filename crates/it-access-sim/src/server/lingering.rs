//! The end of a connection whose client may still be sending.

use tokio::io::{AsyncReadExt, copy, sink};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::request_body::BODY_TIME;
use crate::call::MAX_BODY_BYTES;

/// So much is read of what nobody wants, in bytes: far more than a client sends that is merely mistaken about the
/// largest body.
const MOST: u64 = 16 * MAX_BODY_BYTES as u64;

/// Reads what the client still sends, and forgets it, until it has sent everything or takes too long.
///
/// A socket that is closed with bytes in it that nobody has read is reset, which takes the answer away from a client
/// that reads it only once it has written everything: what was refused would look as if it were perhaps applied.
pub(super) async fn read_to_the_end(stream: &mut TcpStream) {
    // What becomes of it is the client's affair.
    let _ = timeout(BODY_TIME, copy(&mut stream.take(MOST), &mut sink())).await;
}
