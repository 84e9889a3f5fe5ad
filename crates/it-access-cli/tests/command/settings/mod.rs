//! Settings: who says what.

mod mistakes;

use insta::assert_snapshot;

use crate::support::{Run, Simulated};

const PROFILES: &str = r#"
[profiles.default]
base-url = "https://default.example"
token-env = "OUR_TOKEN"

[profiles.production]
base-url = "https://production.example"
token-file = "token"
batch-size = 25
timeout = 120
attempts = 3
jobs-dir = "jobs"
format = "csv"

[profiles.nightly]
client-id = "our-client"
client-secret-file = "/run/secrets/it-access"
"#;

/// A run that leaves everything to the profiles.
fn run() -> Run {
    Run::new().without_env("IT_ACCESS_BASE_URL").without_env("IT_ACCESS_ATTEMPTS").config(PROFILES)
}

#[test]
fn an_argument_goes_before_the_environment_the_profile_and_the_default() {
    let config = ["config", "--format", "table"];
    let cases = [
        ("no settings", Run::new().without_env("IT_ACCESS_BASE_URL").args(config)),
        ("the default profile", run().args(config)),
        ("a profile by argument", run().args(config).args(["--profile", "production"])),
        (
            "a profile by the environment",
            run().args(config).env("IT_ACCESS_PROFILE", "nightly").env("IT_ACCESS_TIMEOUT", "30"),
        ),
        (
            "everything",
            run()
                .args(config)
                .args(["--profile", "production", "--base-url", "https://argument.example"])
                .args(["--timeout", "5"])
                .env("IT_ACCESS_BASE_URL", "https://environment.example")
                .env("IT_ACCESS_BATCH_SIZE", "10"),
        ),
        (
            "the account of a profile by argument, and another's token",
            run().args(config).args(["--profile", "production"]).token("CANARY-0123456789"),
        ),
    ];
    let mut all = String::new();
    for (what, run) in cases {
        let shown = run.end().with_nothing_sent().to_string();
        // How wide a column is depends on where the test's folder is.
        let lines = shown.lines().map(|line| {
            line.split("  ")
                .map(str::trim)
                .filter(|cell| !cell.is_empty())
                .collect::<Vec<_>>()
                .join(" | ")
        });
        all += &format!("# {what}\n{}\n\n", lines.collect::<Vec<_>>().join("\n"));
    }
    assert!(!all.contains("CANARY"), "{all}");
    assert_snapshot!(all, @"
    # no settings
    exit: 0
    --- stdout
    SETTING | VALUE | SOURCE
    config | HOME/.config/it-access/config.toml | default
    profile
    base-url | https://gears.opswat.com | default
    token
    timeout | 60 s | default
    attempts | 1 | IT_ACCESS_ATTEMPTS
    batch-size | 50 | default
    quota-store | HOME/.local/state/it-access/quota.sqlite | default
    jobs-dir | HOME/.local/state/it-access/jobs | default
    format | table | --format
    --- stderr

    # the default profile
    exit: 0
    --- stdout
    SETTING | VALUE | SOURCE
    config | HOME/.config/it-access/config.toml | default
    profile | default | default
    base-url | https://default.example | profile default (HOME/.config/it-access/config.toml:3)
    token | [hidden], in OUR_TOKEN | profile default (HOME/.config/it-access/config.toml:4)
    timeout | 60 s | default
    attempts | 5 | default
    batch-size | 50 | default
    quota-store | HOME/.local/state/it-access/quota.sqlite | default
    jobs-dir | HOME/.local/state/it-access/jobs | default
    format | table | --format
    --- stderr

    # a profile by argument
    exit: 0
    --- stdout
    SETTING | VALUE | SOURCE
    config | HOME/.config/it-access/config.toml | default
    profile | production | --profile
    base-url | https://production.example | profile production (HOME/.config/it-access/config.toml:7)
    token | [hidden], in file HOME/.config/it-access/token | profile production (HOME/.config/it-access/config.toml:8)
    timeout | 120 s | profile production (HOME/.config/it-access/config.toml:10)
    attempts | 3 | profile production (HOME/.config/it-access/config.toml:11)
    batch-size | 25 | profile production (HOME/.config/it-access/config.toml:9)
    quota-store | HOME/.local/state/it-access/quota.sqlite | default
    jobs-dir | HOME/.config/it-access/jobs | profile production (HOME/.config/it-access/config.toml:12)
    format | table | --format
    --- stderr

    # a profile by the environment
    exit: 0
    --- stdout
    SETTING | VALUE | SOURCE
    config | HOME/.config/it-access/config.toml | default
    profile | nightly | IT_ACCESS_PROFILE
    base-url | https://gears.opswat.com | default
    client-id | our-client | profile nightly (HOME/.config/it-access/config.toml:16)
    client-secret | [hidden], in file /run/secrets/it-access | profile nightly (HOME/.config/it-access/config.toml:17)
    timeout | 30 s | IT_ACCESS_TIMEOUT
    attempts | 5 | default
    batch-size | 50 | default
    quota-store | HOME/.local/state/it-access/quota.sqlite | default
    jobs-dir | HOME/.local/state/it-access/jobs | default
    format | table | --format
    --- stderr

    # everything
    exit: 0
    --- stdout
    SETTING | VALUE | SOURCE
    config | HOME/.config/it-access/config.toml | default
    profile | production | --profile
    base-url | https://argument.example | --base-url
    token | [hidden], in file HOME/.config/it-access/token | profile production (HOME/.config/it-access/config.toml:8)
    timeout | 5 s | --timeout
    attempts | 3 | profile production (HOME/.config/it-access/config.toml:11)
    batch-size | 10 | IT_ACCESS_BATCH_SIZE
    quota-store | HOME/.local/state/it-access/quota.sqlite | default
    jobs-dir | HOME/.config/it-access/jobs | profile production (HOME/.config/it-access/config.toml:12)
    format | table | --format
    --- stderr

    # the account of a profile by argument, and another's token
    exit: 2
    --- stdout
    --- stderr
    error: IT_ACCESS_TOKEN and profile production (HOME/.config/it-access/config.toml:8) both say which account is meant: unset IT_ACCESS_TOKEN, or leave out --profile
    ");
}

#[test]
fn the_settings_are_shown_in_each_form() {
    let mut all = String::new();
    for format in ["json", "ndjson", "csv"] {
        let run = run().args(["config", "--profile", "nightly", "--format", format]);
        all += &format!("# {format}\n{}\n", run.end());
    }
    assert_snapshot!(all, @r#"
    # json
    exit: 0
    --- stdout
    [
      {
        "name": "config",
        "value": "HOME/.config/it-access/config.toml",
        "source": {
          "kind": "default"
        }
      },
      {
        "name": "profile",
        "value": "nightly",
        "source": {
          "kind": "option",
          "name": "--profile"
        }
      },
      {
        "name": "base-url",
        "value": "https://gears.opswat.com",
        "source": {
          "kind": "default"
        }
      },
      {
        "name": "client-id",
        "value": "our-client",
        "source": {
          "kind": "profile",
          "profile": "nightly",
          "file": "HOME/.config/it-access/config.toml",
          "line": 16
        }
      },
      {
        "name": "client-secret",
        "value": "[hidden], in file /run/secrets/it-access",
        "source": {
          "kind": "profile",
          "profile": "nightly",
          "file": "HOME/.config/it-access/config.toml",
          "line": 17
        }
      },
      {
        "name": "timeout",
        "value": "60 s",
        "source": {
          "kind": "default"
        }
      },
      {
        "name": "attempts",
        "value": "5",
        "source": {
          "kind": "default"
        }
      },
      {
        "name": "batch-size",
        "value": "50",
        "source": {
          "kind": "default"
        }
      },
      {
        "name": "quota-store",
        "value": "HOME/.local/state/it-access/quota.sqlite",
        "source": {
          "kind": "default"
        }
      },
      {
        "name": "jobs-dir",
        "value": "HOME/.local/state/it-access/jobs",
        "source": {
          "kind": "default"
        }
      },
      {
        "name": "format",
        "value": "json",
        "source": {
          "kind": "option",
          "name": "--format"
        }
      }
    ]
    --- stderr

    # ndjson
    exit: 0
    --- stdout
    {"name":"config","value":"HOME/.config/it-access/config.toml","source":{"kind":"default"}}
    {"name":"profile","value":"nightly","source":{"kind":"option","name":"--profile"}}
    {"name":"base-url","value":"https://gears.opswat.com","source":{"kind":"default"}}
    {"name":"client-id","value":"our-client","source":{"kind":"profile","profile":"nightly","file":"HOME/.config/it-access/config.toml","line":16}}
    {"name":"client-secret","value":"[hidden], in file /run/secrets/it-access","source":{"kind":"profile","profile":"nightly","file":"HOME/.config/it-access/config.toml","line":17}}
    {"name":"timeout","value":"60 s","source":{"kind":"default"}}
    {"name":"attempts","value":"5","source":{"kind":"default"}}
    {"name":"batch-size","value":"50","source":{"kind":"default"}}
    {"name":"quota-store","value":"HOME/.local/state/it-access/quota.sqlite","source":{"kind":"default"}}
    {"name":"jobs-dir","value":"HOME/.local/state/it-access/jobs","source":{"kind":"default"}}
    {"name":"format","value":"ndjson","source":{"kind":"option","name":"--format"}}
    --- stderr

    # csv
    exit: 0
    --- stdout
    name,value,source
    config,HOME/.config/it-access/config.toml,default
    profile,nightly,--profile
    base-url,https://gears.opswat.com,default
    client-id,our-client,profile nightly (HOME/.config/it-access/config.toml:16)
    client-secret,"[hidden], in file /run/secrets/it-access",profile nightly (HOME/.config/it-access/config.toml:17)
    timeout,60 s,default
    attempts,5,default
    batch-size,50,default
    quota-store,HOME/.local/state/it-access/quota.sqlite,default
    jobs-dir,HOME/.local/state/it-access/jobs,default
    format,csv,--format
    --- stderr
    "#);
}

#[test]
fn the_settings_file_is_found_by_the_rules_of_the_system() {
    let path = ["config", "--path"];
    let cases = [
        Run::new().args(path),
        Run::new().args(path).env("XDG_CONFIG_HOME", "/etc/xdg-home"),
        Run::new().args(path).env("IT_ACCESS_CONFIG", "/etc/it-access.toml"),
        Run::new().args(path).args(["--config", "here.toml"]),
    ];
    let all: Vec<String> = cases.into_iter().map(Run::output).collect();
    assert_snapshot!(all.join("\n"), @"
    exit: 0
    --- stdout
    HOME/.config/it-access/config.toml
    --- stderr

    exit: 0
    --- stdout
    /etc/xdg-home/it-access/config.toml
    --- stderr

    exit: 0
    --- stdout
    /etc/it-access.toml
    --- stderr

    exit: 0
    --- stdout
    here.toml
    --- stderr
    ");
}

#[test]
fn a_profile_is_all_that_a_run_needs() {
    let service = Simulated::start();
    let profile = format!(
        "[profiles.default]\nbase-url = {:?}\ntoken-env = \"OURS\"\nformat = \"csv\"\n",
        service.base_url()
    );
    let run = Run::new()
        .without_env("IT_ACCESS_BASE_URL")
        .config(profile)
        .env("OURS", service.token())
        .args(["unexempt", "--hwid", "device789"]);
    assert_snapshot!(run.output(), @"
    exit: 0
    --- stdout
    id,state,code
    device789,applied,1
    --- stderr
    1 device: 1 applied
    ");
}
