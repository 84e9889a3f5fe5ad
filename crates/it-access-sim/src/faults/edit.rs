//! Faults that change the results of an action on their way into the answer.

use super::{FaultKind, MacSpelling};
use crate::MacAddress;
use crate::account::Results;

/// Changes the results as the fault says; the dice choose among the devices.
pub(crate) fn edit(results: &mut Results, fault: &FaultKind, dice: f64) {
    let pairs = &mut results.pairs;
    let chosen = (dice * pairs.len() as f64) as usize;
    match fault {
        FaultKind::UnknownCode(code) => {
            if let Some((_, result)) = pairs.get_mut(chosen) {
                *result = *code;
            }
        }
        FaultKind::MissingKey if chosen < pairs.len() => {
            pairs.remove(chosen);
        }
        FaultKind::ExtraKey(key) => pairs.push((key.clone(), 1)),
        FaultKind::DuplicateKey => {
            if let Some((key, result)) = pairs.get(chosen) {
                pairs.push((key.clone(), if *result == 1 { 0 } else { 1 }));
            }
        }
        FaultKind::MacEcho(spelling) if results.by_mac => {
            for (key, _) in pairs {
                if let Ok(address) = key.parse() {
                    *key = spelling.spell(address);
                }
            }
        }
        _ => {}
    }
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
            let fault: crate::Fault = fault.parse().unwrap();
            edit(&mut results, fault.kind(), 0.5);
            assert_eq!(results.to_json(), expected, "{fault}");
        }

        let mut by_hwid = Results { by_mac: false, ..macs(sent) };
        edit(&mut by_hwid, &FaultKind::MacEcho(MacSpelling::Upper), 0.5);
        assert_eq!(by_hwid.pairs, macs(sent).pairs);

        let mut empty = Results { by_mac: false, pairs: Vec::new() };
        for fault in [FaultKind::MissingKey, FaultKind::DuplicateKey, FaultKind::UnknownCode(2)] {
            edit(&mut empty, &fault, 0.9);
        }
        assert_eq!(empty.pairs, []);
    }
}
