//! Other programs: run to their end, or in the background for a while.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail, ensure};

use crate::codegen::root;

/// How long a program may take to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs a program to its end, and returns what it wrote on standard output.
pub(crate) fn output_of(command: &mut Command) -> anyhow::Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.stdin(Stdio::null()).output().with_context(|| program.clone())?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        bail!("{program} failed: {}\n{stdout}\n{stderr}", output.status);
    }
    Ok(stdout)
}

/// `it-access simulate`, on a free port. It ends when it is dropped.
pub(super) struct Simulator {
    _process: Background,
    pub(super) base_url: String,
    pub(super) token: String,
}

impl Simulator {
    pub(super) fn start<'a>(settings: impl Iterator<Item = &'a str>) -> anyhow::Result<Self> {
        let mut process = Command::new(target().join("debug/it-access"))
            .args(["simulate", "--listen", "127.0.0.1:0"])
            .args(settings)
            .stdout(Stdio::piped())
            .spawn()
            .context("it-access simulate")?;
        let stdout = process.stdout.take().context("the simulator's standard output")?;
        let process = Background(process);
        // The line that a person would copy: export IT_ACCESS_BASE_URL=… IT_ACCESS_TOKEN=…
        let lines = BufReader::new(stdout).lines().map_while(Result::ok);
        let export = lines.into_iter().find(|line| line.trim_start().starts_with("export "));
        let export = export.context("the simulator did not start")?;
        let value = |name: &str| {
            let value = export.split_whitespace().find_map(|word| word.strip_prefix(name));
            value.map(str::to_owned).with_context(|| format!("the simulator names no {name}"))
        };
        Ok(Self {
            _process: process,
            base_url: value("IT_ACCESS_BASE_URL=")?,
            token: value("IT_ACCESS_TOKEN=")?,
        })
    }
}

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

/// A program that is stopped when it is dropped.
pub(crate) struct Background(pub(crate) Child);

impl Drop for Background {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Where cargo builds to.
pub(crate) fn target() -> std::path::PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .filter(|target| target != OsStr::new(""))
        .map_or_else(|| root().join("target"), Into::into)
}
