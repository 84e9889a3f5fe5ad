//! The simulator on a socket.

mod body;
mod connection;
mod lingering;
mod request_body;

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinHandle, JoinSet};

use crate::{Fleet, Simulator};
use connection::Server;

/// So many connections are served at once; more wait to be accepted.
const MOST_CONNECTIONS: usize = 1024;

/// How long nothing is accepted after an error, such as too many open files.
const BREATHER: Duration = Duration::from_millis(50);

/// Starts to listen.
pub(crate) async fn start(simulator: Simulator, addr: SocketAddr) -> io::Result<RunningService> {
    if simulator.has_control() && !addr.ip().is_loopback() {
        let reason = "the control interface is for this machine only: listen on a loopback address";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
    }
    let listener = TcpListener::bind(addr).await?;
    let local_addr = listener.local_addr()?;
    let (stop, stopped) = watch::channel(());
    let server = tokio::spawn(serve(listener, Server::new(simulator.clone(), stopped)));
    Ok(RunningService { local_addr, simulator, stop, server })
}

/// Answers requests until it is shut down or dropped.
///
/// Debug output shows the address and the fleet, never a secret.
#[derive(Debug)]
pub struct RunningService {
    local_addr: SocketAddr,
    simulator: Simulator,
    stop: watch::Sender<()>,
    server: JoinHandle<()>,
}

impl RunningService {
    /// Returns the URL that takes the place of `https://gears.opswat.com`, such as
    /// `http://127.0.0.1:49152`: no slash at the end, no path.
    ///
    /// A service that listens on every address of the machine is named by the loopback one, where alone a client sends a
    /// token by plain HTTP.
    pub fn base_url(&self) -> String {
        format!("http://{}", reachable(self.local_addr))
    }

    /// Returns the address that the service listens on, with its real port.
    pub fn local_addr(&self) -> SocketAddr {
        self.local_addr
    }

    /// Returns what answers the requests: it knows what became of them, and can be told to fail.
    pub fn simulator(&self) -> &Simulator {
        &self.simulator
    }

    /// Copies the devices as they are now; later requests do not change the copy.
    pub fn fleet(&self) -> Fleet {
        self.simulator.fleet()
    }

    /// Stops listening, waits for the requests in flight, closes the connections, and returns once
    /// that is done.
    ///
    /// A client that stops in the middle of a request, or of reading an answer, is waited for; drop
    /// the service where that may happen.
    pub async fn shutdown(self) {
        drop(self.stop);
        // The server neither fails nor panics, and there is nobody left to tell.
        drop(self.server.await);
    }
}

/// Accepts connections until the other end of `stopped` is dropped, and serves them to their end.
async fn serve(listener: TcpListener, server: Server) {
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut stopped = server.stopped.clone();
    let mut connections = JoinSet::new();
    loop {
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (accept(&listener).await, place)
        };
        let (stream, place) = tokio::select! {
            accepted = accepted => accepted,
            _ = stopped.changed() => break,
        };
        let server = server.clone();
        connections.spawn(async move {
            connection::serve(stream, server).await;
            drop(place);
        });
        while connections.try_join_next().is_some() {}
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(_) => tokio::time::sleep(BREATHER).await,
        }
    }
}

/// The address at which a client of this machine finds what listens on `addr`.
fn reachable(addr: SocketAddr) -> SocketAddr {
    let ip = match addr.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, addr.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_can_reach_the_address_it_is_told() {
        let cases = [
            ("0.0.0.0:8080", "127.0.0.1:8080"),
            ("[::]:8080", "[::1]:8080"),
            ("127.0.0.2:8080", "127.0.0.2:8080"),
            ("[::1]:8080", "[::1]:8080"),
            ("192.0.2.1:8080", "192.0.2.1:8080"),
        ];
        for (listens, expected) in cases {
            let addr: SocketAddr = listens.parse().expect("an address");
            assert_eq!(reachable(addr).to_string(), expected);
        }
    }
}
