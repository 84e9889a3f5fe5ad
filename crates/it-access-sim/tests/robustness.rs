//! Clients that send anything but requests: the service goes on, and its memory does not grow.
//!
//! A few hundred of them by default, of which the seed is fixed; for as long as the environment's
//! `IT_ACCESS_SIM_SOAK_SECONDS` says, if it says so.

use std::collections::VecDeque;
use std::env;
use std::net::SocketAddr;
use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use fastrand::Rng;
use it_access_sim::{Fleet, RunningService, Service};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

const TOKEN: &str = "simulated-access-token";

/// So many of them are about at once.
const AT_ONCE: usize = 64;

/// So many connections are left half open.
const HALF_OPEN: usize = 500;

/// How long a client that waits for nothing waits.
const PATIENCE: Duration = Duration::from_secs(10);

static PANICS: AtomicUsize = AtomicUsize::new(0);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn survives_clients_that_send_anything() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        before(panic);
    }));
    let soak = env::var("IT_ACCESS_SIM_SOAK_SECONDS").ok();
    let soak = soak.map(|seconds| Duration::from_secs(seconds.parse().expect("a number")));
    let service = Service::new(Fleet::generate(10_000, 1), TOKEN)
        .listen(([127, 0, 0, 1], 0).into())
        .await
        .expect("a free port");

    let mut rng = Rng::with_seed(7);
    let mut clients = JoinSet::new();
    let mut half_open = VecDeque::new();
    let mut sent = 0;
    let mut memory = Vec::new();
    let start = Instant::now();
    while soak.map_or(sent < 300, |soak| start.elapsed() < soak) {
        clients.spawn(nuisance(service.local_addr(), rng.fork()));
        sent += 1;
        if clients.len() == AT_ONCE
            && let Some(left) = clients.join_next().await
        {
            half_open.extend(left.expect("a client does not panic"));
            if half_open.len() > HALF_OPEN {
                half_open.pop_front();
            }
        }
        if sent % 100 == 0 {
            assert_answers(&service).await;
        }
        if sent % 10_000 == 0 {
            memory.extend(resident_kib());
        }
    }
    while clients.join_next().await.is_some() {}
    assert_answers(&service).await;
    assert_eq!(PANICS.load(Ordering::Relaxed), 0);
    if let [first, .., last] = memory[..] {
        println!(
            "{sent} clients; resident KiB every 10,000: first {first}, last {last}, all {memory:?}"
        );
        assert!(last < first + 256 * 1024, "the memory grows: {memory:?}");
    }
}

/// Returns the connection, if it is to be left as it is.
async fn nuisance(addr: SocketAddr, mut rng: Rng) -> Option<TcpStream> {
    let mut stream = TcpStream::connect(addr).await.ok()?;
    let whole = request(&format!(r#"{{"types":"dhcprenew","ids":["{}"]}}"#, rng.u64(..)));
    let bytes = match rng.u8(..8) {
        0 => garbage(&mut rng, 1 << 16),
        1 => mutated(whole.as_bytes(), &mut rng),
        // Half a request, and no more of it.
        2 => whole.as_bytes()[..rng.usize(..whole.len())].to_vec(),
        3 => {
            let mut announced = head("content-length: 999999999999").into_bytes();
            announced.extend(garbage(&mut rng, 1 << 16));
            announced
        }
        4 => {
            let mut chunked = head("transfer-encoding: chunked\r\ncontent-length: 3").into_bytes();
            chunked.extend_from_slice(b"500000\r\n");
            chunked.resize(chunked.len() + (5 << 20), b' ');
            chunked
        }
        5 => head(&format!("x: {}", "y".repeat(1 << 20))).into_bytes(),
        6 => whole.repeat(rng.usize(1..50)).into_bytes(),
        _ => {
            let ids: Vec<String> = (0..20_000).map(|_| format!("\"{}\"", rng.u64(..))).collect();
            request(&format!(r#"{{"types":"delete","ids":[{}]}}"#, ids.join(","))).into_bytes()
        }
    };
    // The service may have had enough before the end.
    let _ = timeout(PATIENCE, stream.write_all(&bytes)).await;
    match rng.u8(..4) {
        0 => drop(stream.set_zero_linger()),
        1 => return Some(stream),
        2 => {
            let mut some = [0; 100];
            let _ = timeout(Duration::from_millis(200), stream.read(&mut some)).await;
        }
        _ => {
            let _ = stream.shutdown().await;
            let _ = timeout(Duration::from_millis(200), stream.read_to_end(&mut Vec::new())).await;
        }
    }
    None
}

async fn assert_answers(service: &RunningService) {
    let body = r#"{"types":"dhcprenew","ids":["nobody"]}"#;
    let mut answer = String::new();
    let answered = timeout(PATIENCE, async {
        let mut stream = TcpStream::connect(service.local_addr()).await?;
        let head = head(&format!("connection: close\r\ncontent-length: {}", body.len()));
        stream.write_all(format!("{head}{body}").as_bytes()).await?;
        stream.read_to_string(&mut answer).await
    });
    answered.await.expect("an answer in time").expect("an answer");
    assert!(answer.ends_with(r#"{"nobody":0}"#), "{answer}");
}

fn head(headers: &str) -> String {
    format!(
        "POST /o/api/v3/devices/action?access_token={TOKEN} HTTP/1.1\r\nhost: sim\r\n\
         content-type: application/json\r\n{headers}\r\n\r\n"
    )
}

fn request(body: &str) -> String {
    head(&format!("content-length: {}", body.len())) + body
}

fn garbage(rng: &mut Rng, longest: usize) -> Vec<u8> {
    let mut bytes = vec![0; rng.usize(..longest)];
    rng.fill(&mut bytes);
    bytes
}

fn mutated(request: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut bytes = request.to_vec();
    for _ in 0..rng.usize(1..10) {
        let place = rng.usize(..bytes.len());
        bytes[place] = rng.u8(..);
    }
    bytes
}

/// The memory of this process, where the system tells it as Linux does.
fn resident_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}
