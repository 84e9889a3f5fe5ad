//! How fast the simulated service is, next to a bare axum handler that answers the same bytes.
//!
//! Both are served by one thread each, and loaded by another process, in turns. `cargo bench --package it-access-sim`
//! prints requests a second of each turn, the medians, and how many times as long the simulated service takes.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and may panic")]

use std::env;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Instant;

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::post;
use it_access_sim::{Fleet, Service};
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

const TURNS: usize = 15;
const REQUESTS_A_TURN: usize = 20_000;
const CONNECTIONS: usize = 16;

const BODY: &str =
    r#"{"types":"exempt","ids":["device123","device456","device789"],"params":{"exempt_time":60}}"#;
const ANSWER: &str = r#"{"device123":-1,"device456":0,"device789":1}"#;

/// The first argument of the process that sends the requests.
const LOAD: &str = "--load";

fn main() {
    let arguments: Vec<String> = env::args().collect();
    if let [_, load, addr] = &arguments[..]
        && load == LOAD
    {
        return send(addr.parse().unwrap());
    }
    // `cargo test --benches` only wants to know that it runs.
    let turns = if arguments.iter().any(|argument| argument == "--bench") { TURNS } else { 1 };

    let simulated = serve_simulated();
    let bare = serve_bare();
    let (mut by_sim, mut by_axum) = (Vec::new(), Vec::new());
    for turn in 1..=turns {
        by_sim.push(measure(simulated));
        by_axum.push(measure(bare));
        println!(
            "turn {turn:2}: simulated {:6.0} requests/s, axum {:6.0}",
            by_sim[turn - 1],
            by_axum[turn - 1]
        );
    }
    let (sim, axum) = (median(by_sim), median(by_axum));
    println!(
        "median: simulated {sim:.0} requests/s, axum {axum:.0}; {:.2} times as long",
        axum / sim
    );
}

/// Has another process send a turn of requests, and returns how many a second were answered.
fn measure(addr: SocketAddr) -> f64 {
    let load = Command::new(env::current_exe().unwrap())
        .args([LOAD, &addr.to_string()])
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(load.status.success(), "the load failed");
    String::from_utf8(load.stdout).unwrap().trim().parse().unwrap()
}

/// Sends the requests of a turn over a few connections, writes how many a second were answered.
fn send(addr: SocketAddr) {
    let start = Instant::now();
    let each = REQUESTS_A_TURN / CONNECTIONS;
    let senders: Vec<_> =
        (0..CONNECTIONS).map(|_| thread::spawn(move || send_all(addr, each))).collect();
    for sender in senders {
        sender.join().unwrap();
    }
    println!("{}", (each * CONNECTIONS) as f64 / start.elapsed().as_secs_f64());
}

fn send_all(addr: SocketAddr, count: usize) {
    let mut stream = TcpStream::connect(addr).unwrap();
    stream.set_nodelay(true).unwrap();
    let request = format!(
        "POST /o/api/v3/devices/action?access_token=t HTTP/1.1\r\nhost: sim\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{BODY}",
        BODY.len()
    );
    let mut answer = [0; 1024];
    for _ in 0..count {
        stream.write_all(request.as_bytes()).unwrap();
        let mut length = 0;
        while !answer[..length].ends_with(ANSWER.as_bytes()) {
            length += match stream.read(&mut answer[length..]).unwrap() {
                0 => panic!("it closed the connection"),
                more => more,
            };
        }
    }
}

fn serve_simulated() -> SocketAddr {
    serve(async |told| {
        let service = Service::new(Fleet::example(), "t");
        let service = service.listen(([127, 0, 0, 1], 0).into()).await.unwrap();
        told.send(service.local_addr()).unwrap();
        std::future::pending::<()>().await;
        drop(service);
    })
}

fn serve_bare() -> SocketAddr {
    let answer = async |_: Bytes| ([(CONTENT_TYPE, "application/json")], ANSWER);
    serve(async move |told| {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        told.send(listener.local_addr().unwrap()).unwrap();
        let app = Router::new().route("/o/api/v3/devices/action", post(answer));
        axum::serve(listener, app).await.unwrap();
    })
}

/// Serves on a thread of its own, for as long as the process lives.
fn serve(server: impl AsyncFnOnce(oneshot::Sender<SocketAddr>) + Send + 'static) -> SocketAddr {
    let (told, addr) = oneshot::channel();
    thread::spawn(move || runtime().block_on(server(told)));
    addr.blocking_recv().unwrap()
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
