//! The help, and what is made of it.

mod actions;
mod commands;
mod derived;

use insta::assert_snapshot;

use crate::support::Run;

/// Every command, by its path.
const COMMANDS: &[&[&str]] = &[
    &["plan"],
    &["plan", "exempt"],
    &["plan", "unexempt"],
    &["plan", "ignore"],
    &["plan", "unignore"],
    &["plan", "delete"],
    &["plan", "renew-dhcp"],
    &["plan", "re-identify"],
    &["plan", "assign-to-group"],
    &["apply"],
    &["resume"],
    &["jobs"],
    &["report"],
    &["exempt"],
    &["unexempt"],
    &["ignore"],
    &["unignore"],
    &["delete"],
    &["renew-dhcp"],
    &["re-identify"],
    &["assign-to-group"],
    &["config"],
    &["auth"],
    &["auth", "check"],
    &["auth", "store"],
    &["auth", "forget"],
    &["completions"],
    &["man"],
];

/// The help of a command, less the global options.
fn help(command: &[&str]) -> String {
    let help = Run::new().args(command).args(["--help"]).end();
    assert_eq!((help.status, help.stderr.as_str()), (0, ""));
    let (own, global) = help.stdout.split_once("Global options:\n").expect("global options");
    let examples = global.find("Example").map_or("", |start| &global[start..]);
    let lines = own.lines().chain(examples.lines()).map(str::trim_end);
    lines.collect::<Vec<_>>().join("\n")
}
/// The commands whose help is like that of `unexempt`, or `plan unexempt`, but for a line or two.
fn is_alike(command: &&&[&str]) -> bool {
    let alike = ["ignore", "unignore", "renew-dhcp", "re-identify", "delete", "assign-to-group"];
    command.last().is_some_and(|name| alike.contains(name))
        || matches!(command, [.., "plan", "exempt"] | ["exempt"])
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
      delete           Delete devices from the account
      renew-dhcp       Make the agents renew their DHCP lease; applied means accepted
      re-identify      Make the agents identify their devices anew; applied means accepted
      assign-to-group  Assign devices to a group
      plan             Read and check a list, and plan an action on its devices; nothing is sent
      apply            Carry out a plan, as a job
      resume           Go on with a job where it stopped
      jobs             List the jobs
      report           Show what became of each device of a job
      config           Show each setting, its value, and who says so
      auth             Look after the credentials
      simulate         Serve the simulated service, to try the command or a client of your own
      completions      Write the completions of a shell to standard output
      man              Write the manual, in the form of man pages
      help             Print this message or the help of the given subcommand(s)

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    Global options:
          --simulate
              Use a simulated service in place of the real one; needs no account and touches none

          --simulate-speed <N>
              How much faster than real time the quota of the simulated service runs [default: 1]

          --base-url <URL>
              Where the service is: https, or plain http to this machine [env: IT_ACCESS_BASE_URL]
              [default: https://gears.opswat.com]

          --token-file <FILE>
              Read the access token from a file, or from standard input (-) [env: IT_ACCESS_TOKEN holds
              it, or IT_ACCESS_TOKEN_FILE names the file]

          --client-id <ID>
              Get tokens as this client of the account's [env: IT_ACCESS_CLIENT_ID]

          --client-secret-file <FILE>
              Read the client's secret from a file, or from standard input (-) [env:
              IT_ACCESS_CLIENT_SECRET holds it, or IT_ACCESS_CLIENT_SECRET_FILE names the file]

          --timeout <SECONDS>
              How long to wait for an answer [env: IT_ACCESS_TIMEOUT] [default: 60]

          --attempts <N>
              How often to try a request that was certainly not carried out: no connection, 429 [env:
              IT_ACCESS_ATTEMPTS] [default: 5]

          --profile <NAME>
              Use the settings of this profile [env: IT_ACCESS_PROFILE] [default: default, if there is
              one]

          --config <FILE>
              Read the profiles from this file [env: IT_ACCESS_CONFIG] [default: see `it-access config
              --path`]

          --format <FORMAT>
              How the results are written [env: IT_ACCESS_FORMAT] [default: table]

              Possible values:
              - table:  For people
              - json:   For programs: one document
              - ndjson: For programs: one document for each device, a line each
              - csv:    For spreadsheets

      -q, --quiet
              Say nothing on standard error but what is wrong

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

      A list, checked first, and gone on with after any interruption:
        it-access plan unexempt --hwids-from fleet.csv --out fleet.plan
        it-access apply fleet.plan --canary 10
        it-access resume
        it-access report --only failed

    Exit status:
      0  the action was applied to every device
      1  not applied to some device: failed, not supported, or an unknown code
      2  wrong usage; nothing was sent
      3  no device was processed: nothing was sent, or the request was refused
      4  some devices were not processed
      5  unknown or unreported for some device: the action may have been applied;
         or the results could not be written
      Where several hold, the highest. What sends no action, such as `plan` and `report`, ends with
      0 if it is done, 2 after wrong usage, and 3 if it could not be done.

    Unofficial: not published or endorsed by OPSWAT.
    --- stderr
    ");
}

#[test]
fn a_name_that_does_not_exist_gets_a_suggestion() {
    let mut all = String::new();
    for arguments in
        [&["exmpt"][..], &["unexempt", "--hwd", "a"], &["unexempt", "--fromat", "json"]]
    {
        all +=
            &format!("$ it-access {}\n{}\n", arguments.join(" "), Run::new().args(arguments).end());
    }
    assert_snapshot!(all, @"
    $ it-access exmpt
    exit: 2
    --- stdout
    --- stderr
    error: unrecognized subcommand 'exmpt'

      tip: some similar subcommands exist: 'report', 'unexempt', 'exempt'

    Usage: it-access [OPTIONS] <COMMAND>

    For more information, try '--help'.

    $ it-access unexempt --hwd a
    exit: 2
    --- stdout
    --- stderr
    error: unexpected argument '--hwd' found

      tip: a similar argument exists: '--hwid'

    Usage: it-access unexempt <--hwid <HWID>|--mac <MAC>|--hwids-from <FILE>|--macs-from <FILE>>

    For more information, try '--help'.

    $ it-access unexempt --fromat json
    exit: 2
    --- stdout
    --- stderr
    error: unexpected argument '--fromat' found

      tip: a similar argument exists: '--format'

    Usage: it-access unexempt --format <FORMAT> <--hwid <HWID>|--mac <MAC>|--hwids-from <FILE>|--macs-from <FILE>>

    For more information, try '--help'.
    ");
}
