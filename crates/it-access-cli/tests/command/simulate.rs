//! `it-access simulate`, as a server of its own.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpStream,
    process::Command,
};

use insta::assert_snapshot;
use it_access_sim::{ASSUMPTIONS, FAULTS};

use crate::support::{Run, Simulated, file_named};

/// Fails by the time limit of [`Simulated::interrupt`] if the service waits for the client.
#[test]
fn ctrl_c_ends_it_although_a_client_hangs_in_a_request() {
    let service = Simulated::start();
    let address = service.base_url().trim_start_matches("http://");
    let mut client = TcpStream::connect(address).expect("a connection");
    let token = service.token();
    write!(
        client,
        "POST /o/api/v3/devices/action?access_token={token} HTTP/1.1\r\nhost: {address}\r\n\
         content-type: application/json\r\ncontent-length: 10\r\nexpect: 100-continue\r\n\r\n"
    )
    .expect("a head is sent");
    // From here on the service waits for the body.
    let mut answer = String::new();
    BufReader::new(&client).read_line(&mut answer).expect("a line");
    assert_eq!(answer, "HTTP/1.1 100 Continue\r\n");

    assert_eq!(service.interrupt().code(), Some(0));
}

/// Needs curl and a shell. The commands are run as they stand in the README, but for the port.
#[test]
fn the_readmes_commands_answer_as_printed() {
    let service = Simulated::start_with(&["--control"], &[]);
    let readme = include_str!("../../../it-access-sim/README.md");
    let blocks = readme.split("```console\n").skip(1).filter_map(|rest| rest.split("```").next());
    let mut commands = 0;
    for step in blocks.flat_map(|block| block.split("$ ")).filter(|step| step.starts_with("curl "))
    {
        let (command, printed) = step.split_once('\n').expect("a line");
        let command = command.replace("http://127.0.0.1:8080", service.base_url());
        let mut shell = Command::new("sh");
        let output = shell.env("NO_PROXY", "*").args(["-c", &command]).output().expect("a shell");
        let output = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(output.trim_end(), printed.trim_end(), "{command}");
        commands += 1;
    }
    assert_eq!(commands, 8);
}

