//! Plans as files: they read back, and every change shows, with its line.

use std::fs;

use insta::assert_snapshot;
use it_access::{DeviceAction, ExemptFor, Hwid};
use it_access_jobs::{
    IdKind::{Hwids, MacAddresses},
    ListFormat::Text,
    Plan, PlanError,
};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::support::list;

fn example() -> Plan {
    let action = DeviceAction::Exempt(ExemptFor::hours(60).unwrap());
    let devices =
        list(Text, "device123\ndevice456\ndevice123\n# by hand\nüber\n\"quoted\n".replace('"', ""));
    Plan::builder(action, Hwids, devices).protect(list(Text, "device456")).build().unwrap()
}

fn written(plan: &Plan) -> String {
    let mut bytes = Vec::new();
    plan.write_to(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// What comes of a file with this in it.
fn open(folder: &TempDir, text: impl AsRef<[u8]>) -> Result<Plan, PlanError> {
    let path = folder.path().join("plan");
    fs::write(&path, text).unwrap();
    Plan::open(path)
}

#[test]
fn a_plan_can_be_read_by_people() {
    assert_snapshot!(written(&example()), @r#"
    {"format":"it-access plan","version":1,"action":{"name":"exempt","hours":60},"ids":"hwids","devices":3,"list":"list","duplicates":{"count":1,"first":[{"line":3,"id":"device123"}]},"protected":{"count":1,"first":[{"line":2,"id":"device456"}]},"batch_size":50,"requests":1,"minutes":0,"check":"338e940e"}
    {"line":1,"id":"device123","check":"9882f419"}
    {"line":5,"id":"über","check":"ff03d455"}
    {"line":6,"id":"quoted","check":"21a42413"}
    {"devices":3,"sha256":"21a42413b038d63aa7cf5b300d6b78dec76bb5dc184ac0e6291b2cd53c8497eb"}
    "#);
}

#[test]
fn a_plan_reads_back_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let addresses = list(Text, "00-0C-29-CD-C7-B2\n000c.29cd.c7b3\n");
    let group = DeviceAction::AssignToGroup("finance".parse().unwrap());
    for plan in [example(), Plan::builder(group, MacAddresses, addresses).build().unwrap()] {
        let path = folder.path().join(plan.sha256());
        plan.write(&path).unwrap();
        assert_eq!(Plan::open(&path).unwrap(), plan);
        assert_eq!(written(&plan), fs::read_to_string(&path).unwrap());
    }
}

#[test]
fn the_same_list_gives_the_same_plan() {
    assert_eq!(example().sha256(), example().sha256());
    let other = Plan::builder(DeviceAction::Delete, Hwids, list(Text, "a")).build().unwrap();
    let again = Plan::builder(DeviceAction::Unexempt, Hwids, list(Text, "a")).build().unwrap();
    assert_ne!(other.sha256(), again.sha256());
}

#[test]
fn a_file_that_is_there_stays_unless_it_is_to_be_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.jsonl");
    fs::write(&path, "precious").unwrap();
    let refused = example().write(&path).unwrap_err();
    assert!(matches!(&refused, PlanError::Exists { .. }), "{refused}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "precious");

    example().replace(&path).unwrap();
    assert_eq!(Plan::open(&path).unwrap(), example());
    let missing = example().write(folder.path().join("missing/plan")).unwrap_err();
    assert!(matches!(&missing, PlanError::Unwritable { .. }), "{missing}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "something else was left behind");
}

#[cfg(unix)]
#[test]
fn a_plan_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan");
    example().write(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_change_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let whole = written(&example());
    let lines: Vec<&str> = whole.lines().collect();
    let without = |line: usize| {
        let mut lines = lines.clone();
        lines.remove(line - 1);
        lines.join("\n") + "\n"
    };
    let cases = [
        ("an action", whole.replace("60", "61"), "line 1: changed"),
        ("a device", whole.replace("über", "unter"), "line 3: changed"),
        (
            "a line number",
            whole.replace("\"line\":1,\"id\"", "\"line\":9,\"id\""),
            "line 2: changed",
        ),
        ("a device less", without(3), "line 3: changed"),
        (
            "a device more",
            whole.replace("{\"line\":5", &format!("{}\n{{\"line\":5", lines[1])),
            "line 3: changed",
        ),
        (
            "devices swapped",
            [lines[0], lines[2], lines[1], &lines[3..].join("\n")].join("\n") + "\n",
            "line 2: changed",
        ),
        ("the seal", whole.replace("\"sha256\":\"", "\"sha256\":\"0"), "changed"),
        ("something behind it", format!("{whole}{{}}"), "line 6: changed"),
        ("other line ends", whole.replace('\n', "\r\n"), "line 1: changed"),
        ("half of it", whole[..whole.len() / 2].to_owned(), "is cut off after line"),
        ("all but the seal", without(5), "is cut off after line 4"),
        ("nothing", String::new(), "is cut off after line 0"),
        ("a later format", whole.replace("\"version\":1", "\"version\":2"), "format 2"),
        ("a list", "device123\ndevice456\n".to_owned(), "is no plan"),
        ("another object", "{\"devices\":[]}\n".to_owned(), "is no plan"),
    ];
    for (name, text, expected) in cases {
        let message = open(&folder, text).map(|_| ()).unwrap_err().to_string();
        assert!(message.contains(expected), "{name}: {message}");
        assert!(message.contains(folder.path().to_str().unwrap()), "{name}: {message}");
    }
    assert_eq!(open(&folder, whole).unwrap(), example());
}

/// An id that a list of text can hold. It has a digit, and is no header then.
fn id() -> impl Strategy<Value = String> {
    "[!-~&&[^#,;\"\\[{]][0-9]\\PC{0,12}[!-~&&[^,;]]".prop_filter("no name of a device", |id| {
        !id.contains([',', ';']) && id.parse::<Hwid>().is_ok()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_plan_of_any_devices_reads_back(ids in prop::collection::hash_set(id(), 1..20)) {
        let ids: Vec<String> = ids.into_iter().collect();
        let plan = Plan::builder(DeviceAction::Delete, Hwids, list(Text, ids.join("\n"))).build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        prop_assert_eq!(open(&folder, written(&plan)).unwrap(), plan);
    }
}

#[test]
fn no_byte_can_be_changed_or_taken_away_unseen() {
    let folder = tempfile::tempdir().unwrap();
    let whole = written(&example()).into_bytes();
    for place in 0..whole.len() {
        // The last bit, the one that makes a letter large or small, and the one that ASCII has not.
        for bit in [0x01, 0x20, 0x80] {
            let mut changed = whole.clone();
            changed[place] ^= bit;
            assert!(open(&folder, &changed).is_err(), "bit {bit:#x} of byte {place}");
        }
        assert!(open(&folder, &whole[..place]).is_err(), "cut off at byte {place}");
        let shorter = [&whole[..place], &whole[place + 1..]].concat();
        assert!(open(&folder, shorter).is_err(), "without byte {place}");
    }
}
