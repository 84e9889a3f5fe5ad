//! A secret that stands where the name of its place belongs.

use insta::assert_snapshot;

use crate::support::Run;

const COMMANDS: [&[&str]; 3] = [&["config"], &["auth", "check"], &["unexempt", "--hwid", "a"]];

/// What is said, and a run that says it.
type Case = (&'static str, fn() -> Run);

fn profile(line: &str) -> Run {
    Run::new().config(format!("[profiles.default]\n{line}\n"))
}

#[test]
fn a_secret_in_the_place_of_a_name_is_not_repeated() {
    let cases: [Case; 9] = [
        ("SECRETTOKEN1234", || Run::new().env("IT_ACCESS_TOKEN_FILE", "SECRETTOKEN1234")),
        ("SECRETTOKEN1234", || Run::new().args(["--token-file", "SECRETTOKEN1234"])),
        ("SECRET/TOKEN+1234", || Run::new().env("IT_ACCESS_TOKEN_FILE", "SECRET/TOKEN+1234")),
        ("/SECRETTOKEN+1234", || Run::new().env("IT_ACCESS_TOKEN_FILE", "/SECRETTOKEN+1234")),
        ("eyJSECRET.a.b-c", || profile("token-env = \"eyJSECRET.a.b-c\"")),
        ("eyJSECRET.a.b-c", || profile("token-file = \"eyJSECRET.a.b-c\"")),
        ("eyJSECRET.a.b-c", || profile("token-keyring = \"eyJSECRET.a.b-c\"")),
        ("SECRETTOKEN1234", || {
            profile("client-id = \"ours\"\nclient-secret-env = \"SECRETTOKEN1234\"")
        }),
        ("sEcRet", || profile("client-id = \"ours\"\nclient-secret-file = \"sEcRet\"")),
    ];
    let mut all = String::new();
    for (secret, run) in cases {
        for command in COMMANDS {
            let bus = "unix:path=/no/such/bus";
            let run = run().args(["-vv"]).args(command).env("DBUS_SESSION_BUS_ADDRESS", bus);
            let ended = run.end().with_nothing_sent();
            assert!(!ended.to_string().contains(secret), "{secret}, {command:?}: {ended}");
            if command == ["config"] {
                all += &ended.shown_stderr();
            }
        }
    }
    assert_snapshot!(all, @"
    error: IT_ACCESS_TOKEN_FILE: there is no such file (is the secret itself given in place of a file's name?)
    error: --token-file: there is no such file (is the secret itself given in place of a file's name?)
    error: IT_ACCESS_TOKEN_FILE: there is no such file (is the secret itself given in place of a file's name?)
    error: IT_ACCESS_TOKEN_FILE: there is no such file (is the secret itself given in place of a file's name?)
    error: profile default (HOME/.config/it-access/config.toml:2): there is no such variable (is the secret itself given in place of a variable's name?)
    error: profile default (HOME/.config/it-access/config.toml:2): there is no such file (is the secret itself given in place of a file's name?)
    error: profile default (HOME/.config/it-access/config.toml:3): there is no such variable (is the secret itself given in place of a variable's name?)
    error: profile default (HOME/.config/it-access/config.toml:3): there is no such file (is the secret itself given in place of a file's name?)
    ");
}

#[test]
fn the_name_of_a_place_that_is_not_there_is_shown() {
    let cases: [Case; 5] = [
        ("tokn.txt", || Run::new().args(["--token-file", "tokn.txt"])),
        ("/tmp/Ab3De6gH", || Run::new().args(["--token-file", "/tmp/Ab3De6gH"])),
        ("OUR_TOKEN", || profile("token-env = \"OUR_TOKEN\"")),
        ("secrets/token", || profile("token-file = \"secrets/token\"")),
        ("our-entry", || profile("token-keyring = \"our-entry\"")),
    ];
    for (name, run) in cases {
        for command in COMMANDS {
            let ended = run().args(command).end().with_nothing_sent();
            assert!(ended.to_string().contains(name), "{name}, {command:?}: {ended}");
        }
    }
}

#[test]
fn a_name_like_a_secret_is_one_if_something_is_there() {
    let by_variable =
        profile("token-env = \"Ab3De6gH\"").env("Ab3De6gH", "CANARY").args(["config"]);
    let ended = by_variable.end();
    assert!(ended.stdout.contains("[hidden], in Ab3De6gH "), "{ended}");
}

#[test]
fn a_secret_in_the_address_is_shown_neither_by_a_dry_run_nor_by_the_settings() {
    let dry_run = ["exempt", "--hours", "1", "--hwid", "a", "--dry-run", "--base-url"];
    let url = "https://u:SECRET@host/x?access_token=SECRET";
    for refused in [url, "http://host", "host"] {
        let ended = Run::new().args(dry_run).args([refused]).end().with_nothing_sent();
        assert_eq!((ended.status, ended.stdout.as_str()), (2, ""), "{refused}: {ended}");
        assert!(ended.stderr.starts_with("error: --base-url: the base URL "), "{ended}");
        assert!(!ended.stderr.contains("SECRET"), "{ended}");
    }
    let config = Run::new().args(["config", "--base-url", url]).end();
    assert!(config.stdout.contains(" https://[hidden]@host/x?[hidden] "), "{config}");
    assert!(!config.stdout.contains("SECRET"), "{config}");
}
