//! Starting and stopping the service on a socket.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::account::Account;
use crate::token::AccessToken;
use crate::{Fleet, api};

/// Stands in for the vendor's service, ready to listen.
///
/// Debug output shows the fleet and never the token.
#[derive(Debug)]
pub struct Service {
    account: Account,
}

impl Service {
    /// Makes a service with these devices that takes this access token.
    ///
    /// No request can carry an empty token, so that an empty one answers 401 to all of them. See
    /// [`DEFAULT_ACCESS_TOKEN`](crate::DEFAULT_ACCESS_TOKEN).
    pub fn new(fleet: Fleet, access_token: impl Into<String>) -> Self {
        Self { account: Account::new(fleet, AccessToken::new(access_token.into())) }
    }

    /// Listens on a socket and answers requests on the current tokio runtime, which must drive I/O.
    ///
    /// Port 0 takes any free port. The answers are plain HTTP: listen on a loopback address.
    ///
    /// # Errors
    ///
    /// If the socket cannot be bound, for instance because the port is taken.
    ///
    /// ```
    /// use it_access_sim::{DEFAULT_ACCESS_TOKEN, Fleet, Service};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let service = Service::new(Fleet::example(), DEFAULT_ACCESS_TOKEN);
    /// let service = service.listen(([127, 0, 0, 1], 0).into()).await?;
    /// assert!(service.base_url().starts_with("http://127.0.0.1:"));
    /// service.shutdown().await;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn listen(self, addr: SocketAddr) -> io::Result<RunningService> {
        let listener = TcpListener::bind(addr).await?;
        let local_addr = listener.local_addr()?;
        let account = Arc::new(self.account);
        let (stop, stopped) = oneshot::channel::<()>();
        let server = axum::serve(listener, api::router(Arc::clone(&account)))
            // Fires on a drop of the other end as well.
            .with_graceful_shutdown(async { drop(stopped.await) });
        let server = tokio::spawn(async { drop(server.await) });
        Ok(RunningService { local_addr, account, stop, server })
    }
}

/// Answers requests until it is shut down or dropped.
///
/// Debug output shows the address and the fleet, never the token.
#[derive(Debug)]
pub struct RunningService {
    local_addr: SocketAddr,
    account: Arc<Account>,
    stop: oneshot::Sender<()>,
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

    /// Copies the devices as they are now; later requests do not change the copy.
    pub fn fleet(&self) -> Fleet {
        self.account.fleet()
    }

    /// Stops listening, waits for the requests in flight, closes the connections, and returns once
    /// that is done.
    ///
    /// A client that stops in the middle of a request is waited for; drop the service where that
    /// may happen.
    pub async fn shutdown(self) {
        drop(self.stop);
        // The server neither fails nor panics, and there is nobody left to tell.
        drop(self.server.await);
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