#[test]
fn it_listens_only_if_its_settings_make_sense() {
    let csv = file_named(".csv", "hwid,standing\na,managed\nb,Managed\n");
    let path = csv.path().to_str().expect("UTF-8");
    let secret = "IT_ACCESS_SIM_CLIENT_SECRET";
    let cases: [(&[&str], Option<&str>, i32); 8] = [
        (&["--fleet", path], None, 2),
        (&["--fleet", "missing.json"], None, 2),
        (&["--fleet", "f.json", "--devices", "1"], None, 2),
        (&["--quota", "0"], None, 2),
        (&["--other-traffic", "-1"], None, 2),
        (&["--fault", "cut-off:percent=100"], None, 2),
        (&["--control", "--listen", "0.0.0.0:0"], None, 3),
        (&["--listen", "127.0.0.1:0"], Some(""), 2),
    ];
    let mut all = String::new();
    for (arguments, client_secret, status) in cases {
        let run = Run::new().args(["simulate"]).args(arguments);
        let run = match client_secret {
            Some(text) => run.env(secret, text),
            None => run,
        };
        let run = run.end();
        assert_eq!((run.status, run.stdout.as_str()), (status, ""), "{arguments:?}");
        let first = run.stderr.lines().next().unwrap_or_default();
        all += &format!("{}\n{first}\n", arguments.join(" "));
    }
    assert_snapshot!(all.replace(path, "FILE.csv"), @r"
    --fleet FILE.csv
    error: FILE.csv:3: `standing` is `Managed`; it must be managed, unknown, ignored or out-of-license
    --fleet missing.json
    error: missing.json: No such file or directory (os error 2)
    --fleet f.json --devices 1
    error: the argument '--fleet <FILE>' cannot be used with '--devices <N>'
    --quota 0
    error: invalid value '0' for '--quota <N[/SECONDS]>': not a quota: write REQUESTS or REQUESTS/SECONDS, both at least 1 and the latter up to a year, such as 10/60, or off
    --other-traffic -1
    error: invalid value '-1' for '--other-traffic <N>': write a number from 0 to 100000
    --fault cut-off:percent=100
    error: invalid value 'cut-off:percent=100' for '--fault <FAULT>': `percent=100`: a whole number from 0 to 99 is needed
    --control --listen 0.0.0.0:0
    error: cannot listen on 0.0.0.0:0: the control interface is for this machine only: listen on a loopback address
    --listen 127.0.0.1:0
    error: IT_ACCESS_SIM_CLIENT_SECRET is empty
    ");
}

#[test]
fn the_help_of_simulate_reads_well() {
    let help = Run::new().args(["simulate", "--help"]).end().stdout;
    let (ours, _) = help.split_once("Global options:").expect("the options of every command");
    assert_snapshot!(ours.lines().map(str::trim_end).collect::<Vec<_>>().join("\n"), @"
    Serve the simulated service, to try the command or a client of your own

    Usage: it-access simulate [OPTIONS]

    Options:
          --listen <ADDRESS>
              Where to listen; port 0 takes a free one

              [default: 127.0.0.1:8080]

          --fleet <FILE>
              Take the devices from a file, JSON or CSV by its ending, not the examples

          --devices <N>
              Make up so many devices

          --seed <N>
              Decide by this number all that is left to chance

              [default: 0]

          --oauth-client <ID>
              Id of the OAuth client that can ask for tokens; its secret is read from
              IT_ACCESS_SIM_CLIENT_SECRET, and else shown

              [default: simulated-client]

          --token-lifetime <SECONDS>
              How long an issued token holds

              [default: 43200]

          --fault <FAULT>
              Let something go wrong, such as reset-after-apply:p=0.1; repeat it for more

          --control
              Open the control interface under /_sim/, to this machine only

          --list-faults
              Show all faults, and end

          --assumptions
              Show what is documented, what is our reading, and which flag changes it; and end

      -h, --help
              Print help (see a summary with '-h')

    Quota of the account:
          --quota <N[/SECONDS]>
              How many requests are answered, and in how many seconds; or off

              [default: 10/60]

          --quota-policy <POLICY>
              How they are counted

              Possible values:
              - fixed:   Windows that follow each other
              - sliding: Every stretch of time as long as a window
              - gcra:    All at once, then one at a time, evenly (GCRA)

              [default: fixed]

          --quota-phase <SECONDS>
              When fixed windows begin: seconds after the start, or random

              [default: 0]

          --refused <HOW>
              Whether requests that were refused by the quota count

              Possible values:
              - count: They count
              - free:  They do not

              [default: count]

          --other-traffic <N>
              How many requests a minute other programs send for the account

              [default: 0]

          --reset <FORM>
              How X-RateLimit-Reset-Time is to be read

              Possible values:
              - delta:    As seconds from now
              - epoch:    As a Unix time in seconds
              - epoch-ms: As a Unix time in milliseconds

              [default: delta]

          --retry-after <FORM>
              Send Retry-After with a 429

              Possible values:
              - seconds: As seconds from now
              - date:    As a date
    ");
}

#[test]
fn a_secret_that_was_chosen_is_not_shown() {
    let service = Simulated::start_with(&[], &[("IT_ACCESS_SIM_CLIENT_SECRET", "CANARY")]);
    let introduction = service.introduction();
    assert!(introduction.contains("secret: as IT_ACCESS_SIM_CLIENT_SECRET says"), "{introduction}");
    assert!(!introduction.contains("CANARY"), "{introduction}");
}

/// Where the system tells the memory of a process as Linux does.
#[cfg(target_os = "linux")]
#[test]
fn a_hundred_thousand_devices_take_less_than_a_hundred_megabytes() {
    let service = Simulated::start_with(&["--devices", "100000"], &[]);
    let status = format!("/proc/{}/status", service.process_id());
    let status = std::fs::read_to_string(status).expect("a process");
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
    let kib: u64 = resident.trim_end_matches("kB").trim().parse().expect("a number");
    assert!(kib < 100_000, "{kib} KiB");
}

#[test]
fn the_lists_are_shown_and_nothing_else_is_done() {
    let faults = Run::new().args(["simulate", "--list-faults"]).end();
    assert_eq!((faults.status, faults.stderr.as_str()), (0, ""));
    for fault in FAULTS {
        assert!(faults.stdout.contains(fault.example), "{}", fault.example);
    }
    let assumptions = Run::new().args(["simulate", "--assumptions"]).end();
    assert_eq!((assumptions.status, assumptions.stderr.as_str()), (0, ""));
    for assumption in ASSUMPTIONS {
        assert!(assumptions.stdout.contains(assumption.topic), "{}", assumption.topic);
    }
    let help = Run::new().args(["simulate", "--help"]).end().stdout;
    for flag in ASSUMPTIONS.iter().flat_map(|assumption| assumption.flags) {
        assert!(
            help.contains(&format!("{flag} ")) || help.contains(&format!("{flag}\n")),
            "{flag}"
        );
    }
}
