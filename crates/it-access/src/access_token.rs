//! The access token.

use std::{fmt, str::FromStr};

use it_access_api::{Credentials, Secret};

use crate::InvalidInput;

/// An access token of the vendor's OAuth step: opaque, and hidden from `Debug`. Its only way out is to the service.
///
/// ```
/// use it_access::AccessToken;
///
/// let token: AccessToken = "0123456789".parse()?;
/// assert_eq!(format!("{token:?}"), "AccessToken([hidden])");
/// assert!("".parse::<AccessToken>().is_err());
/// # Ok::<(), it_access::InvalidInput>(())
/// ```
#[derive(Clone)]
pub struct AccessToken(Secret);

impl AccessToken {
    /// Whether both are the same token, as a [`TokenProvider`](crate::TokenProvider) must know of one that is refused.
    #[must_use]
    pub fn same_as(&self, other: &Self) -> bool {
        self.0.same_as(&other.0)
    }

    pub(crate) fn into_credentials(self) -> Credentials {
        Credentials::new().with_access_token(self.0)
    }
}

impl FromStr for AccessToken {
    type Err = InvalidInput;

    fn from_str(text: &str) -> Result<Self, InvalidInput> {
        match problem(text) {
            Some(problem) => Err(InvalidInput::AccessToken { problem }),
            None => Ok(Self(Secret::from(text))),
        }
    }
}

/// What is wrong with `text` as a token, if anything. Stricter than an identifier: what is copied badly is better found
/// here than by a 401.
fn problem(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("is empty; give it as it was issued, on one line")
    } else if text.starts_with(['{', '<']) {
        Some("looks like JSON or HTML, not like a token; give only the value of access_token")
    } else if !text.chars().all(|character| character.is_ascii_graphic()) {
        Some(
            "holds a space, a control character or one beyond ASCII; \
             give it as it was issued, on one line",
        )
    } else {
        None
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AccessToken").field(&self.0).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_visible_ascii_only_and_repeats_nothing() {
        for token in ["0", "CANARY-0.1_2~3+4/5=", "eyJhbGciOi.eyJpc3Mi.c2ln"] {
            assert!(token.parse::<AccessToken>().is_ok(), "{token}");
        }
        let cases = [
            ("", "is empty"),
            ("CANARY CANARY", "holds a space"),
            (" CANARY", "holds a space"),
            ("CANARY\n", "holds a space"),
            ("CANARY\u{7}", "holds a space"),
            ("CANARYé", "holds a space"),
            ("\u{feff}CANARY", "holds a space"),
            (r#"{"access_token":"CANARY"}"#, "only the value of access_token"),
            ("<html>CANARY</html>", "only the value of access_token"),
        ];
        for (text, expected) in cases {
            let message = text.parse::<AccessToken>().unwrap_err().to_string();
            assert!(message.contains(expected), "{text}: {message}");
            assert!(!message.contains("CANARY"), "{message}");
        }
    }
}
