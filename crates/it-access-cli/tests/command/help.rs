//! The help, and what is made of it.

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
fn the_help_of_each_command_reads_well() {
    let all: Vec<String> = COMMANDS
        .iter()
        .filter(|command| !is_alike(command))
        .map(|command| format!("$ it-access {} --help\n{}\n", command.join(" "), help(command)))
        .collect();
    assert_snapshot!(all.join("\n"), @r#"
    $ it-access plan --help
    Read and check a list, and plan an action on its devices; nothing is sent

    Usage: it-access plan [OPTIONS] <COMMAND>

    Commands:
      exempt           Exempt devices from the policy checks
      unexempt         End an exemption
      ignore           Ignore unknown devices
      unignore         Undo `ignore`
      delete           Delete devices from the account
      renew-dhcp       Make the agents renew their DHCP lease; applied means accepted
      re-identify      Make the agents identify their devices anew; applied means accepted
      assign-to-group  Assign devices to a group
      help             Print this message or the help of the given subcommand(s)

    Options:
      -h, --help
              Print help (see a summary with '-h')

    Examples:
      it-access plan exempt --hours 60 --hwids-from fleet.csv --out fleet.plan
      it-access plan delete --macs-from old.txt --protect servers.txt --max-devices 500 --out old.plan

    A list is CSV, text, JSON or NDJSON. All of it is checked: one bad line, and there is no plan.

    $ it-access plan unexempt --help
    End an exemption

    Usage: it-access plan unexempt [OPTIONS] --out <PLAN> <--hwids-from <FILE>|--macs-from <FILE>>

    Options:
          --hwids-from <FILE>
              A list of devices by HWID: a file, or standard input (-)

          --macs-from <FILE>
              A list of devices by MAC address: a file, or standard input (-)

          --out <PLAN>
              The file of the plan

          --replace
              Write over a plan that is there

          --batch-size <N>
              The most devices in one request [env: IT_ACCESS_BATCH_SIZE] [default: 50]

      -h, --help
              Print help (see a summary with '-h')

    List of devices:
          --column <NAME|N>
              The column or key that names the device, or its number from 1 [default: hwid, mac or id,
              or the only one]

          --list-format <FORMAT>
              How the list is written: csv, text, json or ndjson [default: as its name says; text on
              standard input]

          --delimiter <CHARACTER>
              What separates the columns of a CSV file [default: the most frequent of comma, semicolon
              and tab]

          --no-header
              The first line of a CSV file is a device already

          --protect <FILE>
              Leave out the devices of this list; repeat it for more

          --max-devices <N>
              Refuse the list if it has more devices than this

    Example:
      it-access plan unexempt --hwids-from fleet.csv --out fleet.plan

    $ it-access apply --help
    Carry out a plan, as a job

    Usage: it-access apply [OPTIONS] <PLAN>

    Arguments:
      <PLAN>
              The file of the plan

    Options:
          --yes
              Do not ask before a deletion

          --again
              Carry it out although a job of the same plan is there already

          --dry-run
              Send nothing, and show the requests that would be sent

      -h, --help
              Print help (see a summary with '-h')

    Job:
          --canary <N>
              Send so many devices first, and stop and ask if the action is not applied to each of them

          --max-failures <N|P%>
              Stop once the action was not applied to more devices than this, or than this part of all

          --events <FILE>
              Write what happens as lines of JSON to a file, or to standard error (-)

          --jobs-dir <DIR>
              Where jobs are kept [env: IT_ACCESS_JOBS_DIR] [default: see `it-access config`]

    Requests:
          --batch-size <N>
              The most devices in one request [env: IT_ACCESS_BATCH_SIZE] [default: 50, or that of the
              plan]

          --quota-store <STORE>
              Where the account's quota is kept, and with whom it is shared: sqlite (your commands on
              this machine), another FILE, memory (nobody) or redis://HOST (several machines) [env:
              IT_ACCESS_QUOTA_STORE] [default: sqlite]

    Examples:
      it-access apply fleet.plan
      it-access apply fleet.plan --dry-run
      it-access apply old.plan --canary 10 --max-failures 5% --yes
      it-access --simulate --simulate-speed 600 apply fleet.plan

    What was sent, and what came of it, is written down in the folder of the jobs. After an interruption
    of any kind the
    job can be gone on with: it-access resume.

    $ it-access resume --help
    Go on with a job where it stopped

    Usage: it-access resume [OPTIONS] [JOB]

    Arguments:
      [JOB]
              The job, as `it-access jobs` lists it [default: the newest]

    Options:
          --yes
              Go on without a question although the canary, or --max-failures, has stopped the last run

          --retry-unknown
              Send the devices again that are unknown; refused where an action must not be repeated

      -h, --help
              Print help (see a summary with '-h')

    Job:
          --canary <N>
              Send so many devices first, and stop and ask if the action is not applied to each of them

          --max-failures <N|P%>
              Stop once the action was not applied to more devices than this, or than this part of all

          --events <FILE>
              Write what happens as lines of JSON to a file, or to standard error (-)

          --jobs-dir <DIR>
              Where jobs are kept [env: IT_ACCESS_JOBS_DIR] [default: see `it-access config`]

    Requests:
          --batch-size <N>
              The most devices in one request [env: IT_ACCESS_BATCH_SIZE] [default: 50, or that of the
              plan]

          --quota-store <STORE>
              Where the account's quota is kept, and with whom it is shared: sqlite (your commands on
              this machine), another FILE, memory (nobody) or redis://HOST (several machines) [env:
              IT_ACCESS_QUOTA_STORE] [default: sqlite]

    Examples:
      it-access resume
      it-access resume 2026-11-23-kwmfz --retry-unknown

    $ it-access jobs --help
    List the jobs

    Usage: it-access jobs [OPTIONS]

    Options:
      -h, --help
              Print help (see a summary with '-h')

    Job:
          --jobs-dir <DIR>
              Where jobs are kept [env: IT_ACCESS_JOBS_DIR] [default: see `it-access config`]

    Example:
      it-access jobs

    $ it-access report --help
    Show what became of each device of a job

    Usage: it-access report [OPTIONS] [JOB]

    Arguments:
      [JOB]
              The job, as `it-access jobs` lists it [default: the newest]

    Options:
          --only <STATE>
              Only devices in these states: applied, failed, not-supported, other, unreported, unknown,
              unprocessed

          --out <FILE>
              Write it to a file

          --replace
              Write over a file that is there

      -h, --help
              Print help (see a summary with '-h')

    Job:
          --jobs-dir <DIR>
              Where jobs are kept [env: IT_ACCESS_JOBS_DIR] [default: see `it-access config`]

    Examples:
      it-access report
      it-access report 2026-11-23-kwmfz --only failed,unknown
      it-access report --only failed --format csv --out failed.csv

    $ it-access unexempt --help
    End an exemption

    Usage: it-access unexempt [OPTIONS] <--hwid <HWID>|--mac <MAC>|--hwids-from <FILE>|--macs-from <FILE>>

    Options:
          --hwid <HWID>
              A device by HWID; repeat it for more

          --mac <MAC>
              A device by MAC address; repeat it for more

          --hwids-from <FILE>
              A list of devices by HWID: a file, or standard input (-)

          --macs-from <FILE>
              A list of devices by MAC address: a file, or standard input (-)

          --yes
              Do not ask before a deletion, or before a list is acted on

          --dry-run
              Send nothing, and show the requests that would be sent

      -h, --help
              Print help (see a summary with '-h')

    List of devices:
          --column <NAME|N>
              The column or key that names the device, or its number from 1 [default: hwid, mac or id,
              or the only one]

          --list-format <FORMAT>
              How the list is written: csv, text, json or ndjson [default: as its name says; text on
              standard input]

          --delimiter <CHARACTER>
              What separates the columns of a CSV file [default: the most frequent of comma, semicolon
              and tab]

          --no-header
              The first line of a CSV file is a device already

          --protect <FILE>
              Leave out the devices of this list; repeat it for more

          --max-devices <N>
              Refuse the list if it has more devices than this

    Job:
          --canary <N>
              Send so many devices first, and stop and ask if the action is not applied to each of them

          --max-failures <N|P%>
              Stop once the action was not applied to more devices than this, or than this part of all

          --events <FILE>
              Write what happens as lines of JSON to a file, or to standard error (-)

          --jobs-dir <DIR>
              Where jobs are kept [env: IT_ACCESS_JOBS_DIR] [default: see `it-access config`]

    Requests:
          --batch-size <N>
              The most devices in one request [env: IT_ACCESS_BATCH_SIZE] [default: 50, or that of the
              plan]

          --quota-store <STORE>
              Where the account's quota is kept, and with whom it is shared: sqlite (your commands on
              this machine), another FILE, memory (nobody) or redis://HOST (several machines) [env:
              IT_ACCESS_QUOTA_STORE] [default: sqlite]

    Example:
      it-access unexempt --hwid device123

    $ it-access config --help
    Show each setting, its value, and who says so

    Usage: it-access config [OPTIONS]

    Options:
          --path
              Show only where the file with the profiles is

      -h, --help
              Print help (see a summary with '-h')

    Examples:
      it-access config
      it-access config --path
      it-access config --profile production --format json

    A file with profiles:
      [profiles.default]
      base-url = "https://gears.opswat.com"
      token-file = "/run/secrets/it-access-token"

      [profiles.nightly]
      client-id = "my-client"
      client-secret-env = "NIGHTLY_SECRET"
      batch-size = 25
      timeout = 120
      format = "ndjson"

    A relative path is taken from the folder of the file. There are no keys for secrets, only for where
    they are.

    $ it-access auth --help
    Look after the credentials

    Usage: it-access auth [OPTIONS] <COMMAND>

    Commands:
      check   Check the credentials and the service, as far as that is possible without changing a
              device
      store   Store the secret of the profile in the system's keyring: it is asked for, or read from
              standard input
      forget  Remove the secret of the profile from the system's keyring
      help    Print this message or the help of the given subcommand(s)

    Options:
      -h, --help
              Print help (see a summary with '-h')

    Example:
      it-access auth check

    $ it-access auth check --help
    Check the credentials and the service, as far as that is possible without changing a device

    Usage: it-access auth check [OPTIONS]

    Options:
      -h, --help
              Print help (see a summary with '-h')

    Examples:
      it-access auth check
      it-access auth check --profile production

    $ it-access auth store --help
    Store the secret of the profile in the system's keyring: it is asked for, or read from standard
    input

    Usage: it-access auth store [OPTIONS]

    Options:
      -h, --help
              Print help (see a summary with '-h')

    Examples:
      it-access auth store --profile production
      get-token | it-access auth store --profile production

    The profile says what is stored, and by what name: token-keyring = "NAME" or client-secret-keyring =
    "NAME".

    $ it-access auth forget --help
    Remove the secret of the profile from the system's keyring

    Usage: it-access auth forget [OPTIONS]

    Options:
      -h, --help
              Print help (see a summary with '-h')

    Example:
      it-access auth forget --profile production

    $ it-access completions --help
    Write the completions of a shell to standard output

    Usage: it-access completions [OPTIONS] <SHELL>

    Arguments:
      <SHELL>
              For which shell

              [possible values: bash, elvish, fish, powershell, zsh]

    Options:
      -h, --help
              Print help (see a summary with '-h')

    Examples:
      it-access completions bash > ~/.local/share/bash-completion/completions/it-access
      it-access completions zsh > ~/.zfunc/_it-access

    $ it-access man --help
    Write the manual, in the form of man pages

    Usage: it-access man [OPTIONS]

    Options:
          --out <DIR>
              Write the pages of all commands to this folder, not one to standard output

      -h, --help
              Print help (see a summary with '-h')

    Examples:
      it-access man | man -l -
      it-access man --out ~/.local/share/man/man1
    "#);
}

