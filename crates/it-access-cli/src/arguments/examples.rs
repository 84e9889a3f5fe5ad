//! The examples in the help of each command.

use clap::Command;

/// By the path of a command: what its help shows at the end.
const EXAMPLES: &[(&[&str], &str)] = &[
    (
        &["it-access"],
        "\
Examples:
  Try it without an account:
    it-access --simulate exempt --hours 60 --hwid device123 --hwid device456 --hwid device789

  The same on your account:
    export IT_ACCESS_TOKEN=…
    it-access exempt --hours 60 --hwid device123 --hwid device456 --hwid device789

  By MAC address, for a script:
    it-access --format json renew-dhcp --mac 00:0c:29:cd:c7:b2

  A list, checked first, and gone on with after any interruption:
    it-access plan unexempt --hwids-from fleet.csv --out fleet.plan
    it-access apply fleet.plan --canary 10
    it-access resume
    it-access report --only failed",
    ),
    (
        &["it-access", "exempt"],
        "\
Examples:
  it-access exempt --hours 60 --hwid device123 --hwid device789
  it-access exempt --forever --mac 00:0c:29:cd:c7:b2
  it-access exempt --hours 60 --hwids-from fleet.csv",
    ),
    (&["it-access", "unexempt"], "Example:\n  it-access unexempt --hwid device123"),
    (&["it-access", "ignore"], "Example:\n  it-access ignore --mac 00:0c:29:cd:c7:b2"),
    (&["it-access", "unignore"], "Example:\n  it-access unignore --mac 00:0c:29:cd:c7:b2"),
    (
        &["it-access", "delete"],
        "\
Examples:
  Asks first:
    it-access delete --hwid device123

  For a script:
    it-access delete --yes --hwid device123",
    ),
    (&["it-access", "renew-dhcp"], "Example:\n  it-access renew-dhcp --hwid device123"),
    (&["it-access", "re-identify"], "Example:\n  it-access re-identify --hwid device123"),
    (
        &["it-access", "assign-to-group"],
        "Example:\n  it-access assign-to-group --group finance --hwid device123",
    ),
    (
        &["it-access", "plan"],
        "\
Examples:
  it-access plan exempt --hours 60 --hwids-from fleet.csv --out fleet.plan
  it-access plan delete --macs-from old.txt --protect servers.txt --max-devices 500 --out old.plan

A list is CSV, text, JSON or NDJSON. All of it is checked: one bad line, and there is no plan.",
    ),
    (
        &["it-access", "plan", "exempt"],
        "Example:\n  it-access plan exempt --hours 60 --hwids-from fleet.csv --out fleet.plan",
    ),
    (
        &["it-access", "plan", "unexempt"],
        "Example:\n  it-access plan unexempt --hwids-from fleet.csv --out fleet.plan",
    ),
    (
        &["it-access", "plan", "ignore"],
        "Example:\n  it-access plan ignore --hwids-from fleet.csv --out fleet.plan",
    ),
    (
        &["it-access", "plan", "unignore"],
        "Example:\n  it-access plan unignore --hwids-from fleet.csv --out fleet.plan",
    ),
    (
        &["it-access", "plan", "renew-dhcp"],
        "Example:\n  it-access plan renew-dhcp --hwids-from fleet.csv --out fleet.plan",
    ),
    (
        &["it-access", "plan", "re-identify"],
        "Example:\n  it-access plan re-identify --hwids-from fleet.csv --out fleet.plan",
    ),
    (
        &["it-access", "plan", "assign-to-group"],
        "Example:\n  it-access plan assign-to-group --group finance --hwids-from fleet.csv --out fleet.plan",
    ),
    (
        &["it-access", "plan", "delete"],
        "Example:\n  it-access plan delete --hwids-from fleet.csv --out fleet.plan",
    ),
    (
        &["it-access", "apply"],
        "\
Examples:
  it-access apply fleet.plan
  it-access apply fleet.plan --dry-run
  it-access apply old.plan --canary 10 --max-failures 5% --yes
  it-access --simulate --simulate-speed 600 apply fleet.plan

What was sent, and what came of it, is written down in the folder of the jobs. After an interruption of any kind the
job can be gone on with: it-access resume.",
    ),
    (
        &["it-access", "resume"],
        "\
Examples:
  it-access resume
  it-access resume 2026-11-23-kwmfz --retry-unknown",
    ),
    (&["it-access", "jobs"], "Example:\n  it-access jobs"),
    (
        &["it-access", "report"],
        "\
Examples:
  it-access report
  it-access report 2026-11-23-kwmfz --only failed,unknown
  it-access report --only failed --format csv --out failed.csv",
    ),
    (
        &["it-access", "config"],
        "\
Examples:
  it-access config
  it-access config --path
  it-access config --profile production --format json

A file with profiles:
  [profiles.default]
  base-url = \"https://gears.opswat.com\"
  token-file = \"/run/secrets/it-access-token\"

  [profiles.nightly]
  client-id = \"my-client\"
  client-secret-env = \"NIGHTLY_SECRET\"
  batch-size = 25
  timeout = 120
  format = \"ndjson\"

A relative path is taken from the folder of the file. There are no keys for secrets, only for where they are.",
    ),
    (&["it-access", "auth"], "Example:\n  it-access auth check"),
    (
        &["it-access", "auth", "check"],
        "\
Examples:
  it-access auth check
  it-access auth check --profile production",
    ),
    (
        &["it-access", "auth", "store"],
        "\
Examples:
  it-access auth store --profile production
  get-token | it-access auth store --profile production

The profile says what is stored, and by what name: token-keyring = \"NAME\" or client-secret-keyring = \"NAME\".",
    ),
    (&["it-access", "auth", "forget"], "Example:\n  it-access auth forget --profile production"),
    (
        &["it-access", "simulate"],
        "\
Examples:
  it-access simulate
  it-access simulate --devices 10000 --quota off
  it-access simulate --fault reset-after-apply:p=0.1 --seed 7",
    ),
    (
        &["it-access", "completions"],
        "\
Examples:
  it-access completions bash > ~/.local/share/bash-completion/completions/it-access
  it-access completions zsh > ~/.zfunc/_it-access",
    ),
    (
        &["it-access", "man"],
        "\
Examples:
  it-access man | man -l -
  it-access man --out ~/.local/share/man/man1",
    ),
];

