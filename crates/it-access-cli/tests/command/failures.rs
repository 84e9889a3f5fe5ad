//! Requests that fail as a whole; and the token, which is in no output of theirs.

use insta::assert_snapshot;

use crate::support::{self, Run, Server, Simulated, http};

#[test]
fn a_wrong_token_is_refused_by_the_service() {
    let service = Simulated::start();
    let run = Run::new()
        .token("CANARY-0123456789")
        .args(["--base-url", service.base_url(), "unexempt", "--hwid", "device789"])
        .output();
    assert_snapshot!(run, @r#"
    exit: 3
    --- stdout
    DEVICE     RESULT
    device789  unprocessed
    --- stderr
    error: http://127.0.0.1:PORT answered 401 Unauthorized: the access token is invalid or has expired; get a new one. It said: "the access token is not valid". Nothing was applied.
    1 device: 1 unprocessed
    "#);
}

#[test]
fn an_unreachable_host() {
    let run = Run::new()
        .token("CANARY-0123456789")
        .args(["--base-url", "http://127.0.0.1:1", "unexempt", "--hwid", "device789"])
        .output();
    assert_snapshot!(run, @"
    exit: 3
    --- stdout
    DEVICE     RESULT
    device789  unprocessed
    --- stderr
    error: cannot connect to http://127.0.0.1:PORT; check the address and the network. Nothing was sent.
      cause: Connection refused (os error 111)
    1 device: 1 unprocessed
    ");
}

#[test]
fn why_it_tries_again() {
    let run = Run::new().token("CANARY-0123456789");
    let run = run.args(["--base-url", "http://127.0.0.1:1", "--attempts", "2"]);
    let ended = run.args(["unexempt", "--hwid", "device789"]).end();
    let why = " s.\n  cause: Connection refused (os error 111)\nerror: cannot connect";
    assert!(ended.stderr.contains(why), "{ended}");
}

#[test]
fn an_html_error_page_from_a_proxy() {
    let page = "<html>\n<h1>Bad Gateway</h1>\n\u{1b}[31m?access_token=CANARY-0123456789</html>";
    let unexempt = ["unexempt", "--hwid", "device789", "--hwid", "device456"];
    let mut all = String::new();
    for (status, format) in [("502 Bad", "table"), ("407 Log In", "table"), ("502 Bad", "json")] {
        let server = Server::answering([http(status, "content-type: text/html\n", page)]);
        let run = Run::new()
            .token("CANARY-0123456789")
            .args(["--base-url", server.base_url(), "--format", format])
            .args(unexempt)
            .output();
        all += &format!("# {status} as {format}\n{run}\n");
    }
    assert!(!all.contains("CANARY"), "{all}");
    assert_snapshot!(all, @r#"
    # 502 Bad as table
    exit: 5
    --- stdout
    DEVICE     RESULT
    device789  unknown
    device456  unknown
    --- stderr
    error: http://127.0.0.1:PORT answered 502 Bad Gateway. It said: "<html> <h1>Bad Gateway</h1> [31m?access_token=[hidden]</html>". The action may have been applied: look at the devices before repeating it.
    2 devices: 2 unknown

    # 407 Log In as table
    exit: 3
    --- stdout
    DEVICE     RESULT
    device789  unprocessed
    device456  unprocessed
    --- stderr
    error: http://127.0.0.1:PORT answered 407 Proxy Authentication Required. It said: "<html> <h1>Bad Gateway</h1> [31m?access_token=[hidden]</html>". Nothing was applied.
    2 devices: 2 unprocessed

    # 502 Bad as json
    exit: 5
    --- stdout
    {
      "devices": [
        {
          "id": "device789",
          "state": "unknown",
          "code": null
        },
        {
          "id": "device456",
          "state": "unknown",
          "code": null
        }
      ],
      "counts": {
        "total": 2,
        "applied": 0,
        "failed": 0,
        "not_supported": 0,
        "other": 0,
        "unreported": 0,
        "unknown": 2,
        "unprocessed": 0
      },
      "unasked": [],
      "error": {
        "message": "a request failed: http://127.0.0.1:PORT answered 502 Bad Gateway. It said: \"<html> <h1>Bad Gateway</h1> [31m?access_token=[hidden]</html>\". The action may have been applied: look at the devices before repeating it.",
        "status": 502,
        "may_have_been_applied": true
      }
    }
    --- stderr
    error: http://127.0.0.1:PORT answered 502 Bad Gateway. It said: "<html> <h1>Bad Gateway</h1> [31m?access_token=[hidden]</html>". The action may have been applied: look at the devices before repeating it.
    2 devices: 2 unknown
    "#);
}

#[test]
fn a_system_without_certificates_is_not_the_users_mistake() {
    let nothing = support::file("");
    let run = Run::new()
        .token("CANARY-0123456789")
        .env("SSL_CERT_FILE", nothing.path().to_str().unwrap())
        .env("SSL_CERT_DIR", "/no/such/folder")
        .args(["unexempt", "--hwid", "device789"])
        .end()
        .with_nothing_sent();
    assert_eq!(run.status, 3);
    assert!(run.stderr.contains("error: the HTTP client could not be set up"), "{run}");
}
