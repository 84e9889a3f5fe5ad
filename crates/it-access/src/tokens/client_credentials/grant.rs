//! Reading what a token endpoint answers (RFC 6749, sections 5.1 and 5.2).

use std::time::Duration;

use serde_json::{Map, Value};

use crate::{AccessToken, excerpt::excerpt};

/// A token that was issued.
#[derive(Debug, Clone)]
pub(super) struct Grant {
    pub(super) token: AccessToken,
    /// How long it is valid, if the endpoint says so.
    pub(super) lifetime: Option<Duration>,
}

/// Why a token was not issued, in the endpoint's words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    /// A code, such as `invalid_client`.
    pub(super) code: String,
    pub(super) description: Option<String>,
}

impl Grant {
    /// Reads a token.
    ///
    /// # Errors
    ///
    /// If there is none. The text repeats nothing of the body, which may hold one all the same.
    pub(super) fn read(body: &[u8]) -> Result<Self, String> {
        // Into values of any type: an error of a typed reader would quote the value that has the wrong one.
        let fields: Map<String, Value> =
            serde_json::from_slice(body).map_err(|_| "the body is no JSON object".to_owned())?;
        let token = match fields.get("access_token") {
            Some(Value::String(text)) => text.parse(),
            Some(_) => return Err("`access_token` is no string".to_owned()),
            None => return Err("there is no `access_token`".to_owned()),
        };
        let token = token.map_err(|error: crate::InvalidInput| error.to_string())?;
        Ok(Self { token, lifetime: fields.get("expires_in").and_then(seconds) })
    }
}

/// Seconds as a number or, as some endpoints write them, as a string of digits.
fn seconds(value: &Value) -> Option<Duration> {
    match value {
        Value::String(digits) => digits.trim().parse().ok().map(Duration::from_secs),
        // A fraction is cut off, a negative number is none at all, and one beyond the type is its largest.
        number => number.as_f64().map(|seconds| Duration::from_secs(seconds as u64)),
    }
}

impl Refusal {
    /// Reads a refusal, if there is one. `hide` takes out what must not be seen of a text, before it is cut.
    pub(super) fn read(body: &[u8], hide: impl Fn(&str) -> String) -> Option<Self> {
        const LONGEST_CODE: usize = 64;
        const LONGEST_DESCRIPTION: usize = 200;

        let fields: Map<String, Value> = serde_json::from_slice(body).ok()?;
        let text = |key, longest| excerpt(hide(fields.get(key)?.as_str()?).as_bytes(), longest);
        let code = text("error", LONGEST_CODE)?;
        Some(Self { code, description: text("error_description", LONGEST_DESCRIPTION) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lifetimes_are_read_in_every_form() {
        let cases = [
            (r#","expires_in":43199"#, Some(43_199)),
            (r#","expires_in":43199.9"#, Some(43_199)),
            (r#","expires_in":"43199""#, Some(43_199)),
            (r#","expires_in":" 60 ""#, Some(60)),
            (r#","expires_in":0"#, Some(0)),
            (r#","expires_in":-5"#, Some(0)),
            (r#","expires_in":1e300"#, Some(u64::MAX)),
            (r#","expires_in":"99999999999999999999""#, None),
            (r#","expires_in":"soon""#, None),
            (r#","expires_in":null"#, None),
            (r#","expires_in":[60]"#, None),
            ("", None),
        ];
        for (field, expected) in cases {
            let body = format!(r#"{{"access_token":"TOKEN","scope":"read"{field}}}"#);
            let grant = Grant::read(body.as_bytes()).unwrap();
            assert_eq!(grant.lifetime, expected.map(Duration::from_secs), "{body}");
            assert!(grant.token.same_as(&"TOKEN".parse().unwrap()));
        }
    }

    #[test]
    fn what_holds_no_token_is_not_repeated() {
        let cases = [
            ("", "no JSON object"),
            ("<html>CANARY</html>", "no JSON object"),
            (r#"["CANARY"]"#, "no JSON object"),
            (r#"{"access_token":"CANARY""#, "no JSON object"),
            (r#"{"access_token":"CANARY"} x"#, "no JSON object"),
            (r#"{"token":"CANARY"}"#, "no `access_token`"),
            (r#"{"access_token":["CANARY"]}"#, "`access_token` is no string"),
            (r#"{"access_token":null}"#, "`access_token` is no string"),
            (r#"{"access_token":""}"#, "is empty"),
            (r#"{"access_token":"CANARY CANARY"}"#, "holds a space"),
            (r#"{"access_token":"CANARY\r\nx: y"}"#, "holds a space"),
        ];
        for (body, expected) in cases {
            let problem = Grant::read(body.as_bytes()).unwrap_err();
            assert!(problem.contains(expected), "{body}: {problem}");
            assert!(!problem.contains("CANARY"), "{problem}");
        }
    }

    #[test]
    fn refusals_are_read_and_bounded() {
        let long = "x".repeat(70_000);
        let cut = |length: usize| format!("{}…", "x".repeat(length - 1));
        let cases = [
            (r#"{"error":"invalid_client"}"#.to_owned(), Some(("invalid_client", None))),
            (
                r#"{"error":"invalid_client","error_description":"Bad\nclient"}"#.to_owned(),
                Some(("invalid_client", Some("Bad client".to_owned()))),
            ),
            (
                format!(r#"{{"error":"{long}","error_description":"{long}"}}"#),
                Some((cut(64).leak(), Some(cut(200)))),
            ),
            (r#"{"error":""}"#.to_owned(), None),
            (r#"{"error":{"code":1}}"#.to_owned(), None),
            (r#"{"error_description":"Bad client"}"#.to_owned(), None),
            ("<html>".to_owned(), None),
        ];
        for (body, expected) in cases {
            let expected =
                expected.map(|(code, description)| Refusal { code: code.to_owned(), description });
            assert_eq!(Refusal::read(body.as_bytes(), str::to_owned), expected, "{body}");
        }
    }
}
