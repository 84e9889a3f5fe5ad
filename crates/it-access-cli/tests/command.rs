//! The command as its users meet it: what it prints where, and how it exits.

mod support;

use httpmock::{Method::POST, MockServer};
use insta::assert_snapshot;
use support::{Run, Simulated};

const VENDORS_EXAMPLE: [&str; 9] = [
    "exempt",
    "--hours",
    "60",
    "--hwid",
    "device123",
    "--hwid",
    "device456",
    "--hwid",
    "device789",
];

#[test]
fn the_vendors_example_on_the_simulated_service() {
    let run = Run::new().args(["--simulate"]).args(VENDORS_EXAMPLE).output();
    assert_snapshot!(run, @"
    exit: 1
    --- stdout
    DEVICE     RESULT
    device123  not supported
    device456  failed
    device789  applied
    --- stderr
    simulated service at http://127.0.0.1:PORT; no account is touched
    3 devices: 1 applied, 1 failed, 1 not supported
    ");
}

#[test]
fn the_same_against_a_server_of_its_own() {
    let service = Simulated::start();
    let run = Run::new()
        .env("IT_ACCESS_TOKEN", service.token())
        .args(["--base-url", service.base_url()])
        .args(VENDORS_EXAMPLE)
        .output();
    assert_snapshot!(run, @"
    exit: 1
    --- stdout
    DEVICE     RESULT
    device123  not supported
    device456  failed
    device789  applied
    --- stderr
    3 devices: 1 applied, 1 failed, 1 not supported
    ");
}

#[test]
fn everything_by_the_environment_and_the_results_as_json() {
    let service = Simulated::start();
    let run = Run::new()
        .env("IT_ACCESS_TOKEN", service.token())
        .env("IT_ACCESS_BASE_URL", service.base_url())
        .args(VENDORS_EXAMPLE)
        .args(["--format", "json"])
        .output();
    assert_snapshot!(run, @r#"
    exit: 1
    --- stdout
    {
      "devices": [
        {
          "id": "device123",
          "state": "not_supported",
          "code": -1
        },
        {
          "id": "device456",
          "state": "failed",
          "code": 0
        },
        {
          "id": "device789",
          "state": "applied",
          "code": 1
        }
      ],
      "counts": {
        "total": 3,
        "applied": 1,
        "failed": 1,
        "not_supported": 1,
        "other": 0,
        "unreported": 0,
        "unknown": 0,
        "unprocessed": 0
      },
      "unasked": [],
      "error": null
    }
    --- stderr
    3 devices: 1 applied, 1 failed, 1 not supported
    "#);
}

#[test]
fn all_applied_is_status_0() {
    let run =
        Run::new().args(["--simulate", "exempt", "--forever", "--hwid", "device789"]).output();
    assert_snapshot!(run, @"
    exit: 0
    --- stdout
    DEVICE     RESULT
    device789  applied
    --- stderr
    simulated service at http://127.0.0.1:PORT; no account is touched
    1 device: 1 applied
    ");
}

#[test]
fn a_device_named_twice_is_sent_once() {
    let macs = ["--mac", "00:0c:29:cd:c7:b2", "--mac", "000C29CDC7B2"];
    let run = Run::new().args(["--simulate", "renew-dhcp"]).args(macs).output();
    assert_snapshot!(run, @"
    exit: 0
    --- stdout
    DEVICE             RESULT
    00:0c:29:cd:c7:b2  applied
    --- stderr
    simulated service at http://127.0.0.1:PORT; no account is touched
    1 left out: named before
    1 device: 1 applied
    ");
}

#[test]
fn a_token_from_a_file_and_from_standard_input() {
    let service = Simulated::start();
    let file = support::file(&format!("{}\n", service.token()));
    let by_file = Run::new()
        .args(["--base-url", service.base_url(), "unignore", "--hwid", "ignored-001"])
        .args(["--token-file", file.path().to_str().unwrap()])
        .output();
    assert_snapshot!(by_file, @"
    exit: 0
    --- stdout
    DEVICE       RESULT
    ignored-001  applied
    --- stderr
    1 device: 1 applied
    ");

    let by_stdin = Run::new()
        .args(["--base-url", service.base_url(), "ignore", "--hwid", "ignored-001"])
        .args(["--token-file", "-"])
        .stdin(&format!("{}\r\n", service.token()))
        .output();
    assert_snapshot!(by_stdin, @"
    exit: 0
    --- stdout
    DEVICE       RESULT
    ignored-001  applied
    --- stderr
    1 device: 1 applied
    ");
}

#[test]
fn a_deletion_wants_a_yes() {
    let delete = ["--simulate", "delete", "--hwid", "device789"];
    assert_snapshot!(Run::new().args(delete).stdin("yes\n").output(), @"
    exit: 2
    --- stdout
    --- stderr
    simulated service at http://127.0.0.1:PORT; no account is touched
    error: `delete` asks before it starts, and there is no terminal to ask at; to go on without a question, add --yes
    ");
    assert_snapshot!(Run::new().args(delete).args(["--yes"]).output(), @"
    exit: 0
    --- stdout
    DEVICE     RESULT
    device789  applied
    --- stderr
    simulated service at http://127.0.0.1:PORT; no account is touched
    1 device: 1 applied
    ");
}

#[test]
fn wrong_usage_sends_nothing() {
    let cases: [&[&str]; 12] = [
        &["exempt", "--hours", "60"],
        &["exempt", "--hwid", "a"],
        &["exempt", "--hours", "65000", "--hwid", "a"],
        &["exempt", "--hours", "0", "--hwid", "a"],
        &["exempt", "--hours", "soon", "--hwid", "a"],
        &["exempt", "--hours", "1", "--forever", "--hwid", "a"],
        &["unexempt", "--hwid", "a", "--mac", "000c29cdc7b2"],
        &["unexempt", "--mac", "00:0c:29:cd:c7"],
        &["unexempt", "--hwid", ""],
        &["unexempt", "--hwid", " a"],
        &["assign-to-group", "--hwid", "a"],
        &["assign-to-group", "--group", "", "--hwid", "a"],
    ];
    let mut all = String::new();
    for arguments in cases {
        let run = Run::new().env("IT_ACCESS_TOKEN", "secret").args(arguments).output();
        all += &format!("$ it-access {}\n{run}\n", arguments.join(" "));
    }
    assert_snapshot!(all, @r#"
    $ it-access exempt --hours 60
    exit: 2
    --- stdout
    --- stderr
    error: the following required arguments were not provided:
      <--hwid <HWID>|--mac <MAC>>

    Usage: it-access exempt <--hours <N>|--forever> <--hwid <HWID>|--mac <MAC>>

    For more information, try '--help'.

    $ it-access exempt --hwid a
    exit: 2
    --- stdout
    --- stderr
    error: the following required arguments were not provided:
      <--hours <N>|--forever>

    Usage: it-access exempt <--hours <N>|--forever> <--hwid <HWID>|--mac <MAC>>

    For more information, try '--help'.

    $ it-access exempt --hours 65000 --hwid a
    exit: 2
    --- stdout
    --- stderr
    error: invalid value '65000' for '--hours <N>': an exemption of 65000 hours is not possible; choose 1 to 64999 hours, or exempt forever

    For more information, try '--help'.

    $ it-access exempt --hours 0 --hwid a
    exit: 2
    --- stdout
    --- stderr
    error: invalid value '0' for '--hours <N>': an exemption of 0 hours is not possible; choose 1 to 64999 hours, or exempt forever

    For more information, try '--help'.

    $ it-access exempt --hours soon --hwid a
    exit: 2
    --- stdout
    --- stderr
    error: invalid value 'soon' for '--hours <N>': not a whole number of hours

    For more information, try '--help'.

    $ it-access exempt --hours 1 --forever --hwid a
    exit: 2
    --- stdout
    --- stderr
    error: the argument '--hours <N>' cannot be used with '--forever'

    Usage: it-access exempt <--hours <N>|--forever> <--hwid <HWID>|--mac <MAC>>

    For more information, try '--help'.

    $ it-access unexempt --hwid a --mac 000c29cdc7b2
    exit: 2
    --- stdout
    --- stderr
    error: the argument '--hwid <HWID>' cannot be used with '--mac <MAC>'

    Usage: it-access unexempt <--hwid <HWID>|--mac <MAC>>

    For more information, try '--help'.

    $ it-access unexempt --mac 00:0c:29:cd:c7
    exit: 2
    --- stdout
    --- stderr
    error: invalid value '00:0c:29:cd:c7' for '--mac <MAC>': "00:0c:29:cd:c7" is not a MAC address; write its twelve hexadecimal digits like 00:0c:29:cd:c7:b2, 00-0c-29-cd-c7-b2, 000c.29cd.c7b2 or 000c29cdc7b2

    For more information, try '--help'.

    $ it-access unexempt --hwid 
    exit: 2
    --- stdout
    --- stderr
    error: invalid value '' for '--hwid <HWID>': the HWID "" is empty

    For more information, try '--help'.

    $ it-access unexempt --hwid  a
    exit: 2
    --- stdout
    --- stderr
    error: invalid value ' a' for '--hwid <HWID>': the HWID " a" has spaces around it

    For more information, try '--help'.

    $ it-access assign-to-group --hwid a
    exit: 2
    --- stdout
    --- stderr
    error: the following required arguments were not provided:
      --group <ID>

    Usage: it-access assign-to-group --group <ID> <--hwid <HWID>|--mac <MAC>>

    For more information, try '--help'.

    $ it-access assign-to-group --group  --hwid a
    exit: 2
    --- stdout
    --- stderr
    error: invalid value '' for '--group <ID>': the group id "" is empty

    For more information, try '--help'.
    "#);
}

#[test]
fn a_wrong_token_or_address_sends_nothing() {
    let unexempt = ["unexempt", "--hwid", "a"];
    let empty = support::file("\n");
    let broken = support::file("line one\nline two\n");
    let cases = [
        ("no token", Run::new().args(unexempt)),
        ("an empty variable", Run::new().env("IT_ACCESS_TOKEN", "").args(unexempt)),
        (
            "a broken variable",
            Run::new().env("IT_ACCESS_TOKEN", "CANARY\u{7}CANARY").args(unexempt),
        ),
        ("an empty file", Run::new().token_file(empty.path()).args(unexempt)),
        ("a file of two lines", Run::new().token_file(broken.path()).args(unexempt)),
        ("no such file", Run::new().args(["--token-file", "/no/such/file"]).args(unexempt)),
        ("empty standard input", Run::new().args(["--token-file", "-"]).args(unexempt)),
        ("a bare host", Run::new().token("CANARY").args(["--base-url", "host"]).args(unexempt)),
        (
            "plain http elsewhere",
            Run::new()
                .token("CANARY")
                .args(["--base-url", "http://gears.opswat.com"])
                .args(unexempt),
        ),
        (
            "a token in the address",
            Run::new()
                .token("CANARY")
                .args(["--base-url", "https://host/?access_token=CANARY"])
                .args(unexempt),
        ),
        ("a token as an argument", Run::new().args(["--token", "CANARY"]).args(unexempt)),
    ];
    let mut all = String::new();
    for (what, run) in cases {
        all += &format!("# {what}\n{}\n", run.output());
    }
    assert!(!all.contains("CANARY"), "{all}");
    assert_snapshot!(all, @"
    # no token
    exit: 2
    --- stdout
    --- stderr
    error: there is no access token: set IT_ACCESS_TOKEN, or name a file by --token-file (- is standard input); to try without one, add --simulate

    # an empty variable
    exit: 2
    --- stdout
    --- stderr
    error: IT_ACCESS_TOKEN: the access token is empty; give it as it was issued, on one line

    # a broken variable
    exit: 2
    --- stdout
    --- stderr
    error: IT_ACCESS_TOKEN: the access token holds a control character; give it as it was issued, on one line

    # an empty file
    exit: 2
    --- stdout
    --- stderr
    error: token file FILE: the access token is empty; give it as it was issued, on one line

    # a file of two lines
    exit: 2
    --- stdout
    --- stderr
    error: token file FILE: the access token holds a control character; give it as it was issued, on one line

    # no such file
    exit: 2
    --- stdout
    --- stderr
    error: token file FILE: No such file or directory (os error 2)

    # empty standard input
    exit: 2
    --- stdout
    --- stderr
    error: standard input: the access token is empty; give it as it was issued, on one line

    # a bare host
    exit: 2
    --- stdout
    --- stderr
    error: the base URL is not an absolute URL (relative URL without a base); write it like https://api.example.com

    # plain http elsewhere
    exit: 2
    --- stdout
    --- stderr
    error: the base URL would send credentials to `gears.opswat.com` unencrypted; use https (plain http is allowed only to this machine: 127.0.0.1, [::1] or localhost)

    # a token in the address
    exit: 2
    --- stdout
    --- stderr
    error: the base URL has a query, which does not belong in it; write it like https://api.example.com

    # a token as an argument
    exit: 2
    --- stdout
    --- stderr
    error: unexpected argument '--token' found

      tip: a similar argument exists: '--token-file'

    Usage: it-access --token-file <FILE> <COMMAND>

    For more information, try '--help'.
    ");
}

#[test]
fn a_wrong_token_is_refused_by_the_service() {
    let service = Simulated::start();
    let run = Run::new()
        .token("CANARY-0123456789")
        .args(["-vv", "--base-url", service.base_url(), "unexempt", "--hwid", "device789"])
        .output_without_log();
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

/// A server that answers everything with `status` and `body`.
fn answering(status: u16, body: &str) -> MockServer {
    let server = MockServer::start();
    server.mock(|when, then| {
        when.method(POST);
        then.status(status).header("content-type", "text/html").body(body);
    });
    server
}

#[test]
fn an_html_error_page_from_a_proxy() {
    let page = "<html>\n<h1>Bad Gateway</h1>\n\u{1b}[31m?access_token=CANARY-0123456789</html>";
    let unexempt = ["unexempt", "--hwid", "device789", "--hwid", "device456"];
    let mut all = String::new();
    for (status, format) in [(502, "table"), (407, "table"), (502, "json")] {
        let server = answering(status, page);
        let run = Run::new()
            .token("CANARY-0123456789")
            .args(["--base-url", &server.base_url(), "--format", format])
            .args(unexempt)
            .output();
        all += &format!("# {status} as {format}\n{run}\n");
    }
    assert!(!all.contains("CANARY"), "{all}");
    assert_snapshot!(all, @r#"
    # 502 as table
    exit: 5
    --- stdout
    DEVICE     RESULT
    device789  unknown
    device456  unknown
    --- stderr
    error: http://127.0.0.1:PORT answered 502 Bad Gateway. It said: "<html> <h1>Bad Gateway</h1> [31m?access_token=[hidden]</html>". The action may have been applied: look at the devices before repeating it.
    2 devices: 2 unknown

    # 407 as table
    exit: 3
    --- stdout
    DEVICE     RESULT
    device789  unprocessed
    device456  unprocessed
    --- stderr
    error: http://127.0.0.1:PORT answered 407 Proxy Authentication Required. It said: "<html> <h1>Bad Gateway</h1> [31m?access_token=[hidden]</html>". Nothing was applied.
    2 devices: 2 unprocessed

    # 502 as json
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
        "message": "http://127.0.0.1:PORT answered 502 Bad Gateway. It said: \"<html> <h1>Bad Gateway</h1> [31m?access_token=[hidden]</html>\". The action may have been applied: look at the devices before repeating it.",
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
fn an_answer_with_gaps_and_surprises() {
    let server = answering(200, r#"{"b":7,"c":1,"c":0,"\u001b[31md":1}"#);
    let run = Run::new()
        .token("CANARY-0123456789")
        .args(["--base-url", &server.base_url(), "unexempt"])
        .args(["--hwid", "a", "--hwid", "b", "--hwid", "c"])
        .output();
    assert_snapshot!(run, @r#"
    exit: 5
    --- stdout
    DEVICE  RESULT
    a       unreported
    b       other (7)
    c       unknown
    --- stderr
    warning: the service sent a result that was not asked for: "\u{1b}[31md" applied
    3 devices: 1 other, 1 unreported, 1 unknown
    "#);
}

#[test]
fn some_unprocessed_is_status_4() {
    let hwids: Vec<String> = (0..51).map(|number| format!("device{number}")).collect();
    let server = MockServer::start();
    let first = hwids[..50].iter().map(|hwid| format!("{hwid:?}:1")).collect::<Vec<_>>().join(",");
    server.mock(|when, then| {
        when.method(POST).body_includes(r#""device0""#);
        then.status(200).body(format!("{{{first}}}"));
    });
    server.mock(|when, then| {
        when.method(POST).body_includes(r#""device50""#);
        then.status(429);
    });
    let run = Run::new()
        .token("CANARY-0123456789")
        .args(["--base-url", &server.base_url(), "unexempt"])
        .args(hwids.iter().flat_map(|hwid| ["--hwid", hwid]))
        .output_without_stdout();
    assert_snapshot!(run, @"
    exit: 4
    --- stdout
    …
    --- stderr
    error: http://127.0.0.1:PORT answered 429 Too Many Requests: the account has used up its requests; wait a minute, in every program that shares it. Nothing was applied.
    51 devices: 50 applied, 1 unprocessed
    ");
}

#[test]
fn the_token_is_not_logged_at_the_most_verbose_level() {
    let service = Simulated::start();
    let verbose = ["-vv", "--base-url", service.base_url()];
    let log = Run::new().token(service.token()).args(verbose).args(VENDORS_EXAMPLE).output();
    assert!(log.contains("TRACE") && log.contains("hyper_util"), "nothing was logged: {log}");
    assert!(!log.contains(service.token()), "{log}");
}

#[test]
fn the_help_reads_well() {
    assert_snapshot!(Run::new().args(["--help"]).output(), @"
    exit: 0
    --- stdout
    Act on many devices of OPSWAT MetaDefender IT Access at once

    Usage: it-access [OPTIONS] <COMMAND>

    Commands:
      exempt           Exempt devices from the policy checks
      unexempt         End an exemption
      ignore           Ignore unknown devices
      unignore         Undo `ignore`
      delete           Delete devices from the account; asks first
      renew-dhcp       Make the agents renew their DHCP lease; applied means accepted
      re-identify      Make the agents identify their devices anew; applied means accepted
      assign-to-group  Assign devices to a group
      simulate         Serve the simulated service, to try the command or a client of your own
      help             Print this message or the help of the given subcommand(s)

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    Global options:
          --simulate
              Use a simulated service in place of the real one; needs no account and touches none

          --base-url <URL>
              Where the service is: https, or plain http to this machine
              
              [env: IT_ACCESS_BASE_URL]
              [default: https://gears.opswat.com]

          --token-file <FILE>
              Read the access token from a file, or from standard input (-), not from IT_ACCESS_TOKEN

          --format <FORMAT>
              How the results are written

              Possible values:
              - table: For people
              - json:  For programs
              
              [default: table]

      -v, --verbose...
              Say on standard error what is done; twice, everything there is to say

    Examples:
      Try it without an account:
        it-access --simulate exempt --hours 60 --hwid device123 --hwid device456 --hwid device789

      The same on your account:
        export IT_ACCESS_TOKEN=…
        it-access exempt --hours 60 --hwid device123 --hwid device456 --hwid device789

      By MAC address, for a script:
        it-access --format json renew-dhcp --mac 00:0c:29:cd:c7:b2

    Exit status:
      0  the action was applied to every device
      1  not applied to some device: failed, not supported, or an unknown code
      2  wrong usage; nothing was sent
      3  no device was processed: nothing was sent, or the request was refused
      4  some devices were not processed
      5  unknown for some device: the action may have been applied
      Where several hold, the highest.

    Unofficial: not published or endorsed by OPSWAT.
    --- stderr
    ");
    assert_snapshot!(Run::new().args(["exempt", "--help"]).output(), @"
    exit: 0
    --- stdout
    Exempt devices from the policy checks

    Usage: it-access exempt [OPTIONS] <--hours <N>|--forever> <--hwid <HWID>|--mac <MAC>>

    Options:
          --hours <N>
              For so many hours, 1 to 64999

          --forever
              Until `unexempt`

          --hwid <HWID>
              A device by HWID; repeat it for more

          --mac <MAC>
              A device by MAC address; repeat it for more

      -h, --help
              Print help (see a summary with '-h')

    Global options:
          --simulate
              Use a simulated service in place of the real one; needs no account and touches none

          --base-url <URL>
              Where the service is: https, or plain http to this machine
              
              [env: IT_ACCESS_BASE_URL]
              [default: https://gears.opswat.com]

          --token-file <FILE>
              Read the access token from a file, or from standard input (-), not from IT_ACCESS_TOKEN

          --format <FORMAT>
              How the results are written

              Possible values:
              - table: For people
              - json:  For programs
              
              [default: table]

      -v, --verbose...
              Say on standard error what is done; twice, everything there is to say
    --- stderr
    ");
}
