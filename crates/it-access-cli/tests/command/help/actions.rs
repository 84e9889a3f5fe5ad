//! The help of the eight actions, as far as each differs from `unexempt`.

use insta::assert_snapshot;

use super::{COMMANDS, help, is_alike};

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
