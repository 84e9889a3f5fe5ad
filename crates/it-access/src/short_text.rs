//! A text that is short as a rule.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    ops::Deref,
    sync::Arc,
};

use arrayvec::ArrayString;

/// The longest text that needs no memory of its own, in bytes: 32 hexadecimal digits, as the longest HWIDs on the vendor's
/// pages.
const SHORT: usize = 32;

/// A text that is short as a rule, and then stands where it is kept: a list of a million is one piece of memory, read from
/// its beginning to its end, and to copy one of its texts counts no owners, which would take longer than all else that is
/// done for a device.
#[derive(Clone)]
pub(crate) enum ShortText {
    Here(ArrayString<SHORT>),
    Elsewhere(Arc<str>),
}

impl From<&str> for ShortText {
    fn from(text: &str) -> Self {
        ArrayString::from(text).map_or_else(|_| Self::Elsewhere(text.into()), Self::Here)
    }
}

impl Deref for ShortText {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Here(text) => text,
            Self::Elsewhere(text) => text,
        }
    }
}

impl PartialEq for ShortText {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for ShortText {}

impl PartialOrd for ShortText {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ShortText {
    fn cmp(&self, other: &Self) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl Hash for ShortText {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (**self).hash(state);
    }
}

impl fmt::Debug for ShortText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_text_is_the_same_wherever_it_stands() {
        let texts =
            ["", "a", "ß", &"b".repeat(SHORT), &"ä".repeat(SHORT / 2 + 1), &"c".repeat(999)];
        let mut sorted: Vec<ShortText> = texts.iter().copied().map(ShortText::from).collect();
        let is_here = |text: &ShortText| matches!(text, ShortText::Here(_));
        assert_eq!(sorted.iter().filter(|text| is_here(text)).count(), 4);
        sorted.sort();
        let read: Vec<&str> = sorted.iter().map(|text| &**text).collect();
        assert!(read.is_sorted(), "{read:?}");
        let different: HashSet<ShortText> = sorted.iter().chain(&sorted).cloned().collect();
        assert_eq!(different.len(), texts.len());
        assert_eq!(format!("{:?}", sorted[1]), "\"a\"");
    }
}