#[test]
fn the_help_of_the_other_actions_differs_by_a_few_lines() {
    let lines =
        |command: &[&str]| -> Vec<String> { help(command).lines().map(str::to_owned).collect() };
    let mut all = String::new();
    for command in COMMANDS.iter().filter(is_alike) {
        let like = lines(&[&command[..command.len() - 1], &["unexempt"]].concat());
        let own = lines(command).into_iter().filter(|line| !like.contains(line));
        all += &format!(
            "$ it-access {} --help\n{}\n\n",
            command.join(" "),
            own.collect::<Vec<_>>().join("\n")
        );
    }
    assert_snapshot!(all, @"
    $ it-access plan exempt --help
    Exempt devices from the policy checks
    Usage: it-access plan exempt [OPTIONS] --out <PLAN> <--hours <N>|--forever> <--hwids-from <FILE>|--macs-from <FILE>>
          --hours <N>
              For so many hours, 1 to 64999
          --forever
              Until `unexempt`
      it-access plan exempt --hours 60 --hwids-from fleet.csv --out fleet.plan

    $ it-access plan ignore --help
    Ignore unknown devices
    Usage: it-access plan ignore [OPTIONS] --out <PLAN> <--hwids-from <FILE>|--macs-from <FILE>>
      it-access plan ignore --hwids-from fleet.csv --out fleet.plan

    $ it-access plan unignore --help
    Undo `ignore`
    Usage: it-access plan unignore [OPTIONS] --out <PLAN> <--hwids-from <FILE>|--macs-from <FILE>>
      it-access plan unignore --hwids-from fleet.csv --out fleet.plan

    $ it-access plan delete --help
    Delete devices from the account
    Usage: it-access plan delete [OPTIONS] --out <PLAN> <--hwids-from <FILE>|--macs-from <FILE>>
      it-access plan delete --hwids-from fleet.csv --out fleet.plan

    $ it-access plan renew-dhcp --help
    Make the agents renew their DHCP lease; applied means accepted
    Usage: it-access plan renew-dhcp [OPTIONS] --out <PLAN> <--hwids-from <FILE>|--macs-from <FILE>>
      it-access plan renew-dhcp --hwids-from fleet.csv --out fleet.plan

    $ it-access plan re-identify --help
    Make the agents identify their devices anew; applied means accepted
    Usage: it-access plan re-identify [OPTIONS] --out <PLAN> <--hwids-from <FILE>|--macs-from <FILE>>
      it-access plan re-identify --hwids-from fleet.csv --out fleet.plan

    $ it-access plan assign-to-group --help
    Assign devices to a group
    Usage: it-access plan assign-to-group [OPTIONS] --group <ID> --out <PLAN> <--hwids-from <FILE>|--macs-from <FILE>>
          --group <ID>
              Id of the group; the service does not refuse one that does not exist
      it-access plan assign-to-group --group finance --hwids-from fleet.csv --out fleet.plan

    $ it-access exempt --help
    Exempt devices from the policy checks
    Usage: it-access exempt [OPTIONS] <--hours <N>|--forever> <--hwid <HWID>|--mac <MAC>|--hwids-from <FILE>|--macs-from <FILE>>
          --hours <N>
              For so many hours, 1 to 64999
          --forever
              Until `unexempt`
    Examples:
      it-access exempt --hours 60 --hwid device123 --hwid device789
      it-access exempt --forever --mac 00:0c:29:cd:c7:b2
      it-access exempt --hours 60 --hwids-from fleet.csv

    $ it-access ignore --help
    Ignore unknown devices
    Usage: it-access ignore [OPTIONS] <--hwid <HWID>|--mac <MAC>|--hwids-from <FILE>|--macs-from <FILE>>
      it-access ignore --mac 00:0c:29:cd:c7:b2

    $ it-access unignore --help
    Undo `ignore`
    Usage: it-access unignore [OPTIONS] <--hwid <HWID>|--mac <MAC>|--hwids-from <FILE>|--macs-from <FILE>>
      it-access unignore --mac 00:0c:29:cd:c7:b2

    $ it-access delete --help
    Delete devices from the account
    Usage: it-access delete [OPTIONS] <--hwid <HWID>|--mac <MAC>|--hwids-from <FILE>|--macs-from <FILE>>
    Examples:
      Asks first:
        it-access delete --hwid device123
      For a script:
        it-access delete --yes --hwid device123

    $ it-access renew-dhcp --help
    Make the agents renew their DHCP lease; applied means accepted
    Usage: it-access renew-dhcp [OPTIONS] <--hwid <HWID>|--mac <MAC>|--hwids-from <FILE>|--macs-from <FILE>>
      it-access renew-dhcp --hwid device123

    $ it-access re-identify --help
    Make the agents identify their devices anew; applied means accepted
    Usage: it-access re-identify [OPTIONS] <--hwid <HWID>|--mac <MAC>|--hwids-from <FILE>|--macs-from <FILE>>
      it-access re-identify --hwid device123

    $ it-access assign-to-group --help
    Assign devices to a group
    Usage: it-access assign-to-group [OPTIONS] --group <ID> <--hwid <HWID>|--mac <MAC>|--hwids-from <FILE>|--macs-from <FILE>>
          --group <ID>
              Id of the group; the service does not refuse one that does not exist
      it-access assign-to-group --group finance --hwid device123
    ");
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

#[test]
fn shells_are_told_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = Run::new().args(["completions", shell]).end();
        assert_eq!((script.status, script.stderr.as_str()), (0, ""));
        for command in COMMANDS.iter().flat_map(|path| path.iter()) {
            assert!(script.stdout.contains(command), "{shell}: {command}");
        }
    }
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("man1");
    let ended = Run::new().args(["man", "--out"]).args([path.to_str().expect("UTF-8")]).end();
    assert_eq!((ended.status, ended.stdout.as_str(), ended.stderr.as_str()), (0, "", ""));
    let page = |name: &str| std::fs::read_to_string(path.join(name)).expect("a page");
    assert!(page("it-access.1").contains("Exit status:"));
    for command in COMMANDS {
        let page = page(&format!("it-access-{}.1", command.join("-")));
        assert!(page.contains(".SH SYNOPSIS") && page.contains("Example"), "{command:?}");
    }
    let first = Run::new().args(["man"]).end().stdout;
    assert!(first.contains(".TH it\\-access 1") || first.contains(".TH it-access 1"), "{first}");
}

#[test]
fn a_manual_that_cannot_be_written_is_told() {
    assert_snapshot!(Run::new().args(["man", "--out", "/dev/null/man1"]).output(), @"
    exit: 3
    --- stdout
    --- stderr
    error: cannot write the manual to /dev/null/man1: Not a directory (os error 20)
    ");
}
