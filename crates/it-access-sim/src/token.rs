//! The access token: which one is good, and where a request carries it.

use std::fmt;

use axum::extract::Query;
use axum::http::Uri;

/// Names a token that says of itself that it is simulated.
pub const DEFAULT_ACCESS_TOKEN: &str = "simulated-access-token";

/// The token that the service takes. It is never printed.
pub(crate) struct AccessToken(String);

/// Why the query was not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TokenError {
    #[error("the query must hold an `access_token`")]
    Missing,
    #[error("the query must hold `access_token` only once")]
    Repeated,
    #[error("the access token is not valid")]
    Invalid,
}

impl AccessToken {
    pub(crate) fn new(token: String) -> Self {
        Self(token)
    }

    /// Checks the query of a request.
    pub(crate) fn admit(&self, uri: &Uri) -> Result<(), TokenError> {
        let Query(query) =
            Query::<Vec<(String, String)>>::try_from_uri(uri).map_err(|_| TokenError::Invalid)?;
        let mut tokens = query.iter().filter(|(name, _)| name == "access_token");
        match (tokens.next(), tokens.next()) {
            (None, _) => Err(TokenError::Missing),
            (Some(_), Some(_)) => Err(TokenError::Repeated),
            (Some((_, token)), None) if token.is_empty() => Err(TokenError::Missing),
            (Some((_, token)), None) if *token == self.0 => Ok(()),
            (Some(_), None) => Err(TokenError::Invalid),
        }
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admits_the_token_given_once_and_nothing_else() {
        let token = AccessToken::new("a+b c/é".to_owned());
        for (uri, expected) in [
            ("/?access_token=a%2Bb+c%2F%C3%A9", Ok(())),
            ("/?x=1&access_token=a%2Bb%20c/%C3%A9&y", Ok(())),
            ("/", Err(TokenError::Missing)),
            ("/?", Err(TokenError::Missing)),
            ("/?access_token", Err(TokenError::Missing)),
            ("/?access_token=", Err(TokenError::Missing)),
            ("/?Access_Token=a%2Bb+c%2F%C3%A9", Err(TokenError::Missing)),
            ("/?access_token=A%2Bb+c%2F%C3%A9", Err(TokenError::Invalid)),
            ("/?access_token=a%2Bb+c%2F", Err(TokenError::Invalid)),
            ("/?access_token=%ff", Err(TokenError::Invalid)),
            ("/?access_token=x&access_token=x", Err(TokenError::Repeated)),
            (
                "/?access_token=a%2Bb+c%2F%C3%A9&access_token=a%2Bb+c%2F%C3%A9",
                Err(TokenError::Repeated),
            ),
        ] {
            assert_eq!(token.admit(&uri.parse().unwrap()), expected, "{uri}");
        }
    }

    #[test]
    fn an_empty_token_admits_nobody() {
        let token = AccessToken::new(String::new());
        assert_eq!(token.admit(&Uri::from_static("/?access_token=")), Err(TokenError::Missing));
    }
}