pub(super) fn of(path: &[&str]) -> &'static str {
    EXAMPLES.iter().find(|(of, _)| *of == path).map_or("", |(_, examples)| examples)
}

/// Adds the examples to the help of each command below this one.
pub(super) fn add(command: Command) -> Command {
    add_below(command, &["it-access"])
}

fn add_below(mut command: Command, path: &[&str]) -> Command {
    let names: Vec<String> =
        command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    for name in names {
        let path = [path, &[name.as_str()]].concat();
        command = command.mut_subcommand(&name, |command| {
            let examples = of(&path);
            let command = add_below(command, &path);
            if examples.is_empty() { command } else { command.after_help(examples) }
        });
    }
    command
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::arguments;

    #[test]
    fn every_command_has_an_example() {
        fn assert_examples(command: &Command, path: &[&str]) {
            assert!(of(path).starts_with("Example"), "{path:?}");
            for command in command.get_subcommands().filter(|it| it.get_name() != "help") {
                assert_examples(command, &[path, &[command.get_name()]].concat());
            }
        }
        assert_examples(&arguments::command(), &["it-access"]);
    }

    #[test]
    fn every_example_is_understood() {
        let readme =
            include_str!("../../README.md").lines().filter_map(|line| line.strip_prefix("$ "));
        let examples = EXAMPLES.iter().flat_map(|(_, examples)| examples.lines());
        let lines = examples.chain(readme).map(str::trim);
        let commands: Vec<&str> = lines.filter(|line| line.starts_with("it-access ")).collect();
        assert!(commands.len() > EXAMPLES.len() + 10);
        for line in commands {
            let words = line.split_whitespace().take_while(|word| !["|", ">", "&&"].contains(word));
            let parsed = arguments::command().try_get_matches_from(words);
            assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
        }
    }
}
