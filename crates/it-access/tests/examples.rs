//! What the examples print. `cargo test` builds them beside the tests, unless it is told which tests to run.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{
    env,
    process::{Command, Output},
};

use it_access_sim::{Fleet, Service};

/// Runs an example to its end, and gives back the lines on its standard output.
fn lines_of(example: &str) -> Vec<String> {
    lines_with(example, [])
}

fn lines_with<const N: usize>(example: &str, environment: [(&str, &str); N]) -> Vec<String> {
    let output = output_of(example, environment);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

fn output_of<const N: usize>(example: &str, environment: [(&str, &str); N]) -> Output {
    let test = env::current_exe().unwrap();
    let profile = test.ancestors().nth(2).unwrap();
    let path = profile.join("examples").join(example).with_extension(env::consts::EXE_EXTENSION);
    let hint = "where `cargo test` is told what to test, build the examples first: `cargo build --examples`";
    Command::new(&path)
        .envs(environment)
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}; {hint}", path.display()))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_program_quickstart() {
    let service = Service::new(Fleet::example(), "example-token");
    let service = service.listen("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let environment =
        [("IT_ACCESS_BASE_URL", &*service.base_url()), ("IT_ACCESS_TOKEN", "example-token")];
    let expected = ["device123: not supported", "device456: failed", "device789: applied"];
    assert_eq!(lines_with("quickstart", environment), expected);
}

#[test]
fn the_program_says_that_a_base_url_of_no_use_is_that_of_the_environment() {
    let environment = [("IT_ACCESS_BASE_URL", "gears.opswat.com"), ("IT_ACCESS_TOKEN", "a-token")];
    let output = output_of("quickstart", environment);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.starts_with("Error: Environment("), "{said}");
}

#[test]
fn the_quick_start_is_that_of_the_readme() {
    let readme = include_str!("../../../README.md");
    let shown = readme.split("```rust,no_run\n").nth(1).unwrap().split("```").next().unwrap();
    assert!(include_str!("../examples/quickstart.rs").ends_with(shown), "{shown}");
    assert!(shown.lines().filter(|line| !line.is_empty()).count() <= 10, "{shown}");
}

#[test]
fn the_program_assign_to_group() {
    let expected = [
        "00:0c:29:cd:c7:b2: applied",
        "00:0c:29:10:00:02: applied",
        "00:0c:29:10:04:01: not supported",
        "3 devices: 2 applied, 1 not supported",
    ];
    assert_eq!(lines_of("assign_to_group"), expected);
}

#[test]
fn the_program_client_credentials() {
    let expected = ["2 devices: 2 applied", "2 devices: 2 applied", "3 requests"];
    assert_eq!(lines_of("client_credentials"), expected);
}

#[test]
fn the_program_bulk_with_progress() {
    let expected = [
        "request 1: 50 devices",
        "50 of 200: 38 applied",
        "request 2: 50 devices",
        "100 of 200: 81 applied",
        "request 3: 50 devices",
        "150 of 200: 124 applied",
        "request 4: 50 devices",
        "200 of 200: 163 applied",
        "200 devices: 163 applied, 37 not supported",
    ];
    assert_eq!(lines_of("bulk_with_progress"), expected);
}
