//! A canary token goes through every command and every way to fail, and must come out of none: not even at the most verbose.

mod astray;
mod every_command;

use integration_tests::canary::{ENCODED, SECRET as CANARY};

use crate::support::{Run, Server, Simulated, http};

const ENCODED_IN_LOWER_CASE: &str = "CANARY%2f4f9a%2b0c%3dx";

/// Runs a command against `base_url`, and looks for the canary in all that it writes.
fn assert_silence(place: &str, base_url: &str, status: i32) {
    let run = Run::new()
        .token(CANARY)
        .args(["-vv", "--base-url", base_url, "--format", "json"])
        .args(["unexempt", "--hwid", "device789"]);
    let ended = run.end();
    assert_eq!(ended.status, status, "{place}: {ended}");
    for stream in [&ended.stdout, &ended.stderr] {
        assert!(!stream.contains("CANARY"), "{place}: {stream}");
    }
    for crate_name in [" hyper_util", " it_access", "reqwest", "TRACE "] {
        assert!(ended.stderr.contains(crate_name), "{place}: {crate_name} logged nothing");
    }
}

#[test]
fn the_token_is_in_no_output_of_any_failure() {
    let url = format!("http://host/o/api/v3/devices/action?access_token={ENCODED}");
    let page = format!("<html>no {url}, no {CANARY}, no {ENCODED_IN_LOWER_CASE}</html>");
    let location = format!("location: {url}\nx-echo: {CANARY}\n");
    let cases = [
        ("401", http("401 Unauthorized", &location, &page), 3),
        ("a proxy's page", http("502 Bad Gateway", "content-type: text/html\n", &page), 5),
        ("an unreadable answer", http("200 OK", "", &page), 5),
        ("a surprising answer", http("200 OK", "", &format!("{{\"{CANARY}\":1}}")), 5),
        ("a cut-off answer", format!("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{page}"), 5),
        ("no answer", String::new(), 5),
        ("no HTTP", format!("nonsense {CANARY}\r\n\r\n"), 5),
        ("a redirect after the fact", http("302 Found", &location, &page), 5),
        ("a redirect", http("308 Permanent Redirect", &location, &page), 3),
    ];
    for (place, answer, status) in cases {
        let server = Server::answering([answer]);
        assert_silence(place, server.base_url(), status);
        let requests = server.requests();
        assert_eq!(requests.len(), 1, "{place}");
        assert!(requests[0].contains(ENCODED), "{place}: the canary was never sent");
    }
    assert_silence("unreachable", "http://127.0.0.1:1", 3);
}

#[test]
fn the_token_is_in_no_output_of_a_success() {
    let service = Simulated::start();
    let ended = Run::new()
        .token(service.token())
        .args(["-vv", "--base-url", service.base_url(), "unexempt", "--hwid", "device789"])
        .end();
    assert_eq!(ended.status, 0, "{ended}");
    assert!(ended.stderr.contains(" hyper_util"), "nothing was logged: {ended}");
    assert!(!ended.stdout.contains(service.token()), "{ended}");
    assert!(!ended.stderr.contains(service.token()), "{ended}");
}

/// The limit is inherited, but hardly ever as a hard one.
#[cfg(target_os = "linux")]
#[test]
fn no_memory_is_written_to_a_file_when_the_command_crashes() {
    let service = Simulated::start();
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", service.process_id()));
    let limits = limits.expect("the limits of a process");
    let line = limits.lines().find_map(|line| line.strip_prefix("Max core file size"));
    let words: Vec<&str> = line.expect("a limit").split_whitespace().collect();
    assert_eq!(words, ["0", "0", "bytes"]);
}
