//! The access token.

use std::{fmt, str::FromStr};

use it_access_api::{Credentials, Secret};

use crate::{InvalidInput, invalid_input::identifier_problem};

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
    pub(crate) fn into_credentials(self) -> Credentials {
        Credentials::new().with_access_token(self.0)
    }
}

impl FromStr for AccessToken {
    type Err = InvalidInput;

    fn from_str(text: &str) -> Result<Self, InvalidInput> {
        match identifier_problem(text) {
            Some(problem) => Err(InvalidInput::AccessToken { problem }),
            None => Ok(Self(Secret::from(text))),
        }
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AccessToken").field(&self.0).finish()
    }
}
