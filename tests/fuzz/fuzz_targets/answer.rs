//! Any bytes as what a service answers, over a real connection: whatever it is, every device is in the report once, and the
//! token is not in what is said.

#![no_main]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{Arc, LazyLock, Mutex, PoisonError},
    thread,
    time::Duration,
};

use it_access::{AccessToken, Client, Retry, Targets, Unpaced};
use libfuzzer_sys::fuzz_target;
use tokio::runtime::Runtime;

const TOKEN: &str = "CANARY/4f9a+0c=x";
const TOKEN_IN_URLS: &str = "CANARY%2F4f9a%2B0c%3Dx";

/// A client, and the service that it speaks to.
struct Setting {
    runtime: Runtime,
    client: Client,
    answer: Arc<Mutex<Vec<u8>>>,
    targets: [Targets; 2],
}

static SETTING: LazyLock<Setting> = LazyLock::new(|| {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let base_url = format!("http://{}", listener.local_addr().expect("an address"));
    let answer = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&answer);
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let answer = told.lock().unwrap_or_else(PoisonError::into_inner).clone();
            // Who sends nonsense is hung up on.
            let _ = serve(connection, &answer);
        }
    });
    let token: AccessToken = TOKEN.parse().expect("a token");
    let client = Client::builder()
        .base_url(&base_url)
        .tokens(token)
        .quota(Unpaced)
        .retry(Retry::never())
        .timeout(Duration::from_secs(5))
        .build()
        .expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    Setting {
        runtime: runtime.expect("a runtime"),
        client,
        answer,
        targets: [
            Targets::hwids(["a", "b", "device123"]).expect("devices"),
            Targets::mac_addresses(["00:0c:29:cd:c7:b2", "000000000001"]).expect("devices"),
        ],
    }
});

fuzz_target!(|input: &[u8]| {
    let [kind, answer @ ..] = input else { return };
    let setting = &*SETTING;
    answer.clone_into(&mut setting.answer.lock().unwrap_or_else(PoisonError::into_inner));
    let targets = &setting.targets[usize::from(kind % 2)];
    let ended = setting.runtime.block_on(setting.client.unexempt(targets).into_future());
    let (report, said) = match ended {
        Ok(report) => (report, String::new()),
        Err(stopped) => {
            let said = format!("{stopped} {stopped:?}");
            (stopped.into_parts().0, said)
        }
    };
    assert!(report.devices().iter().map(|device| device.id.clone()).eq(targets.iter()));
    let said = format!("{said} {report:?}");
    assert!(!said.contains(TOKEN) && !said.contains(TOKEN_IN_URLS), "{said}");
});

/// Reads one request to its end, answers it and hangs up.
fn serve(connection: TcpStream, answer: &[u8]) -> std::io::Result<()> {
    let mut request = BufReader::new(&connection);
    let (mut line, mut length) = (String::new(), 0);
    while request.read_line(&mut line)? > 2 {
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    request.read_exact(&mut vec![0; length])?;
    (&connection).write_all(answer)?;
    connection.shutdown(Shutdown::Write)
}
