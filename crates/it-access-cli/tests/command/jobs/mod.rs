//! Jobs: planned, carried out, interrupted, gone on with, and reported.

mod apply;
#[cfg(target_os = "linux")]
mod full_disk;
mod identity;
mod interruption;
mod plan;
mod safety;
#[cfg(unix)]
mod terminal;

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::PathBuf,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::support::{Run, Simulated};

/// A folder with lists and plans in it, in which several commands run one after the other.
struct Desk(Arc<TempDir>);

impl Desk {
    fn new() -> Self {
        Self(Arc::new(TempDir::new().expect("a temporary folder")))
    }

    /// A desk with a plan of this action on so many devices, `device1` and so on.
    fn with_plan(action: &[&str], devices: usize) -> Self {
        let desk = Self::new();
        desk.write("list.txt", &lines(devices));
        let planned = desk.run(["plan"]).args(action);
        let planned = planned.args(["--hwids-from", "list.txt", "--out", "the.plan"]).end();
        assert_eq!(planned.status, 0, "{planned}");
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: &str) {
        fs::write(self.path(name), content).expect("a written file");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file")
    }

    fn run<const N: usize>(&self, arguments: [&str; N]) -> Run {
        Run::at_home(&self.0).args(arguments)
    }

    /// A run of a command in the simulated service's account.
    fn run_at<const N: usize>(&self, service: &Simulated, arguments: [&str; N]) -> Run {
        let run = self.run(arguments).token(service.token());
        run.args(["--base-url", service.base_url()])
    }
}

/// A list of so many devices.
fn lines(devices: usize) -> String {
    (1..=devices).map(|number| format!("device{number}\n")).collect()
}

/// The service with the devices of [`lines`].
fn service_with(devices: usize, arguments: &[&str]) -> (Simulated, tempfile::NamedTempFile) {
    let fleet = format!("hwid\n{}", lines(devices));
    let file = crate::support::file_named(".csv", &fleet);
    let path = file.path().to_str().expect("UTF-8");
    let arguments = [&["--fleet", path, "--control"], arguments].concat();
    (Simulated::start_with(&arguments, &[]), file)
}

/// Asks the control interface of the simulated service.
fn control(service: &Simulated, path: &str) -> serde_json::Value {
    let address = service.base_url().trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("a connection");
    let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("a request is sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
    serde_json::from_str(body).expect("JSON")
}

/// Waits until the service has received so many requests.
fn wait_for_requests(service: &Simulated, requests: u64) {
    let started_at = Instant::now();
    while control(service, "/_sim/log")["received"].as_u64() < Some(requests) {
        assert!(started_at.elapsed() < Duration::from_secs(30), "the request never came");
        thread::sleep(Duration::from_millis(10));
    }
}
