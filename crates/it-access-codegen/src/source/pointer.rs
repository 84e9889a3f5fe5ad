//! JSON pointers (RFC 6901), as places in the document.

use std::fmt;

/// A JSON pointer into the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Pointer(String);

impl Pointer {
    /// The pointer to an entry of the object, or an element of the list, that this one points to.
    pub(crate) fn child(&self, segment: impl fmt::Display) -> Self {
        let mut pointer = format!("{}/{segment}", self.0);
        let start = self.0.len() + 1;
        if pointer[start..].contains(['~', '/']) {
            let escaped = pointer[start..].replace('~', "~0").replace('/', "~1");
            pointer.replace_range(start.., &escaped);
        }
        Self(pointer)
    }

    /// The pointer to several levels below.
    pub(crate) fn descend(&self, segments: &[&str]) -> Self {
        segments.iter().fold(self.clone(), |pointer, segment| pointer.child(segment))
    }

    /// The segments, unescaped.
    pub(crate) fn segments(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"))
    }

    /// The last segment, unescaped: the name under which the value stands.
    pub(crate) fn name(&self) -> String {
        self.segments().last().unwrap_or_default()
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Pointer> for String {
    fn from(pointer: Pointer) -> Self {
        pointer.0
    }
}

impl From<&str> for Pointer {
    fn from(pointer: &str) -> Self {
        Self(pointer.to_owned())
    }
}
