//! Settings with mistakes: what is wrong, and where.

use insta::assert_snapshot;

use super::run;
use crate::support::Run;

#[test]
fn a_mistake_in_the_file_is_told_with_its_line() {
    let profile = |lines: &str| format!("# ours\n[profiles.default]\n{lines}\n");
    let cases = [
        profile("base-ulr = \"https://host\""),
        profile("surprise = 1"),
        profile("token = \"CANARY\""),
        profile("client-secret = \"CANARY\""),
        profile("batch-size = 2.5"),
        profile("batch-size = 0"),
        profile("timeout = \"soon\""),
        profile("attempts = -1"),
        profile("format = \"xml\""),
        profile("base-url = \"http://host\"\ntoken-env = \"PATH\""),
        profile("base-url = \"\""),
        profile("quota-store = \"~/quota.sqlite\""),
        profile("token-env = \"A\"\ntoken-file = \"b\""),
        profile("token = CANARY"),
        "base-url = \"https://host\"".to_owned(),
        "[profile.default]".to_owned(),
        "[profiles]\ndefault = 1".to_owned(),
    ];
    let mut all = String::new();
    for content in cases {
        let run = Run::new()
            .without_env("IT_ACCESS_BASE_URL")
            .without_env("IT_ACCESS_ATTEMPTS")
            .config(&content);
        let run = if content.contains("token-env") { run } else { run.token("CANARY") };
        let ended =
            run.env("PATH", "a-token").args(["unexempt", "--hwid", "a"]).end().with_nothing_sent();
        assert_eq!((ended.status, ended.stdout.as_str()), (2, ""), "{content}: {ended}");
        let shown = ended.shown_stderr();
        assert!(!shown.contains("CANARY"), "{shown}");
        all += &format!("{}\n{shown}\n", content.trim_end());
    }
    assert_snapshot!(all, @r#"
    # ours
    [profiles.default]
    base-ulr = "https://host"
    error: HOME/.config/it-access/config.toml:3: there is no setting `base-ulr`; is `base-url` meant?

    # ours
    [profiles.default]
    surprise = 1
    error: HOME/.config/it-access/config.toml:3: there is no setting `surprise`; there are base-url, token-env, token-file, token-keyring, client-id, client-secret-env, client-secret-file, client-secret-keyring, batch-size, timeout, attempts, quota-store, jobs-dir, format

    # ours
    [profiles.default]
    token = "CANARY"
    error: HOME/.config/it-access/config.toml:3: `token` does not belong in this file, which holds no secrets, so that it can be shown, shared and backed up; say where the secret is, by token-env (an environment variable), token-file (a file) or token-keyring (an entry of the system's keyring)

    # ours
    [profiles.default]
    client-secret = "CANARY"
    error: HOME/.config/it-access/config.toml:3: `client-secret` does not belong in this file, which holds no secrets, so that it can be shown, shared and backed up; say where the secret is, by client-secret-env (an environment variable), client-secret-file (a file) or client-secret-keyring (an entry of the system's keyring)

    # ours
    [profiles.default]
    batch-size = 2.5
    error: HOME/.config/it-access/config.toml:3: write batch-size as "text" or as a whole number

    # ours
    [profiles.default]
    batch-size = 0
    error: profile default (HOME/.config/it-access/config.toml:3): `0` is no number of devices: write 1 or more

    # ours
    [profiles.default]
    timeout = "soon"
    error: profile default (HOME/.config/it-access/config.toml:3): `soon` is no number of seconds: write 1 to 4294967295

    # ours
    [profiles.default]
    attempts = -1
    error: profile default (HOME/.config/it-access/config.toml:3): `-1` is no number of attempts: write 1 to 4294967295

    # ours
    [profiles.default]
    format = "xml"
    error: profile default (HOME/.config/it-access/config.toml:3): `xml` is no format: table, json, ndjson or csv

    # ours
    [profiles.default]
    base-url = "http://host"
    token-env = "PATH"
    error: profile default (HOME/.config/it-access/config.toml:3): the base URL would send credentials to `host` unencrypted; use https (plain http is allowed only to this machine: 127.0.0.1, [::1] or localhost)

    # ours
    [profiles.default]
    base-url = ""
    error: profile default (HOME/.config/it-access/config.toml:3) is empty; write it like https://gears.opswat.com, or leave it out

    # ours
    [profiles.default]
    quota-store = "~/quota.sqlite"
    error: profile default (HOME/.config/it-access/config.toml:3): no shell reads the ~ there; write the whole path

    # ours
    [profiles.default]
    token-env = "A"
    token-file = "b"
    error: profile default (HOME/.config/it-access/config.toml:3) and profile default (HOME/.config/it-access/config.toml:4) say the same thing twice; leave one of them out

    # ours
    [profiles.default]
    token = CANARY
    error: HOME/.config/it-access/config.toml:3: string values must be quoted, expected literal string

    base-url = "https://host"
    error: HOME/.config/it-access/config.toml:1: `base-url` stands in no profile; settings stand under [profiles.NAME], [profiles.default] if no other is asked for

    [profile.default]
    error: HOME/.config/it-access/config.toml:1: `profile` stands in no profile; settings stand under [profiles.NAME], [profiles.default] if no other is asked for

    [profiles]
    default = 1
    error: HOME/.config/it-access/config.toml:1: write a profile as a table, [profiles.default]
    "#);
}

#[test]
fn a_file_that_is_none_is_told() {
    let config = ["config"];
    let cases = [
        ("not UTF-8", Run::new().config(b"# ours\n# caf\xe9\n").args(config)),
        ("a folder", Run::new().args(["config", "--config", "/"])),
        ("not there", Run::new().args(["config", "--config", "/no/such/file"])),
        ("an empty name", Run::new().args(config).env("IT_ACCESS_CONFIG", "")),
        ("too large", Run::new().config("#".repeat(2_000_000)).args(config)),
        ("no such profile", run().args(["config", "--profile", "prodction"])),
        ("nor one like it", run().args(config).env("IT_ACCESS_PROFILE", "x")),
        ("no profiles", Run::new().args(["config", "--profile", "x"])),
    ];
    let mut all = String::new();
    for (what, run) in cases {
        let ended = run.end().with_nothing_sent();
        assert_eq!((ended.status, ended.stdout.as_str()), (2, ""), "{what}: {ended}");
        all += &format!("# {what}\n{}", ended.shown_stderr());
    }
    assert_snapshot!(all, @"
    # not UTF-8
    error: HOME/.config/it-access/config.toml:2: not valid UTF-8; save the file as UTF-8
    # a folder
    error: the settings file /: Is a directory (os error 21)
    # not there
    error: the settings file /no/such/file: No such file or directory (os error 2)
    # an empty name
    error: IT_ACCESS_CONFIG is empty; set it to a file, or unset it
    # too large
    error: the settings file HOME/.config/it-access/config.toml: larger than 1 MiB, so no settings file
    # no such profile
    error: --profile: there is no profile `prodction` in HOME/.config/it-access/config.toml; is `production` meant?
    # nor one like it
    error: IT_ACCESS_PROFILE: there is no profile `x` in HOME/.config/it-access/config.toml; there are default, nightly, production
    # no profiles
    error: --profile: there is no profile `x`: HOME/.config/it-access/config.toml has none
    ");
}

#[test]
fn a_wrong_setting_of_the_environment_is_told() {
    let unexempt = ["unexempt", "--hwid", "a"];
    let cases = [
        ("IT_ACCESS_TIMEOUT", "soon"),
        ("IT_ACCESS_TIMEOUT", "99999999999"),
        ("IT_ACCESS_ATTEMPTS", "0"),
        ("IT_ACCESS_BATCH_SIZE", ""),
        ("IT_ACCESS_FORMAT", "xml"),
        ("IT_ACCESS_PROFILE", ""),
        ("IT_ACCESS_CONFIG", ""),
    ];
    let mut all = String::new();
    for (name, value) in cases {
        let ended =
            Run::new().token("CANARY").env(name, value).args(unexempt).end().with_nothing_sent();
        assert_eq!(ended.status, 2, "{name}: {ended}");
        all += &ended.shown_stderr();
    }
    assert_snapshot!(all, @"
    error: IT_ACCESS_TIMEOUT: `soon` is no number of seconds: write 1 to 4294967295
    error: IT_ACCESS_TIMEOUT: `99999999999` is no number of seconds: write 1 to 4294967295
    error: IT_ACCESS_ATTEMPTS: `0` is no number of attempts: write 1 to 4294967295
    error: IT_ACCESS_BATCH_SIZE: `` is no number of devices: write 1 or more
    error: IT_ACCESS_FORMAT: `xml` is no format: table, json, ndjson or csv
    error: IT_ACCESS_PROFILE is empty; set it to a profile, or unset it
    error: IT_ACCESS_CONFIG is empty; set it to a file, or unset it
    ");
}
