//! Where nobody listens.

use tokio::net::TcpSocket;

/// A port of this machine that refuses connections for as long as this lives: nobody else gets it, and nobody listens there.
#[derive(Debug)]
pub struct ClosedPort {
    base_url: String,
    _bound: TcpSocket,
}

impl ClosedPort {
    /// Takes a free port.
    #[must_use]
    pub fn take() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(([127, 0, 0, 1], 0).into()).expect("a free port");
        let address = socket.local_addr().expect("a bound socket has an address");
        Self { base_url: format!("http://{address}"), _bound: socket }
    }

    /// Where nobody listens, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }
}
