//! MAC addresses, which compare whatever their spelling.

use std::fmt;
use std::str::FromStr;

/// Holds a MAC address: six octets, without a spelling.
///
/// The vendor's pages always show lower case with colons, and so does `Display`. Reading takes
/// either case, and the four spellings that are in use: six pairs of digits with colons or with
/// hyphens between them, three groups of four with dots, and twelve digits (our reading: see
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
    "not a MAC address: expected 12 hexadecimal digits as `xx:xx:xx:xx:xx:xx`, `xx-xx-xx-xx-xx-xx`, \
     `xxxx.xxxx.xxxx` or `xxxxxxxxxxxx`"
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
        let digits = digits(text).ok_or(InvalidMacAddress(()))?;
        let mut octets = [0; 6];
        for (index, digit) in digits.chars().enumerate() {
            let digit = digit.to_digit(16).ok_or(InvalidMacAddress(()))?;
            octets[index / 2] = octets[index / 2] << 4 | digit as u8;
        }
        Ok(Self(octets))
    }
}

/// The spellings: what stands between the groups, how many groups there are, and how long each is.
const SPELLINGS: [(char, usize, usize); 3] = [(':', 6, 2), ('-', 6, 2), ('.', 3, 4)];

/// Takes the separators out. What is left has twelve characters, which need not be digits.
fn digits(text: &str) -> Option<String> {
    let is_of_length = |length| move |group: &str| group.chars().count() == length;
    if is_of_length(12)(text) {
        return Some(text.to_owned());
    }
    let (separator, groups, length) =
        SPELLINGS.into_iter().find(|(separator, ..)| text.contains(*separator))?;
    let is_spelt =
        text.split(separator).count() == groups && text.split(separator).all(is_of_length(length));
    is_spelt.then(|| text.replace(separator, ""))
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
            // Separators elsewhere, of two kinds, too few, or around the digits.
            ("0:00c29cdc7b2", None),
            ("00:0c:29:cd:c7b2", None),
            ("00:0c:29-cd-c7-b2", None),
            ("0:00c:29:cd:c7:b2", None),
            ("00.0c.29.cd.c7.b2", None),
            ("000c:29cd:c7b2", None),
            ("000c-29cd-c7b2", None),
            ("000c.29cd.c7b2.", None),
            ("000c29.cdc7b2", None),
            (":000c29cdc7b2", None),
            ("000c29cdc7b2:::::", None),
            ("::::::::::::", None),
            ("00:0c:29:cd:c7:éé", None),
            ("é00c29cdc7b2", None),
            ("device123", None),
        ] {
            assert_eq!(text.parse().ok(), expected, "{text:?}");
        }
    }
}
