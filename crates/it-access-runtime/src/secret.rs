//! A text that cannot be printed.

use std::{fmt, sync::Arc};

use secrecy::{ExposeSecret, SecretString};

/// A token, key or password: hidden from `Debug`, wiped from memory when the last of its clones, which share it, is dropped. Its
/// only way out is to the service.
///
/// ```
/// let secret = it_access_runtime::Secret::from("0123456789");
/// assert_eq!(format!("{secret:?}"), "[hidden]");
/// ```
#[derive(Clone)]
pub struct Secret(Arc<SecretString>);

impl Secret {
    /// Whether both are the same text.
    #[must_use]
    pub fn same_as(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        Self(Arc::new(SecretString::from(text.into())))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[hidden]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cannot_be_printed() {
        assert_eq!(format!("{:?}", Some(Secret::from("0123456789"))), "Some([hidden])");
    }
}
