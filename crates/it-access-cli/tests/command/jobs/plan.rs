//! From a list to a plan.

use insta::assert_snapshot;

use super::{Desk, control, lines, service_with};
use crate::support::Run;

const CSV: &str = "name;serial\nlobby;device1\nlab;device2\nlab again;device2\nroof;device3\n";

#[test]
fn a_plan_says_what_it_comes_to() {
    let desk = Desk::new();
    desk.write("fleet.csv", CSV);
    desk.write("protected.txt", "# never\ndevice3\n");
    let list = ["--hwids-from", "fleet.csv", "--column", "serial", "--protect", "protected.txt"];
    let mut all = String::new();
    for format in ["table", "json", "ndjson", "csv"] {
        let out = format!("{format}.plan");
        let run = desk.run(["plan", "exempt", "--hours", "60", "--out", &out, "--format", format]);
        all += &format!("# {format}\n{}\n", run.args(list).end().with_nothing_sent());
    }
    assert_snapshot!(all, @r#"
    # table
    exit: 0
    --- stdout
    exempt for 60 hours 2 devices of fleet.csv
      1 left out, named again (line 4: device2)
      1 left out, protected (line 5: device3)
      1 request, less than a minute
      sha256 97b529ecbc970504f6e2534f29cded9a9a5bdd29adcdeb6115f25fda08b1a08a
    --- stderr
    to carry it out: it-access apply table.plan

    # json
    exit: 0
    --- stdout
    {
      "plan": "json.plan",
      "action": "exempt for 60 hours",
      "list": "fleet.csv",
      "devices": 2,
      "duplicates": 1,
      "protected": 1,
      "requests": 1,
      "seconds": 0,
      "sha256": "97b529ecbc970504f6e2534f29cded9a9a5bdd29adcdeb6115f25fda08b1a08a"
    }
    --- stderr
    to carry it out: it-access apply json.plan

    # ndjson
    exit: 0
    --- stdout
    {"plan":"ndjson.plan","action":"exempt for 60 hours","list":"fleet.csv","devices":2,"duplicates":1,"protected":1,"requests":1,"seconds":0,"sha256":"97b529ecbc970504f6e2534f29cded9a9a5bdd29adcdeb6115f25fda08b1a08a"}
    --- stderr
    to carry it out: it-access apply ndjson.plan

    # csv
    exit: 0
    --- stdout
    plan,action,list,devices,duplicates,protected,requests,seconds,sha256
    csv.plan,exempt for 60 hours,fleet.csv,2,1,1,1,0,97b529ecbc970504f6e2534f29cded9a9a5bdd29adcdeb6115f25fda08b1a08a
    --- stderr
    to carry it out: it-access apply csv.plan
    "#);
    assert_eq!(desk.read("table.plan"), desk.read("json.plan"));
}

#[test]
fn a_list_comes_from_standard_input_too() {
    let desk = Desk::new();
    let macs = "[\"00:0C:29:CD:C7:B2\", \"000c29cdc7b2\", \"000c29cdc7b3\"]";
    let run = desk.run(["plan", "renew-dhcp", "--macs-from", "-", "--list-format", "json"]);
    assert_snapshot!(run.args(["--out", "a.plan"]).stdin(macs).output(), @"
    exit: 0
    --- stdout
    renew DHCP lease 2 devices of standard input
      1 left out, named again (line 1: 00:0c:29:cd:c7:b2)
      1 request, less than a minute
      sha256 b8d9ea7f0fd4f228b0789d568123db2ac30aded505a4ec6c3ad7eef173babd70
    --- stderr
    to carry it out: it-access apply a.plan
    ");
    assert!(desk.read("a.plan").contains("00:0c:29:cd:c7:b3"));
}

/// Two exports of the same inventory: `id` is a usual name of the column, and another was said.
#[test]
fn protected_devices_stand_in_the_column_that_was_said() {
    let desk = Desk::new();
    desk.write("fleet.csv", "id,serial\n17,server1\n18,laptop2\n");
    let protected = [
        ("servers.csv", "id,serial\n17,server1\n"),
        ("servers.tsv", "serial\tid\nserver1\t17\n"),
        ("servers.json", "[{\"id\": \"17\", \"serial\": \"server1\"}]"),
        ("servers.ndjson", "{\"id\": \"17\", \"serial\": \"server1\"}\n"),
        ("servers.txt", "server1\n"),
        ("servers.lst", "id,serial\n17,server1\n"),
    ];
    for (name, content) in protected {
        desk.write(name, content);
        let plan = desk.run(["plan", "delete", "--hwids-from", "fleet.csv", "--column", "serial"]);
        let plan = plan.args(["--list-format", "csv", "--protect", name, "--out", "old.plan"]);
        let ended = plan.args(["--replace"]).end().with_nothing_sent();
        assert_eq!(ended.status, 0, "{name}: {ended}");
        let left_out = "1 left out, protected (line 2: server1)";
        assert!(ended.stdout.contains(left_out), "{name}: {ended}");
    }

    desk.write("others.csv", "name,id\nserver1,17\n");
    let by_column = |column, protected| {
        let plan = desk.run(["plan", "delete", "--hwids-from", "fleet.csv", "--column", column]);
        let plan = plan.args(["--header", "--protect", protected]);
        plan.args(["--out", "old.plan", "--replace"]).output()
    };
    assert_snapshot!(by_column("serial", "others.csv"), @r#"
    exit: 2
    --- stdout
    --- stderr
    error: others.csv has no column "serial"; its first line has 1 "name", 2 "id"
    "#);
    assert_snapshot!(by_column("2", "servers.json"), @"
    exit: 2
    --- stdout
    --- stderr
    error: servers.json has no column 2, because it is read as JSON; say csv if it is a table
    ");
    // Another list that does protect something says nothing of this one.
    desk.write("servers.csv", "id,serial\n17,server1\n");
    let plan = desk.run(["plan", "delete", "--hwids-from", "fleet.csv", "--column", "2"]);
    let plan = plan.args(["--header", "--protect", "servers.csv", "--protect", "others.csv"]);
    let ended = plan.args(["--out", "old.plan", "--replace"]).end();
    assert!(ended.stderr.contains("warning: others.csv protects nothing"), "{ended}");
    assert!(!ended.stderr.contains("servers.csv"), "{ended}");
    // What protects nothing may be as it should be, and may be another list than was meant.
    assert_snapshot!(by_column("2", "others.csv"), @"
    exit: 0
    --- stdout
    delete 2 devices of fleet.csv
      1 request, less than a minute
      sha256 ee62402235e4da5ec5f29b8cfcd20afc296928bd56520c6ca074ad2eb74ef5a6
    --- stderr
    warning: others.csv protects nothing: it names no device of fleet.csv
    to carry it out: it-access apply old.plan
    ");
}

#[test]
fn what_carries_a_plan_out_is_for_the_profile_that_was_meant() {
    let desk = Desk::new();
    desk.write("list.txt", &lines(1));
    let planned = desk
        .run(["plan", "unexempt", "--profile", "staging"])
        .config("[profiles.staging]\nbatch-size = 20\n")
        .args(["--hwids-from", "list.txt", "--out", "my.plan"])
        .end()
        .with_nothing_sent();
    let next = "to carry it out: it-access apply my.plan --profile staging\n";
    assert_eq!(planned.stderr, next);
    // What begins with a hyphen is no option.
    let plan = desk.run(["plan", "unexempt", "--hwids-from", "list.txt", "--out=-my.plan"]);
    assert_eq!(plan.end().stderr, "to carry it out: it-access apply ./-my.plan\n");
}

#[test]
fn a_plan_is_not_written_over_a_list() {
    let desk = Desk::new();
    for name in ["list.txt", "protected.txt"] {
        desk.write(name, &lines(2));
    }
    for (name, out) in [("list.txt", "./list.txt"), ("protected.txt", "./protected.txt")] {
        let plan = desk.run(["plan", "delete", "--hwids-from", "list.txt", "--out", out]);
        let plan = plan.args(["--protect", "protected.txt", "--replace"]);
        let ended = plan.end().with_nothing_sent();
        assert_eq!(ended.status, 2, "{ended}");
        let says = format!("error: {out}: that is a list; name another file by --out\n");
        assert_eq!(ended.stderr, says);
        assert_eq!(desk.read(name), lines(2));
    }
}

#[test]
fn a_list_that_is_not_all_right_makes_no_plan() {
    let desk = Desk::new();
    desk.write("fleet.csv", CSV);
    desk.write("good.txt", &lines(3));
    desk.write("bad.txt", "00:0c:29:cd:c7:b2\nlobby\n\n00:0c:29\n");
    desk.write("there.plan", "mine");
    let plan = |arguments: &[&str]| desk.run(["plan", "unexempt"]).args(arguments);
    let cases = [
        ("bad lines", plan(&["--macs-from", "bad.txt", "--out", "a.plan"])),
        ("no such file", plan(&["--hwids-from", "none.txt", "--out", "a.plan"])),
        (
            "no such column",
            plan(&["--hwids-from", "fleet.csv", "--column", "hwid", "--out", "a.plan"]),
        ),
        (
            "a protected list that is empty",
            plan(&["--hwids-from", "good.txt", "--protect", "/dev/null", "--out", "a.plan"]),
        ),
        (
            "all protected",
            plan(&["--hwids-from", "good.txt", "--protect", "good.txt", "--out", "a.plan"]),
        ),
        ("too many", plan(&["--hwids-from", "good.txt", "--max-devices", "2", "--out", "a.plan"])),
        ("a plan that is there", plan(&["--hwids-from", "good.txt", "--out", "there.plan"])),
        (
            "a strange format",
            plan(&["--hwids-from", "good.txt", "--list-format", "xml", "--out", "a.plan"]),
        ),
        (
            "a strange column",
            plan(&["--hwids-from", "good.txt", "--column", "", "--out", "a.plan"]),
        ),
        (
            "a strange delimiter",
            plan(&["--hwids-from", "good.txt", "--delimiter", "::", "--out", "a.plan"]),
        ),
    ];
    let mut all = String::new();
    for (what, run) in cases {
        let ended = run.end().with_nothing_sent();
        assert_eq!((ended.status, ended.stdout.as_str()), (2, ""), "{what}: {ended}");
        all += &format!("# {what}\n{}", ended.shown_stderr());
    }
    assert_snapshot!(all, @r#"
    # bad lines
    error: bad.txt has 2 bad lines, so that nothing of it is used:
      line 2: "lobby" is not a MAC address; write its twelve hexadecimal digits like 00:0c:29:cd:c7:b2, 00-0c-29-cd-c7-b2, 000c.29cd.c7b2 or 000c29cdc7b2
      line 4: "00:0c:29" is not a MAC address; write its twelve hexadecimal digits like 00:0c:29:cd:c7:b2, 00-0c-29-cd-c7-b2, 000c.29cd.c7b2 or 000c29cdc7b2
    # no such file
    error: none.txt cannot be read; check its name, and the rights to it: No such file or directory (os error 2)
    # no such column
    error: fleet.csv has no column "hwid"; its first line has 1 "name", 2 "serial"
    # a protected list that is empty
    error: /dev/null names no device
    # all protected
    error: all devices of good.txt are protected, so that none is left to act on
    # too many
    error: there are 3 devices, and 2 at most were allowed; shorten the list, or allow more
    # a plan that is there
    error: there.plan is there already; choose another name, or say that it is to be replaced
    # a strange format
    error: invalid value 'xml' for '--list-format <FORMAT>': "xml" is no format of a list; choose csv, text, json or ndjson

    For more information, try '--help'.
    # a strange column
    error: invalid value '' for '--column <NAME|N>': a column has a name, or a number from 1

    For more information, try '--help'.
    # a strange delimiter
    error: invalid value '::' for '--delimiter <CHARACTER>': write one ASCII character, or \t for a tab

    For more information, try '--help'.
    "#);
    assert_eq!(desk.read("there.plan"), "mine");
    assert!(!desk.path("a.plan").exists());

    let nowhere = plan(&["--hwids-from", "good.txt", "--out", "none/a.plan"]).end();
    let begins =
        "error: none/a.plan cannot be written; check the folder and its space: No such file";
    assert!(nowhere.status == 3 && nowhere.stderr.starts_with(begins), "{nowhere}");

    let replaced = plan(&["--hwids-from", "good.txt", "--out", "there.plan", "--replace"]).end();
    assert_eq!(replaced.status, 0, "{replaced}");
    assert!(desk.read("there.plan").contains("device3"));
}

#[cfg(unix)]
#[test]
fn only_a_plain_file_is_replaced() {
    let desk = Desk::with_plan(&["delete"], 3);
    desk.write("target", "mine");
    std::os::unix::fs::symlink("target", desk.path("link")).expect("a link");
    desk.run(["--simulate", "apply", "the.plan", "--yes"]).end();
    for run in [
        desk.run(["plan", "delete", "--hwids-from", "list.txt", "--out", "link", "--replace"]),
        desk.run(["report", "--out", "link", "--replace"]),
        desk.run(["report", "--out", ".", "--replace"]),
    ] {
        let ended = run.end();
        assert_eq!((ended.status, ended.stdout.as_str()), (2, ""), "{ended}");
        let says = "it is there already, and no plain file; name another";
        assert!(ended.stderr.contains(says), "{ended}");
    }
    assert!(desk.path("link").is_symlink());
    assert_eq!(desk.read("target"), "mine");
}

#[test]
fn a_plan_that_was_changed_is_not_carried_out() {
    let desk = Desk::with_plan(&["delete"], 3);
    let plan = desk.read("the.plan");
    desk.write("changed.plan", &plan.replace("device2", "device9"));
    desk.write("cut.plan", &plan[..plan.len() - 100]);
    desk.write("list.plan", &lines(3));
    let mut all = String::new();
    for name in ["changed.plan", "cut.plan", "list.plan", "none.plan"] {
        let ended = desk.run(["--simulate", "apply", name, "--yes"]).end().with_nothing_sent();
        assert_eq!((ended.status, ended.stdout.as_str()), (2, ""), "{name}: {ended}");
        all += &format!("# {name}\n{}", ended.shown_stderr());
    }
    assert_snapshot!(all, @"
    # changed.plan
    error: changed.plan, line 3: changed after the plan was made; plan anew, from the list
    # cut.plan
    error: cut.plan is cut off after line 3; plan anew, from the list
    # list.plan
    error: list.plan is no plan of this program
    # none.plan
    error: none.plan cannot be read: No such file or directory (os error 2)
    ");
}

#[test]
fn what_belongs_to_lists_and_jobs_wants_a_list() {
    let mut all = String::new();
    for arguments in [
        &["--canary", "1"][..],
        &["--max-failures", "5%"],
        &["--events", "-"],
        &["--jobs-dir", "jobs"],
        &["--column", "1"],
        &["--protect", "file"],
    ] {
        let run = Run::new().args(["--simulate", "unexempt", "--hwid", "a"]).args(arguments);
        let ended = run.end().with_nothing_sent();
        assert_eq!((ended.status, ended.stdout.as_str()), (2, ""), "{arguments:?}: {ended}");
        all += &format!("{}\n", ended.stderr.lines().next().unwrap_or_default());
    }
    for arguments in [
        &["--max-failures", "lots", "--hwids-from", "f"][..],
        &["--canary", "0", "--hwids-from", "f"],
        &["--hwids-from", "f", "--hwid", "a"],
        &["--hwids-from", "f", "--macs-from", "f"],
        &["--hwids-from", "f", "--canary", "1", "--dry-run"],
    ] {
        let ended = Run::new().args(["unexempt"]).args(arguments).end().with_nothing_sent();
        assert_eq!((ended.status, ended.stdout.as_str()), (2, ""), "{arguments:?}: {ended}");
        all += &format!("{}\n", ended.stderr.lines().next().unwrap_or_default());
    }
    assert_snapshot!(all, @r#"
    error: the argument '--canary <N>' needs '--hwids-from <FILE>' or '--macs-from <FILE>'
    error: the argument '--max-failures <N|P%>' needs '--hwids-from <FILE>' or '--macs-from <FILE>'
    error: the argument '--events <FILE>' needs '--hwids-from <FILE>' or '--macs-from <FILE>'
    error: the argument '--jobs-dir <DIR>' needs '--hwids-from <FILE>' or '--macs-from <FILE>'
    error: the argument '--column <NAME|N>' needs '--hwids-from <FILE>' or '--macs-from <FILE>'
    error: the argument '--protect <FILE>' needs '--hwids-from <FILE>' or '--macs-from <FILE>'
    error: invalid value 'lots' for '--max-failures <N|P%>': "lots" is no number of failures; give a number of devices, or a part of them like 5%
    error: invalid value '0' for '--canary <N>': number would be zero for non-zero type
    error: the argument '--hwids-from <FILE>' cannot be used with '--hwid <HWID>'
    error: the argument '--hwids-from <FILE>' cannot be used with '--macs-from <FILE>'
    error: the argument '--canary <N>' cannot be used with '--dry-run'
    "#);
}

#[test]
fn a_plan_keeps_its_requests_unless_the_command_says_otherwise() {
    let desk = Desk::new();
    desk.write("list.txt", &format!("nobody\n{}", lines(3)));
    let planned = desk.run(["plan", "unexempt", "--hwids-from", "list.txt", "--out", "the.plan"]);
    assert_eq!(planned.end().status, 0);
    // The canary goes alone, and fails. Then there are three devices.
    let cases: [(&[&str], [u64; 2]); 2] = [(&[], [1, 2]), (&["--batch-size", "1"], [4, 4])];
    for (said, requests) in cases {
        let (service, _fleet) = service_with(3, &[]);
        let run = |arguments: &[&str]| {
            let run = desk.run_at(&service, []).args(arguments).args(said);
            run.env("IT_ACCESS_BATCH_SIZE", "2").end()
        };
        let dry = run(&["apply", "the.plan", "--dry-run"]);
        run(&["apply", "the.plan", "--again", "--canary", "1"]);
        run(&["resume", "--yes"]);
        let received = control(&service, "/_sim/log")["received"].as_u64();
        let shown = dry.stdout.matches("POST").count() as u64;
        assert_eq!([Some(shown), received], requests.map(Some), "{said:?}");
    }
}
