//! The help.

use insta::assert_snapshot;

use crate::support::Run;

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
              Where the service is: https, or plain http to this machine [env: IT_ACCESS_BASE_URL]
              [default: https://gears.opswat.com]

          --token-file <FILE>
              Read the access token from a file, or from standard input (-), not from IT_ACCESS_TOKEN

          --format <FORMAT>
              How the results are written [default: table]

              Possible values:
              - table: For people
              - json:  For programs

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
      5  unknown or unreported for some device: the action may have been applied;
         or the results could not be written
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
              Where the service is: https, or plain http to this machine [env: IT_ACCESS_BASE_URL]
              [default: https://gears.opswat.com]

          --token-file <FILE>
              Read the access token from a file, or from standard input (-), not from IT_ACCESS_TOKEN

          --format <FORMAT>
              How the results are written [default: table]

              Possible values:
              - table: For people
              - json:  For programs

      -v, --verbose...
              Say on standard error what is done; twice, everything there is to say
    --- stderr
    ");
}
