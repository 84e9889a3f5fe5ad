//! What holds for any input: what is written reads back, and no device gets lost or doubled in a list.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::{collections::HashSet, num::NonZeroUsize};

use it_access::{AccessToken, Hwid, MacAddress, Targets};
use proptest::prelude::*;

fn spellings(octets: [u8; 6]) -> [String; 5] {
    let pairs: Vec<String> = octets.iter().map(|octet| format!("{octet:02x}")).collect();
    let bare = pairs.concat();
    let dots = [&bare[..4], &bare[4..8], &bare[8..]].join(".");
    [pairs.join(":"), pairs.join("-"), dots, bare.to_uppercase(), bare]
}

proptest! {
    #[test]
    fn a_mac_address_reads_back_in_every_spelling(octets in any::<[u8; 6]>()) {
        let address = MacAddress::from(octets);
        for spelling in spellings(octets) {
            prop_assert_eq!(spelling.parse::<MacAddress>().unwrap(), address);
        }
        prop_assert_eq!(address.to_string(), spellings(octets)[0].clone());
    }

    #[test]
    fn any_text_is_read_as_it_is_or_refused(text in any::<String>()) {
        if let Ok(hwid) = text.parse::<Hwid>() {
            prop_assert_eq!(hwid.as_str(), &text);
            prop_assert!(!text.is_empty() && !text.contains(char::is_control));
        }
        if let Ok(address) = text.parse::<MacAddress>() {
            prop_assert_eq!(address.to_string().parse::<MacAddress>().unwrap(), address);
        }
        if let Err(error) = text.parse::<AccessToken>() {
            prop_assert!(text.len() < 8 || !error.to_string().contains(&text));
        }
    }

    #[test]
    fn a_list_holds_each_device_once_and_in_order(
        names in prop::collection::vec("[a-c]{1,2}", 1..60),
        size in 1..70_usize,
    ) {
        let targets = Targets::hwids(&names).unwrap();
        prop_assert_eq!(targets.len() + targets.duplicates(), names.len());

        let mut seen = HashSet::new();
        let expected: Vec<&String> = names.iter().filter(|name| seen.insert(*name)).collect();
        let mut parts = Vec::new();
        let mut rest = Some(targets);
        while let Some(targets) = rest {
            let (first, others) = targets.split_first(NonZeroUsize::new(size).unwrap());
            prop_assert!(first.len() <= size);
            parts.extend(first.iter().map(|id| id.to_string()));
            rest = others;
        }
        prop_assert_eq!(parts.iter().collect::<Vec<_>>(), expected);
    }
}
