//! The help of each command.

use insta::assert_snapshot;

use super::{COMMANDS, help, is_alike};

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
              Write over a file that is there, unless it is a list that is read

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

          --header
              The first line of a CSV file is a header

          --no-header
              The first line of a CSV file is a device already

          --protect <FILE>
              Leave out the devices of this list, read by the same --column; repeat it for more

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
              Stop once the action was not applied to more devices than this in one run, or than this
              part of all

          --events <FILE>
              Write what happens as lines of JSON to a file, or to standard error (-)

          --jobs-dir <DIR>
              Where jobs are kept [env: IT_ACCESS_JOBS_DIR] [default: see `it-access config`]

    Requests:
          --quota-store <STORE>
              Where the account's quota is kept, and with whom it is shared: sqlite (your commands on
              this machine), another FILE, memory (nobody) or redis://HOST (several machines) [env:
              IT_ACCESS_QUOTA_STORE] [default: sqlite]

          --batch-size <N>
              The most devices in one request [default: that of the plan, whatever the settings say]

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
              Stop once the action was not applied to more devices than this in one run, or than this
              part of all

          --events <FILE>
              Write what happens as lines of JSON to a file, or to standard error (-)

          --jobs-dir <DIR>
              Where jobs are kept [env: IT_ACCESS_JOBS_DIR] [default: see `it-access config`]

    Requests:
          --quota-store <STORE>
              Where the account's quota is kept, and with whom it is shared: sqlite (your commands on
              this machine), another FILE, memory (nobody) or redis://HOST (several machines) [env:
              IT_ACCESS_QUOTA_STORE] [default: sqlite]

          --batch-size <N>
              The most devices in one request [default: that of the plan, whatever the settings say]

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
              Write it to a file, in the form that --format or else its ending says

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

          --header
              The first line of a CSV file is a header

          --no-header
              The first line of a CSV file is a device already

          --protect <FILE>
              Leave out the devices of this list, read by the same --column; repeat it for more

          --max-devices <N>
              Refuse the list if it has more devices than this

    Job:
          --canary <N>
              Send so many devices first, and stop and ask if the action is not applied to each of them

          --max-failures <N|P%>
              Stop once the action was not applied to more devices than this in one run, or than this
              part of all

          --events <FILE>
              Write what happens as lines of JSON to a file, or to standard error (-)

          --jobs-dir <DIR>
              Where jobs are kept [env: IT_ACCESS_JOBS_DIR] [default: see `it-access config`]

    Requests:
          --quota-store <STORE>
              Where the account's quota is kept, and with whom it is shared: sqlite (your commands on
              this machine), another FILE, memory (nobody) or redis://HOST (several machines) [env:
              IT_ACCESS_QUOTA_STORE] [default: sqlite]

          --batch-size <N>
              The most devices in one request [env: IT_ACCESS_BATCH_SIZE] [default: 50]

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
