//! A text that is short as a rule.

use std::{
    cmp::Ordering,
    fmt,
    hash::{Hash, Hasher},
    ops::Deref,
    sync::Arc,
};

use arrayvec::ArrayString;

/// The longest text that needs no allocation, in bytes. The longest HWIDs that the vendor's documentation shows are 32
/// hexadecimal digits.
const SHORT: usize = 32;

/// A text that is short as a rule. A short one lies in the value itself: a list of them is one piece of memory, and a copy
/// touches nothing that others share. A longer one is shared by its copies.
#[derive(Clone)]
pub(crate) enum ShortText {
    /// Up to [`SHORT`] bytes.
    Here(ArrayString<SHORT>),
    /// More of them.
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
    fn a_text_is_the_same_wherever_it_lies() {
        let (here, elsewhere) = (ShortText::from("a"), ShortText::Elsewhere("a".into()));
        assert_eq!(here, elsewhere);
        assert_eq!(here.cmp(&elsewhere), Ordering::Equal);
        assert_eq!(
            HashSet::from([here]).get(&elsewhere).map(|it| format!("{it:?}")),
            Some("\"a\"".to_owned())
        );
    }

    #[test]
    fn a_text_of_any_length_is_kept_and_ordered_as_text() {
        let (longest, longer) = ("b".repeat(SHORT), "ä".repeat(SHORT / 2 + 1));
        let texts = ["", "a", &longest, "c", "ß", &longer];
        let mut kept: Vec<ShortText> = texts.into_iter().map(ShortText::from).collect();
        let is_here = |text: &ShortText| matches!(text, ShortText::Here(_));
        assert_eq!(
            kept.iter().map(is_here).collect::<Vec<_>>(),
            [true, true, true, true, true, false]
        );
        kept.sort();
        let read: Vec<&str> = kept.iter().map(|text| &**text).collect();
        let mut sorted = texts;
        sorted.sort_unstable();
        assert_eq!(read, sorted);
    }
}
