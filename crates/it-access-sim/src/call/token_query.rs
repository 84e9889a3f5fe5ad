//! The access token in the query of a URL.

use http::Uri;

use crate::secret::Secret;

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

/// Takes the token out of a query.
pub(crate) fn token_in_query(uri: &Uri) -> Result<Secret, TokenError> {
    let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let mut tokens = query.filter(|(name, _)| name == "access_token").map(|(_, value)| value);
    match (tokens.next(), tokens.next()) {
        (None, _) => Err(TokenError::Missing),
        (Some(_), Some(_)) => Err(TokenError::Repeated),
        (Some(token), None) if token.is_empty() => Err(TokenError::Missing),
        (Some(token), None) => Ok(Secret::new(token.into_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_token_that_is_given_once() {
        for (uri, expected) in [
            ("/?access_token=a%2Bb+c%2F%C3%A9", Ok("a+b c/é")),
            ("/?x=1&access_token=a%2Bb%20c/%C3%A9&y", Ok("a+b c/é")),
            ("/", Err(TokenError::Missing)),
            ("/?", Err(TokenError::Missing)),
            ("/?access_token", Err(TokenError::Missing)),
            ("/?access_token=", Err(TokenError::Missing)),
            ("/?Access_Token=a", Err(TokenError::Missing)),
            ("/?access_token=%ff", Ok("\u{fffd}")),
            ("/?access_token=x&access_token=x", Err(TokenError::Repeated)),
            ("/?access_token=&access_token=x", Err(TokenError::Repeated)),
        ] {
            let expected = expected.map(|token| Secret::new(token.to_owned()));
            assert_eq!(token_in_query(&uri.parse().unwrap()), expected, "{uri}");
        }
    }
}
