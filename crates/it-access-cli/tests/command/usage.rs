//! What was asked for in the wrong way, and is not sent.

use insta::assert_snapshot;

use crate::support::{self, Run};

#[test]
fn wrong_usage_sends_nothing() {
    let cases: [&[&str]; 14] = [
        &["exempt", "--hours", "60"],
        &["exempt", "--hwid", "a"],
        &["exempt", "--hours", "65000", "--hwid", "a"],
        &["exempt", "--hours", "0", "--hwid", "a"],
        &["exempt", "--hours", "-1", "--hwid", "a"],
        &["exempt", "--hours", "99999999999999999999", "--hwid", "a"],
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
        let run = Run::new().token("secret").args(arguments).end().with_nothing_sent();
        all += &format!("$ it-access {}\n{run}\n", arguments.join(" "));
    }
    assert_snapshot!(all, @r#"
    $ it-access exempt --hours 60
    exit: 2
    --- stdout
    --- stderr
    error: the following required arguments were not provided:
      <--hwid <HWID>|--mac <MAC>|--hwids-from <FILE>|--macs-from <FILE>>

    Usage: it-access exempt <--hours <N>|--forever> <--hwid <HWID>|--mac <MAC>|--hwids-from <FILE>|--macs-from <FILE>>

    For more information, try '--help'.

    $ it-access exempt --hwid a
    exit: 2
    --- stdout
    --- stderr
    error: the following required arguments were not provided:
      <--hours <N>|--forever>

    Usage: it-access exempt <--hours <N>|--forever> <--hwid <HWID>|--mac <MAC>|--hwids-from <FILE>|--macs-from <FILE>>

    For more information, try '--help'.

    $ it-access exempt --hours 65000 --hwid a
    exit: 2
    --- stdout
    --- stderr
    error: invalid value '65000' for '--hours <N>': choose 1 to 64999 hours, or --forever

    For more information, try '--help'.

    $ it-access exempt --hours 0 --hwid a
    exit: 2
    --- stdout
    --- stderr
    error: invalid value '0' for '--hours <N>': choose 1 to 64999 hours, or --forever

    For more information, try '--help'.

    $ it-access exempt --hours -1 --hwid a
    exit: 2
    --- stdout
    --- stderr
    error: invalid value '-1' for '--hours <N>': choose 1 to 64999 hours, or --forever

    For more information, try '--help'.

    $ it-access exempt --hours 99999999999999999999 --hwid a
    exit: 2
    --- stdout
    --- stderr
    error: invalid value '99999999999999999999' for '--hours <N>': choose 1 to 64999 hours, or --forever

    For more information, try '--help'.

    $ it-access exempt --hours soon --hwid a
    exit: 2
    --- stdout
    --- stderr
    error: invalid value 'soon' for '--hours <N>': choose 1 to 64999 hours, or --forever

    For more information, try '--help'.

    $ it-access exempt --hours 1 --forever --hwid a
    exit: 2
    --- stdout
    --- stderr
    error: the argument '--hours <N>' cannot be used with '--forever'

    Usage: it-access exempt <--hours <N>|--forever> <--hwid <HWID>|--mac <MAC>|--hwids-from <FILE>|--macs-from <FILE>>

    For more information, try '--help'.

    $ it-access unexempt --hwid a --mac 000c29cdc7b2
    exit: 2
    --- stdout
    --- stderr
    error: the argument '--hwid <HWID>' cannot be used with '--mac <MAC>'

    Usage: it-access unexempt <--hwid <HWID>|--mac <MAC>|--hwids-from <FILE>|--macs-from <FILE>>

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
    error: invalid value '' for '--hwid <HWID>': the HWID "" is empty; give it as the account shows it

    For more information, try '--help'.

    $ it-access unexempt --hwid  a
    exit: 2
    --- stdout
    --- stderr
    error: invalid value ' a' for '--hwid <HWID>': the HWID " a" has spaces around it; give it as the account shows it

    For more information, try '--help'.

    $ it-access assign-to-group --hwid a
    exit: 2
    --- stdout
    --- stderr
    error: the following required arguments were not provided:
      --group <ID>

    Usage: it-access assign-to-group --group <ID> <--hwid <HWID>|--mac <MAC>|--hwids-from <FILE>|--macs-from <FILE>>

    For more information, try '--help'.

    $ it-access assign-to-group --group  --hwid a
    exit: 2
    --- stdout
    --- stderr
    error: invalid value '' for '--group <ID>': the group id "" is empty; give it as the account shows it

    For more information, try '--help'.
    "#);
}

#[test]
fn a_wrong_token_or_address_sends_nothing() {
    let unexempt = ["unexempt", "--hwid", "a"];
    let empty = support::file("\n");
    let broken = support::file("line one\nline two\n");
    let json = support::file(r#"{"access_token":"CANARY","expires_in":3600}"#);
    let cases = [
        ("no token", Run::new().args(unexempt)),
        ("an empty variable", Run::new().env("IT_ACCESS_TOKEN", "").args(unexempt)),
        (
            "a broken variable",
            Run::new().env("IT_ACCESS_TOKEN", "CANARY\u{7}CANARY").args(unexempt),
        ),
        ("an empty file", Run::new().token_file(empty.path()).args(unexempt)),
        ("a file of two lines", Run::new().token_file(broken.path()).args(unexempt)),
        ("a file of JSON", Run::new().token_file(json.path()).args(unexempt)),
        ("no such file", Run::new().args(["--token-file", "/no/such/file"]).args(unexempt)),
        ("a token for a file", Run::new().args(["--token-file", "CANARY0123"]).args(unexempt)),
        ("a JWT for a file", Run::new().args(["--token-file", "CANARY.CANARY.x"]).args(unexempt)),
        ("empty standard input", Run::new().args(["--token-file", "-"]).args(unexempt)),
        ("no address", Run::new().token("CANARY").args(["--base-url", ""]).args(unexempt)),
        (
            "an empty variable of the address",
            Run::new().token("CANARY").env("IT_ACCESS_BASE_URL", "").args(unexempt),
        ),
        (
            "a broken variable of the address",
            Run::new().token("CANARY").env("IT_ACCESS_BASE_URL", "host").args(unexempt),
        ),
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
        all += &format!("# {what}\n{}\n", run.end().with_nothing_sent());
    }
    assert!(!all.contains("CANARY"), "{all}");
    assert_snapshot!(all, @"
    # no token
    exit: 2
    --- stdout
    --- stderr
    error: there is no access token: set IT_ACCESS_TOKEN, or name a file by --token-file (- is standard input), or a client by --client-id; to try without one, add --simulate

    # an empty variable
    exit: 2
    --- stdout
    --- stderr
    error: IT_ACCESS_TOKEN: the access token is empty; give it as it was issued, on one line

    # a broken variable
    exit: 2
    --- stdout
    --- stderr
    error: IT_ACCESS_TOKEN: the access token holds a space, a control character or one beyond ASCII; give it as it was issued, on one line

    # an empty file
    exit: 2
    --- stdout
    --- stderr
    error: the token file FILE holds no access token: the access token is empty; give it as it was issued, on one line

    # a file of two lines
    exit: 2
    --- stdout
    --- stderr
    error: the token file FILE holds no access token: the access token holds a space, a control character or one beyond ASCII; give it as it was issued, on one line

    # a file of JSON
    exit: 2
    --- stdout
    --- stderr
    error: the token file FILE holds no access token: the access token looks like JSON or HTML, not like a token; give only the value of access_token

    # no such file
    exit: 2
    --- stdout
    --- stderr
    error: the token file /no/such/file does not exist; write the access token to it

    # a token for a file
    exit: 2
    --- stdout
    --- stderr
    error: --token-file: there is no such file (is the secret itself given in place of a file's name?)

    # a JWT for a file
    exit: 2
    --- stdout
    --- stderr
    error: --token-file: there is no such file (is the secret itself given in place of a file's name?)

    # empty standard input
    exit: 2
    --- stdout
    --- stderr
    error: standard input: the access token is empty; give it as it was issued, on one line

    # no address
    exit: 2
    --- stdout
    --- stderr
    error: --base-url is empty; write it like https://gears.opswat.com, or leave it out

    # an empty variable of the address
    exit: 2
    --- stdout
    --- stderr
    error: IT_ACCESS_BASE_URL is empty; write it like https://gears.opswat.com, or leave it out

    # a broken variable of the address
    exit: 2
    --- stdout
    --- stderr
    error: IT_ACCESS_BASE_URL: the base URL is not an absolute URL (relative URL without a base); write it like https://api.example.com

    # a bare host
    exit: 2
    --- stdout
    --- stderr
    error: --base-url: the base URL is not an absolute URL (relative URL without a base); write it like https://api.example.com

    # plain http elsewhere
    exit: 2
    --- stdout
    --- stderr
    error: --base-url: the base URL would send credentials to `gears.opswat.com` unencrypted; use https (plain http is allowed only to this machine: 127.0.0.1, [::1] or localhost)

    # a token in the address
    exit: 2
    --- stdout
    --- stderr
    error: --base-url: the base URL has a query, which does not belong in it; write it like https://api.example.com

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
fn an_option_that_would_change_nothing_is_a_mistake() {
    let cases: [&[&str]; 13] = [
        &["--simulate", "--base-url", "https://host", "unexempt", "--hwid", "a"],
        &["--simulate", "unexempt", "--hwid", "a", "--base-url", "https://host"],
        &["--token-file", "f", "unexempt", "--hwid", "a", "--simulate"],
        &["--simulate", "simulate"],
        &["simulate", "--simulate"],
        &["simulate", "--base-url", "https://host"],
        &["--token-file", "f", "simulate"],
        &["--format", "table", "simulate"],
        &["--attempts", "2", "auth", "check"],
        &["--simulate", "apply", "a.plan", "--quota-store", "memory"],
        &["apply", "a.plan", "--dry-run", "--max-failures", "1"],
        &["unexempt", "--hwids-from", "a.txt", "--dry-run", "--events", "-"],
        &["apply", "a.plan", "--dry-run", "--quota-store", "memory"],
    ];
    let mut all = String::new();
    for arguments in cases {
        let run = Run::new().args(arguments).end().with_nothing_sent();
        assert_eq!((run.status, run.stdout.as_str()), (2, ""));
        let first = run.stderr.lines().next().unwrap_or_default();
        all += &format!("$ it-access {}\n{first}\n", arguments.join(" "));
    }
    assert_snapshot!(all, @"
    $ it-access --simulate --base-url https://host unexempt --hwid a
    error: the argument '--base-url <URL>' cannot be used with '--simulate'
    $ it-access --simulate unexempt --hwid a --base-url https://host
    error: the argument '--base-url <URL>' cannot be used with '--simulate'
    $ it-access --token-file f unexempt --hwid a --simulate
    error: the argument '--token-file <FILE>' cannot be used with '--simulate'
    $ it-access --simulate simulate
    error: the argument '--simulate' cannot be used with 'simulate'
    $ it-access simulate --simulate
    error: the argument '--simulate' cannot be used with 'simulate'
    $ it-access simulate --base-url https://host
    error: the argument '--base-url <URL>' cannot be used with 'simulate'
    $ it-access --token-file f simulate
    error: the argument '--token-file <FILE>' cannot be used with 'simulate'
    $ it-access --format table simulate
    error: the argument '--format <FORMAT>' cannot be used with 'simulate'
    $ it-access --attempts 2 auth check
    error: the argument '--attempts <N>' cannot be used with 'auth check'
    $ it-access --simulate apply a.plan --quota-store memory
    error: the argument '--quota-store <STORE>' cannot be used with '--simulate'
    $ it-access apply a.plan --dry-run --max-failures 1
    error: the argument '--max-failures <N|P%>' cannot be used with '--dry-run'
    $ it-access unexempt --hwids-from a.txt --dry-run --events -
    error: the argument '--events <FILE>' cannot be used with '--dry-run'
    $ it-access apply a.plan --dry-run --quota-store memory
    error: the argument '--quota-store <STORE>' cannot be used with '--dry-run'
    ");
}

#[test]
fn a_simulation_leaves_the_environment_aside() {
    let run = Run::new().token("CANARY").args(["--simulate", "unexempt", "--hwid", "device789"]);
    assert_eq!(run.end().with_nothing_sent().status, 0);
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
