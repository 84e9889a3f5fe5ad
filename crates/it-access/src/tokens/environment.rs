//! A token in an environment variable.

use std::{env, ffi::OsString};

use super::{TokenError, TokenProvider};
use crate::{AccessToken, BoxFuture};

/// A token in an environment variable, read anew for each request.
///
/// ```
/// use it_access::{EnvironmentToken, TokenProvider};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let error = EnvironmentToken::new("NO_SUCH_TOKEN").token().await.unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the environment variable NO_SUCH_TOKEN is not set; set it to the access token"
/// );
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct EnvironmentToken {
    variable: String,
}

impl EnvironmentToken {
    /// Names the variable: `IT_ACCESS_TOKEN`, for example.
    pub fn new(variable: impl Into<String>) -> Self {
        Self { variable: variable.into() }
    }
}

impl TokenProvider for EnvironmentToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(async { read(&self.variable, env::var_os(&self.variable)) })
    }

    /// Does nothing: the variable is read anew anyway.
    fn refuse(&self, _token: &AccessToken) {}
}

fn read(variable: &str, value: Option<OsString>) -> Result<AccessToken, TokenError> {
    let failed = |problem| {
        TokenError::new(format!("the environment variable {variable} {problem}")).permanent()
    };
    let value = value.ok_or_else(|| failed("is not set; set it to the access token"))?;
    // The error would print the value.
    let text = value.into_string().map_err(|_| failed("is not valid UTF-8"))?;
    if text.is_empty() {
        return Err(failed("is empty; set it to the access token"));
    }
    text.parse().map_err(|error| failed("holds no access token").with_source(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_the_variable_and_not_the_value() {
        let cases = [
            (None, "is not set"),
            (Some(""), "is empty"),
            (Some("CANARY CANARY"), "holds a space"),
            (Some("CANARY\n"), "holds a space"),
            (Some(r#"{"access_token":"CANARY"}"#), "only the value of access_token"),
        ];
        for (value, expected) in cases {
            assert_refused(value.map(OsString::from), expected);
        }
        assert!(read("TOKEN", Some("CANARY".into())).unwrap().same_as(&"CANARY".parse().unwrap()));
    }

    #[cfg(unix)]
    #[test]
    fn bytes_that_are_no_text_are_not_told_either() {
        use std::os::unix::ffi::OsStringExt;

        assert_refused(Some(OsString::from_vec(b"CANARY\xff".to_vec())), "not valid UTF-8");
    }

    fn assert_refused(value: Option<OsString>, expected: &str) {
        let error = read("TOKEN", value).unwrap_err();
        let everything = format!("{error} {error:?}");
        assert!(everything.contains("the environment variable TOKEN "), "{everything}");
        assert!(everything.contains(expected), "{everything}");
        assert!(!everything.contains("CANARY"), "{everything}");
        assert!(error.is_permanent());
    }
}
