//! Credentials: which are used, and what `auth check` finds out.

use insta::assert_snapshot;

use crate::support::{self, Run, Server, Simulated, http};

const CLIENT: &str = "simulated-client";

#[test]
fn a_check_goes_as_far_as_it_can_without_an_action() {
    let service =
        Simulated::start_with(&["--control"], &[("IT_ACCESS_SIM_CLIENT_SECRET", "its-secret")]);
    let check = || Run::new().args(["auth", "check", "--base-url", service.base_url()]);
    let cases = [
        ("a token", check().token("CANARY-0123456789")),
        (
            "a client",
            check().env("IT_ACCESS_CLIENT_ID", CLIENT).env("IT_ACCESS_CLIENT_SECRET", "its-secret"),
        ),
        (
            "a wrong secret",
            check()
                .env("IT_ACCESS_CLIENT_ID", CLIENT)
                .env("IT_ACCESS_CLIENT_SECRET", "CANARY-0123456789"),
        ),
    ];
    let mut all = String::new();
    for (what, run) in cases {
        all += &format!("# {what}\n{}\n", run.end().with_nothing_sent());
    }
    assert!(!all.contains("CANARY"), "{all}");
    assert_snapshot!(all, @r#"
    # a token
    exit: 0
    --- stdout
    ok           http://127.0.0.1:PORT may be sent a token (--base-url)
    ok           an access token is in IT_ACCESS_TOKEN, and well-formed
    ok           the service answers (404); it was not sent the token
    not checked  whether the service takes the token, and which devices are the account's: no request of this API finds that out without an action
    --- stderr

    # a client
    exit: 0
    --- stdout
    ok           http://127.0.0.1:PORT may be sent a token (--base-url)
    ok           the service has issued an access token
    not checked  whether the client may change devices, and which devices are the account's: no request of this API finds that out without an action
    --- stderr

    # a wrong secret
    exit: 3
    --- stdout
    ok           http://127.0.0.1:PORT may be sent a token (--base-url)
    --- stderr
    error: 127.0.0.1:PORT issued no access token, but answered 401 Unauthorized, `invalid_client` ("the client is not known, or its secret is wrong"); check the client id, the client secret, and whether they may be used for the grant client_credentials
    "#);
}

#[test]
fn a_check_sends_neither_an_action_nor_the_token() {
    let server = Server::answering([http("404 Not Found", "", "")]);
    let run = Run::new().token("CANARY-0123456789").args([
        "auth",
        "check",
        "--base-url",
        server.base_url(),
    ]);
    assert_eq!(run.end().with_nothing_sent().status, 0);
    let [request] = server.requests().try_into().expect("one request");
    assert!(request.starts_with("HEAD / HTTP/1.1\r\n"), "{request}");
    assert!(!request.contains("CANARY"), "{request}");
}

#[test]
fn a_check_says_what_is_wrong() {
    let check = || Run::new().args(["auth", "check"]);
    let cases = [
        ("no credentials", check()),
        ("a broken token", check().token("CANARY CANARY")),
        (
            "a place where no token may be sent",
            check().token("CANARY").args(["--base-url", "http://host"]),
        ),
        ("nobody there", check().token("CANARY").args(["--base-url", "http://127.0.0.1:1"])),
    ];
    let mut all = String::new();
    for (what, run) in cases {
        all += &format!("# {what}\n{}\n", run.end().with_nothing_sent());
    }
    assert!(!all.contains("CANARY"), "{all}");
    assert_snapshot!(all, @"
    # no credentials
    exit: 2
    --- stdout
    --- stderr
    error: there is no access token: set IT_ACCESS_TOKEN, or name a file by --token-file (- is standard input), or a client by --client-id; to try without one, add --simulate

    # a broken token
    exit: 2
    --- stdout
    --- stderr
    error: IT_ACCESS_TOKEN: the access token holds a space, a control character or one beyond ASCII; give it as it was issued, on one line

    # a place where no token may be sent
    exit: 2
    --- stdout
    --- stderr
    error: --base-url: the base URL would send credentials to `host` unencrypted; use https (plain http is allowed only to this machine: 127.0.0.1, [::1] or localhost)

    # nobody there
    exit: 3
    --- stdout
    ok           http://127.0.0.1:PORT may be sent a token (--base-url)
    ok           an access token is in IT_ACCESS_TOKEN, and well-formed
    --- stderr
    error: cannot reach http://127.0.0.1:PORT: error sending request: Connection refused (os error 111)
    ");
}

#[test]
fn a_client_gets_its_token_by_itself() {
    let service = Simulated::start_with(&[], &[("IT_ACCESS_SIM_CLIENT_SECRET", "its-secret")]);
    let secret = support::file("its-secret\n");
    let unexempt = || {
        Run::new().args([
            "--base-url",
            service.base_url(),
            "--client-id",
            CLIENT,
            "unexempt",
            "--hwid",
            "device789",
        ])
    };
    let secret_file = ["--client-secret-file", secret.path().to_str().expect("UTF-8")];
    for run in [
        unexempt().args(secret_file),
        unexempt().args(["--client-secret-file", "-"]).stdin("its-secret\n"),
        unexempt().env("IT_ACCESS_CLIENT_SECRET", "its-secret"),
        // An argument goes before the environment.
        unexempt().env("IT_ACCESS_CLIENT_SECRET", "its-secret").token("no-such-token"),
    ] {
        let ended = run.end().with_nothing_sent();
        assert_eq!(ended.status, 0, "{ended}");
    }
}

#[test]
fn credentials_that_leave_a_question_open_are_a_mistake() {
    let unexempt = || Run::new().args(["unexempt", "--hwid", "a"]);
    let cases = [
        ("a token and a client", unexempt().token("CANARY").env("IT_ACCESS_CLIENT_ID", "ours")),
        (
            "a token and a secret",
            unexempt().token("CANARY").env("IT_ACCESS_CLIENT_SECRET", "CANARY"),
        ),
        ("a token twice", unexempt().token("CANARY").env("IT_ACCESS_TOKEN_FILE", "token")),
        ("a client without a secret", unexempt().env("IT_ACCESS_CLIENT_ID", "ours")),
        ("a secret without a client", unexempt().env("IT_ACCESS_CLIENT_SECRET", "CANARY")),
        (
            "an empty secret",
            unexempt().env("IT_ACCESS_CLIENT_ID", "ours").env("IT_ACCESS_CLIENT_SECRET", ""),
        ),
        (
            "a secret for a file",
            unexempt().args(["--client-id", "ours", "--client-secret-file", "CANARY0123"]),
        ),
        ("both as arguments", unexempt().args(["--client-id", "ours", "--token-file", "token"])),
    ];
    let mut all = String::new();
    for (what, run) in cases {
        let ended = run.end().with_nothing_sent();
        assert_eq!((ended.status, ended.stdout.as_str()), (2, ""), "{what}: {ended}");
        all += &format!("# {what}\n{}\n", ended.stderr.lines().next().unwrap_or_default());
    }
    assert!(!all.contains("CANARY"), "{all}");
    assert_snapshot!(all, @"
    # a token and a client
    error: IT_ACCESS_TOKEN says which token to use, and IT_ACCESS_CLIENT_ID which client: leave one of them out, so that it is clear which account is meant
    # a token and a secret
    error: IT_ACCESS_TOKEN says which token to use, and IT_ACCESS_CLIENT_SECRET which client: leave one of them out, so that it is clear which account is meant
    # a token twice
    error: IT_ACCESS_TOKEN and IT_ACCESS_TOKEN_FILE are both set; unset one of them
    # a client without a secret
    error: IT_ACCESS_CLIENT_ID: the client `ours` has no secret: set IT_ACCESS_CLIENT_SECRET, or name a file by --client-secret-file (- is standard input)
    # a secret without a client
    error: IT_ACCESS_CLIENT_SECRET: a client secret without a client id: set IT_ACCESS_CLIENT_ID, or name it by --client-id
    # an empty secret
    error: IT_ACCESS_CLIENT_SECRET: the client secret is empty; give it as it was issued
    # a secret for a file
    error: --client-secret-file: there is no such file (is the secret itself given in place of a file's name?)
    # both as arguments
    error: the argument '--client-id <ID>' cannot be used with '--token-file <FILE>'
    ");
}

#[cfg(unix)]
#[test]
fn a_secret_that_every_user_can_read_is_refused() {
    use std::{
        fs::{Permissions, set_permissions},
        os::unix::fs::PermissionsExt,
    };

    let file = support::file("CANARY-0123456789");
    set_permissions(file.path(), Permissions::from_mode(0o644)).expect("permissions");
    let path = file.path().to_str().expect("UTF-8");
    let unexempt = || Run::new().args(["unexempt", "--hwid", "a"]);
    let mut all = String::new();
    for run in [
        unexempt().args(["--token-file", path]),
        unexempt().args(["--client-id", "ours", "--client-secret-file", path]),
    ] {
        let ended = run.end().with_nothing_sent();
        assert_eq!(ended.status, 2, "{ended}");
        all += &ended.stderr.replace(path, "FILE");
    }
    assert_snapshot!(all, @"
    error: the token file FILE is open to all users of this machine; close it: chmod o-rwx FILE
    error: file FILE: is open to all users of this machine; close it: chmod o-rwx FILE
    ");
}

/// A profile whose secrets are in the keyring, on a system on which none answers.
fn run_with_keyring(key: &str) -> Run {
    let run = Run::new()
        .config(format!("[profiles.default]\nclient-id = \"ours\"\n{key} = \"our-entry\"\n"));
    run.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/no/such/bus")
}

#[test]
fn a_keyring_that_is_not_there_is_told() {
    let reason = match cfg!(feature = "keyring") {
        true => "there is no keyring on this system",
        false => "this it-access was built without the keyring",
    };
    let expected = format!("error: the keyring's entry our-entry: {reason}");
    let runs: [(&[&str], i32); 3] =
        [(&["unexempt", "--hwid", "a"], 2), (&["auth", "store"], 3), (&["auth", "forget"], 3)];
    for (arguments, status) in runs {
        let run = run_with_keyring("client-secret-keyring").args(arguments).stdin("CANARY");
        let ended = run.end().with_nothing_sent();
        assert_eq!((ended.status, ended.stdout.as_str()), (status, ""), "{ended}");
        assert!(ended.stderr.starts_with(&expected), "{ended}");
        assert!(!ended.stderr.contains("CANARY"), "{ended}");
    }
    let unnamed = Run::new().args(["auth", "store"]).end();
    assert_eq!(unnamed.status, 2);
    assert!(unnamed.stderr.contains("the profile names no entry of the keyring"), "{unnamed}");
}
