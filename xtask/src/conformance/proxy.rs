//! Prism, between a client and the simulated service.

use std::{
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, ensure};

use crate::process::Background;

/// How long Prism may take to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// Prism as a proxy, on a port that was free. It ends when it is dropped.
pub(super) struct Proxy {
    _process: Background,
    pub(super) base_url: String,
}

impl Proxy {
    /// Starts the proxy before `upstream`, and waits until it listens.
    pub(super) fn start(
        prism: &Path,
        document: &Path,
        upstream: &str,
        settings: &[&str],
    ) -> anyhow::Result<Self> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let process = Command::new(prism)
            .arg("proxy")
            .arg(document)
            .args([upstream, "--host", "127.0.0.1", "--port", &address.port().to_string()])
            .args(settings)
            // Its log holds URLs, and with them the token.
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("prism proxy")?;
        let mut process = Background(process);
        let start = Instant::now();
        while TcpStream::connect(address).is_err() {
            ensure!(process.0.try_wait()?.is_none(), "prism proxy ended at once");
            ensure!(start.elapsed() < PATIENCE, "prism proxy did not start");
            thread::sleep(Duration::from_millis(50));
        }
        Ok(Self { _process: process, base_url: format!("http://{address}") })
    }
}
