//! A Redis server of a test's own.

use std::{
    env,
    io::{Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// A server on a free port, which keeps nothing on the disk. It ends when it is dropped.
pub(crate) struct RedisServer {
    port: u16,
    password: Option<&'static str>,
    folder: TempDir,
    process: Child,
}

impl RedisServer {
    /// Starts a server. Where none is installed, says so and returns `None`; where that must not be, fails.
    pub(crate) fn start() -> Option<Self> {
        Self::start_with(None)
    }

    pub(crate) fn start_with(password: Option<&'static str>) -> Option<Self> {
        let is_installed = Command::new("redis-server").arg("--version").output().is_ok();
        if !is_installed {
            assert!(env::var_os("CI").is_none(), "redis-server is not installed");
            eprintln!("skipped, because redis-server is not installed");
            return None;
        }
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let folder = tempfile::tempdir().unwrap();
        let process = launch(port, password, &folder);
        Some(Self { port, password, folder, process })
    }

    pub(crate) fn url(&self) -> String {
        match self.password {
            Some(password) => format!("redis://:{password}@127.0.0.1:{}", self.port),
            None => format!("redis://127.0.0.1:{}", self.port),
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Ends the server; what it held is lost.
    pub(crate) fn stop(&mut self) {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").arg(pid).status().unwrap().success());
        self.process.wait().unwrap();
    }

    /// Starts it anew, where it was.
    pub(crate) fn start_again(&mut self) {
        self.process = launch(self.port, self.password, &self.folder);
    }

    /// Has the server do something, and returns what it answers.
    pub(crate) fn command(&self, command: &str) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        write!(stream, "{command}\r\nQUIT\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn launch(port: u16, password: Option<&str>, folder: &TempDir) -> Child {
    let mut command = Command::new("redis-server");
    command.args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", ""]);
    command.args(["--appendonly", "no", "--dir"]).arg(folder.path());
    if let Some(password) = password {
        command.args(["--requirepass", password]);
    }
    let mut process = command.stdout(Stdio::null()).spawn().unwrap();
    let asked_at = Instant::now();
    while !answers(port) {
        assert!(process.try_wait().unwrap().is_none(), "redis-server ended at once");
        assert!(asked_at.elapsed() < Duration::from_secs(20), "redis-server does not answer");
        thread::sleep(Duration::from_millis(10));
    }
    process
}

fn answers(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else { return false };
    let mut byte = [0];
    stream.write_all(b"PING\r\n").is_ok() && stream.read_exact(&mut byte).is_ok()
}
