//! What is in a plan, and what is left out.

use insta::assert_snapshot;
use it_access::DeviceAction;
use it_access_jobs::{
    IdKind::{self, Hwids, MacAddresses},
    List,
    ListFormat::{Csv, Text},
    Omitted, Plan, PlanBuilder,
};
use proptest::prelude::*;

use crate::support::{list, plan, targets};

fn builder(kind: IdKind, text: &str) -> PlanBuilder {
    Plan::builder(DeviceAction::Delete, kind, list(Text, text))
}

fn lines(omitted: &Omitted) -> Vec<u64> {
    omitted.first().map(|target| target.line).collect()
}

#[test]
fn a_device_that_is_named_again_is_left_out_and_counted() {
    let plan = plan(Hwids, list(Text, "a\nb\na\nA\nb\na\n")).unwrap();
    assert_eq!(targets(&plan), ["1 a", "2 b", "4 A"]);
    assert_eq!((plan.duplicates().count(), lines(plan.duplicates())), (3, vec![3, 5, 6]));

    let addresses = builder(MacAddresses, "00:0c:29:cd:c7:b2\n000C29CDC7B2\n").build().unwrap();
    assert_eq!((addresses.len(), addresses.duplicates().count()), (1, 1));
}

#[test]
fn protected_devices_are_left_out_in_any_spelling() {
    let protected = list(Csv, "name;MAC Address\nserver;00-0C-29-CD-C7-B2\n");
    let text = "000c29cdc7b2\n00:0c:29:cd:c7:b3\n00:0c:29:cd:c7:b2\n";
    let plan = builder(MacAddresses, text).protect(protected).build().unwrap();
    assert_eq!(targets(&plan), ["2 00:0c:29:cd:c7:b3"]);
    assert_eq!(lines(plan.protected()), [1]);
    assert_eq!(lines(plan.duplicates()), [3]);

    let several = builder(Hwids, "a\nb\nc\n").protect(list(Text, "b")).protect(list(Text, "a\nx"));
    let plan = several.build().unwrap();
    assert_eq!((targets(&plan), lines(plan.protected())), (vec!["3 c".to_owned()], vec![1, 2]));
}

#[test]
fn a_list_of_protected_devices_that_cannot_be_trusted_is_an_error() {
    let protect = |text| builder(Hwids, "a\nb\n").protect(list(Text, text));
    let message = |builder: PlanBuilder| builder.build().unwrap_err().to_string();
    assert_snapshot!(message(protect("# nobody\n")), @"list names no device");
    assert_snapshot!(message(protect("a\n b\n")), @r#"
    list has one bad line, so that nothing of it is used:
      line 2: the HWID " b" has spaces around it; give it as the account shows it
    "#);
    assert_snapshot!(message(protect("a\n00:0c:29:cd:c7:b2\n")), @r#"list, line 2: "00:0c:29:cd:c7:b2" is a MAC address, which protects nothing in a list of HWIDs; name the devices to protect by HWID"#);
    assert_snapshot!(message(protect("a\nb\nc\n")), @"all devices of list are protected, so that none is left to act on");
    assert_snapshot!(message(builder(Hwids, "a\n").protect(List::file("missing.txt"))), @"missing.txt cannot be read; check its name, and the rights to it");
}

#[test]
fn a_plan_has_no_more_devices_than_were_allowed() {
    let limited = |most| builder(Hwids, "a\nb\nc\na\n").protect(list(Text, "c")).max_devices(most);
    assert_eq!(limited(2).build().unwrap().len(), 2);
    assert_snapshot!(limited(1).build().unwrap_err(), @"there are 2 devices, and 1 at most were allowed; shorten the list, or allow more");
}

proptest! {
    #[test]
    fn every_entry_is_planned_or_left_out(
        names in prop::collection::vec("[a-d]{1,2}", 1..60),
        protected in prop::collection::vec("[a-d]{1,2}", 1..8),
    ) {
        let built = builder(Hwids, &names.join("\n")).protect(list(Text, protected.join("\n"))).build();
        let all_protected = names.iter().all(|name| protected.contains(name));
        prop_assert_eq!(built.is_err(), all_protected);
        if let Ok(plan) = built {
            let left_out = plan.duplicates().count() + plan.protected().count();
            prop_assert_eq!(plan.len() + left_out, names.len());
            for target in plan.targets() {
                prop_assert_eq!(&names[target.line as usize - 1], target.id);
                prop_assert!(!protected.iter().any(|name| name == target.id));
            }
        }
    }
}
