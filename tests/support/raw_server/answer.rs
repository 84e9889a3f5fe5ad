//! What a server of bytes does once it has read a request.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// What the server does with a connection. After it, the connection is closed.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Sends bytes.
    Whole(Vec<u8>),
    /// Sends bytes, and then none until the other side has gone.
    Stall(String),
    /// Sends bytes, and then more and more until the other side has gone.
    Flood {
        /// What is sent once.
        start: String,
        /// What is sent again and again.
        piece: &'static str,
    },
    /// Resets the connection.
    Reset,
}

impl<T: Into<Vec<u8>>> From<T> for Answer {
    fn from(bytes: T) -> Self {
        Self::Whole(bytes.into())
    }
}

impl Answer {
    /// Does it, and counts the bytes of a flood.
    ///
    /// The other side may be gone before it has read everything: that is its own affair.
    pub(super) async fn give(self, mut stream: TcpStream, flooded: Arc<AtomicUsize>) {
        match self {
            Self::Whole(bytes) => {
                let _ = stream.write_all(&bytes).await;
            }
            Self::Stall(start) => {
                let _ = stream.write_all(start.as_bytes()).await;
                let _ = stream.read(&mut [0]).await;
            }
            Self::Flood { start, piece } => {
                let wave = piece.repeat(64 * 1024 / piece.len());
                let mut sent = stream.write_all(start.as_bytes()).await;
                while sent.is_ok() {
                    sent = stream.write_all(wave.as_bytes()).await;
                    flooded.fetch_add(wave.len(), Ordering::Relaxed);
                }
            }
            Self::Reset => stream.set_zero_linger().expect("an open socket"),
        }
    }
}

/// An answer as text: a status line, headers each ended by `\n`, and a body with its right length.
#[must_use]
pub fn http(status: &str, headers: &str, body: &str) -> String {
    let headers = headers.replace('\n', "\r\n");
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

/// A success with this body.
#[must_use]
pub fn json(body: &str) -> String {
    http("200 OK", "content-type: application/json\n", body)
}
