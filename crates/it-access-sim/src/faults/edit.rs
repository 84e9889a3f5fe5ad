//! Faults that change the results of an action on their way into the answer.

use super::MacSpelling;
use super::effect::Edit;
use crate::MacAddress;
use crate::account::Results;

/// Changes the results as the fault says, if it finds what it changes; the dice choose among the
/// devices. Returns whether it did.
pub(super) fn edit(results: &mut Results, edit: Edit<'_>, dice: f64) -> bool {
    let pairs = &mut results.pairs;
    let chosen = (dice * pairs.len() as f64) as usize;
    match edit {
        Edit::ExtraKey(key) => pairs.push((key.to_owned(), 1)),
        Edit::MacEcho(spelling) => return results.by_mac && echo(pairs, spelling),
        _ if chosen >= pairs.len() => return false,
        Edit::UnknownCode(code) => pairs[chosen].1 = code,
        Edit::MissingKey => {
            // Another fault may have put it there twice: the wrong result alone would be a lie.
            let (missing, _) = pairs[chosen].clone();
            pairs.retain(|(key, _)| *key != missing);
        }
        Edit::DuplicateKey => {
            let (key, result) = pairs[chosen].clone();
            pairs.push((key, if result == 1 { 0 } else { 1 }));
        }
    }
    true
}

/// Spells the keys that are MAC addresses, if there are any.
fn echo(pairs: &mut [(String, i64)], spelling: MacSpelling) -> bool {
    let mut echoed = false;
    for (key, _) in pairs {
        if let Ok(address) = key.parse() {
            *key = spelling.spell(address);
            echoed = true;
        }
    }
    echoed
}

impl MacSpelling {
    fn spell(self, address: MacAddress) -> String {
        let canonical = address.to_string();
        match self {
            Self::Upper => canonical.to_uppercase(),
            Self::Hyphens => canonical.replace(':', "-"),
            Self::Bare => canonical.replace(':', ""),
            Self::Dots => {
                let bare = canonical.replace(':', "");
                format!("{}.{}.{}", &bare[..4], &bare[4..8], &bare[8..])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::effect::Effect;

    #[test]
    fn changes_what_it_says_and_nothing_else() {
        let macs = |keys: [&str; 2]| Results {
            by_mac: true,
            pairs: keys.map(|key| (key.to_owned(), 1)).to_vec(),
        };
        let sent = ["00:0c:29:cd:c7:b2", "not an address"];
        for (fault, expected) in [
            ("mac-echo:as=upper", r#"{"00:0C:29:CD:C7:B2":1,"not an address":1}"#),
            ("mac-echo:as=hyphens", r#"{"00-0c-29-cd-c7-b2":1,"not an address":1}"#),
            ("mac-echo:as=dots", r#"{"000c.29cd.c7b2":1,"not an address":1}"#),
            ("mac-echo:as=bare", r#"{"000c29cdc7b2":1,"not an address":1}"#),
            ("unknown-code:code=-7", r#"{"00:0c:29:cd:c7:b2":1,"not an address":-7}"#),
            ("missing-key", r#"{"00:0c:29:cd:c7:b2":1}"#),
            ("extra-key:key=x", r#"{"00:0c:29:cd:c7:b2":1,"not an address":1,"x":1}"#),
            ("duplicate-key", r#"{"00:0c:29:cd:c7:b2":1,"not an address":1,"not an address":0}"#),
        ] {
            let mut results = macs(sent);
            assert!(strike(&mut results, fault, 0.5), "{fault}");
            assert_eq!(results.to_json(), expected, "{fault}");
        }
    }

    #[test]
    fn a_device_that_stands_twice_is_missing_as_a_whole() {
        let pairs = ["a", "b"].map(|key| (key.to_owned(), 1)).to_vec();
        let mut results = Results { by_mac: false, pairs };
        assert!(strike(&mut results, "duplicate-key", 0.0));
        assert!(strike(&mut results, "missing-key", 0.0));
        assert_eq!(results.to_json(), r#"{"b":1}"#);
    }

    #[test]
    fn says_when_there_is_nothing_to_change() {
        let pairs = |keys: &[&str]| keys.iter().map(|key| ((*key).to_owned(), 1)).collect();
        for (fault, by_mac, keys) in [
            ("mac-echo", false, ["00:0c:29:cd:c7:b2"].as_slice()),
            ("mac-echo", true, &["not an address"]),
            ("unknown-code", false, &[]),
            ("missing-key", false, &[]),
            ("duplicate-key", false, &[]),
        ] {
            let mut results = Results { by_mac, pairs: pairs(keys) };
            assert!(!strike(&mut results, fault, 0.9), "{fault}");
            assert_eq!(results, Results { by_mac, pairs: pairs(keys) }, "{fault}");
        }
    }

    fn strike(results: &mut Results, fault: &str, dice: f64) -> bool {
        let fault: crate::Fault = fault.parse().unwrap();
        let Effect::Results(change) = fault.kind().effect() else {
            panic!("{fault} changes no results");
        };
        edit(results, change, dice)
    }
}
