//! MAC addresses, compared by value.

use std::{fmt, str::FromStr};

use crate::{InvalidInput, text_form::text_form};

/// A MAC address: six octets, however they are spelt.
///
/// Reads colons, dashes, dots or no separators, in either case; writes lower case with colons, as the vendor's pages do.
///
/// ```
/// use it_access::MacAddress;
///
/// let address: MacAddress = "00-0C-29-CD-C7-B2".parse()?;
/// assert_eq!(address.to_string(), "00:0c:29:cd:c7:b2");
/// assert_eq!(address, "000c.29cd.c7b2".parse()?);
/// # Ok::<(), it_access::InvalidInput>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema), schemars(with = "String"))]
pub struct MacAddress([u8; 6]);

impl MacAddress {
    /// The six octets, in the order in which they are written.
    #[must_use]
    pub fn octets(self) -> [u8; 6] {
        self.0
    }

    fn text(self) -> String {
        let [a, b, c, d, e, f] = self.0;
        format!("{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{f:02x}")
    }
}

impl From<[u8; 6]> for MacAddress {
    fn from(octets: [u8; 6]) -> Self {
        Self(octets)
    }
}

text_form!(MacAddress: text);

impl FromStr for MacAddress {
    type Err = InvalidInput;

    fn from_str(text: &str) -> Result<Self, InvalidInput> {
        read(text).map(Self).ok_or_else(|| InvalidInput::MacAddress { text: text.to_owned() })
    }
}

/// Twelve digits, and a separator between each two.
const LONGEST: usize = 17;

/// Six groups of two digits, three of four, or one of twelve; the groups all parted by the same separator.
fn read(text: &str) -> Option<[u8; 6]> {
    // A service may send anything of any length.
    if text.len() > LONGEST {
        return None;
    }
    let separator = text.chars().find(|character| matches!(character, ':' | '-' | '.'));
    let groups: Vec<&str> = match separator {
        Some(separator) => text.split(separator).collect(),
        None => vec![text],
    };
    let group_length = match groups.len() {
        6 => 2,
        3 => 4,
        1 => 12,
        _ => return None,
    };
    if groups.iter().any(|group| group.len() != group_length) {
        return None;
    }

    let mut octets = [0; 6];
    let digits: Vec<u32> =
        groups.concat().chars().map(|digit| digit.to_digit(16)).collect::<Option<_>>()?;
    for (octet, pair) in octets.iter_mut().zip(digits.chunks_exact(2)) {
        *octet = u8::try_from(pair[0] * 16 + pair[1]).ok()?;
    }
    Some(octets)
}

impl fmt::Display for MacAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text())
    }
}

impl fmt::Debug for MacAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MacAddress({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_spelling() {
        let spellings = [
            "00:0c:29:cd:c7:b2",
            "00:0C:29:CD:C7:B2",
            "00-0c-29-cd-c7-b2",
            "00.0c.29.cd.c7.b2",
            "000c.29cd.c7b2",
            "000c:29cd:c7b2",
            "000c29cdc7b2",
            "000C29CDC7B2",
        ];
        for spelling in spellings {
            let address: MacAddress = spelling.parse().unwrap();
            assert_eq!(address.to_string(), "00:0c:29:cd:c7:b2", "{spelling}");
            assert_eq!(address.octets(), [0x00, 0x0c, 0x29, 0xcd, 0xc7, 0xb2]);
        }
    }

    #[test]
    fn refuses_everything_else() {
        let texts = [
            "",
            "00:0c:29:cd:c7",
            "00:0c:29:cd:c7:b2:00",
            "00:0c:29:cd:c7:bg",
            "00:0c:29-cd:c7:b2",
            "0:0c:29:cd:c7:b2",
            "00:0c:29:cd:c7:b22",
            "000c29cdc7b",
            "000c29cdc7b2f",
            " 00:0c:29:cd:c7:b2",
            "::::::",
            "é00c29cdc7b",
            "00:0c:29:cd:c7:é",
            "device123",
        ];
        for text in texts {
            let message = text.parse::<MacAddress>().unwrap_err().to_string();
            assert!(message.contains(text) && message.contains("twelve hexadecimal"), "{message}");
        }
    }
}
