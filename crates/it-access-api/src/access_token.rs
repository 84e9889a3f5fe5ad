//! The access token, which cannot be printed.

use std::fmt;

use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};

/// The key under which the token stands in the query of the URL, by the document's security scheme.
const QUERY_KEY: &str = "access_token";

/// An access token of the vendor's OAuth step: opaque, and hidden from `Debug`.
///
/// The only way out is into the URL of a request, at the moment of sending. Source: the vendor's page
/// "Authentication".
///
/// ```
/// let token = it_access_api::AccessToken::new("0123456789");
/// assert_eq!(format!("{token:?}"), "AccessToken([hidden])");
/// ```
#[derive(Clone)]
pub struct AccessToken(SecretString);

impl AccessToken {
    /// Takes a token as it is.
    pub fn new(token: impl Into<String>) -> Self {
        Self(SecretString::from(token.into()))
    }

    /// Appends the token to the query of `url`, which is a secret from then on.
    pub(crate) fn append_to(&self, url: &mut Url) {
        url.query_pairs_mut().append_pair(QUERY_KEY, self.0.expose_secret());
    }

    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken([hidden])")
    }
}
