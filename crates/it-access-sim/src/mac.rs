//! MAC addresses, which compare whatever their spelling.

use std::fmt;
use std::str::FromStr;

/// Holds a MAC address: six octets, without a spelling.
///
/// The vendor's pages always show lower case with colons, and so does `Display`. Reading takes
/// either case, and colons, hyphens, dots or nothing between the digits (our reading: see
/// [`ASSUMPTIONS`](crate::ASSUMPTIONS)).
///
/// ```
/// use it_access_sim::MacAddress;
///
/// let address: MacAddress = "00-0C-29-CD-C7-B2".parse()?;
/// assert_eq!(address, MacAddress::from([0x00, 0x0c, 0x29, 0xcd, 0xc7, 0xb2]));
/// assert_eq!(address.to_string(), "00:0c:29:cd:c7:b2");
/// # Ok::<(), it_access_sim::InvalidMacAddress>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MacAddress([u8; 6]);

/// Says that a text is not a MAC address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "not a MAC address: expected 12 hexadecimal digits, with or without `:`, `-` or `.` between them"
)]
pub struct InvalidMacAddress(());

impl From<[u8; 6]> for MacAddress {
    fn from(octets: [u8; 6]) -> Self {
        Self(octets)
    }
}

impl FromStr for MacAddress {
    type Err = InvalidMacAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut octets = [0; 6];
        let mut digits = 0;
        for character in text.chars().filter(|c| !matches!(c, ':' | '-' | '.')) {
            let digit = character.to_digit(16).ok_or(InvalidMacAddress(()))?;
            let octet: &mut u8 = octets.get_mut(digits / 2).ok_or(InvalidMacAddress(()))?;
            *octet = *octet << 4 | digit as u8;
            digits += 1;
        }
        if digits == 12 { Ok(Self(octets)) } else { Err(InvalidMacAddress(())) }
    }
}

impl fmt::Display for MacAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g] = self.0;
        write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_spelling_of_an_address_and_nothing_else() {
        let address = MacAddress([0x00, 0x0c, 0x29, 0xcd, 0xc7, 0xb2]);
        for (text, expected) in [
            ("00:0c:29:cd:c7:b2", Some(address)),
            ("00:0C:29:CD:C7:B2", Some(address)),
            ("00-0c-29-cd-c7-b2", Some(address)),
            ("000c.29cd.c7b2", Some(address)),
            ("000C29CDC7B2", Some(address)),
            ("00:0c:29:cd:c7:b3", Some(MacAddress([0x00, 0x0c, 0x29, 0xcd, 0xc7, 0xb3]))),
            ("", None),
            ("00:0c:29:cd:c7", None),
            ("00:0c:29:cd:c7:b", None),
            ("00:0c:29:cd:c7:b2:00", None),
            ("00:0c:29:cd:c7:bg", None),
            ("00 0c 29 cd c7 b2", None),
            ("device123", None),
        ] {
            assert_eq!(text.parse().ok(), expected, "{text:?}");
        }
    }
}
