//! What an error says to a person.

use std::fmt;

use reqwest::StatusCode;

use super::{Error, ErrorKind, Inner, Problem};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { base_url, problem, excerpt, attempts, .. } = &*self.0;
        match problem {
            Problem::Stopped if attempts.number > 0 => {
                write!(f, "the request was stopped before it was repeated")?;
            }
            Problem::Stopped => write!(f, "the request was stopped before it was sent")?,
            Problem::TimeOver if attempts.number > 0 => {
                write!(f, "the time was over before the request was repeated")?;
            }
            Problem::TimeOver => write!(f, "the time was over before the request was sent")?,
            Problem::NoToken => write!(f, "there is no access token for {base_url}")?,
            Problem::NoPermit => write!(f, "the quota gave no permit for {base_url}")?,
            Problem::NotWrittenDown => {
                write!(f, "the request to {base_url} could not be written down before it is sent")?;
            }
            Problem::Invalid => write!(f, "the request could not be written")?,
            Problem::Connect => {
                write!(f, "cannot connect to {base_url}; check the address and the network")?;
            }
            Problem::Timeout => write!(f, "no answer came from {base_url} in time")?,
            Problem::Broken => write!(f, "the connection to {base_url} broke off")?,
            Problem::Unreadable => write!(f, "the answer of {base_url} cannot be read")?,
            Problem::Status(status) => {
                write!(f, "{base_url} answered {status}{}", explanation(*status))?;
            }
        }
        if let Some(excerpt) = excerpt {
            write!(f, ". It said: {excerpt:?}")?;
        }
        f.write_str(match self.kind() {
            ErrorKind::NotSent => ". Nothing was sent.",
            ErrorKind::Refused => ". Nothing was applied.",
            ErrorKind::MaybeApplied => {
                ". The action may have been applied: look at the devices before repeating it."
            }
        })
    }
}

/// What a status means, and what to do about it. Source: the vendor's page "APIs".
fn explanation(status: StatusCode) -> &'static str {
    match status {
        StatusCode::BAD_REQUEST => ": it did not accept the request's values",
        StatusCode::UNAUTHORIZED => ": the access token is invalid or has expired; get a new one",
        StatusCode::NOT_FOUND => {
            ": there is no Device Action API at this address; check the base URL"
        }
        StatusCode::METHOD_NOT_ALLOWED | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            ": this is not the Device Action API v3.0; check the base URL, and proxies on the way"
        }
        StatusCode::PAYLOAD_TOO_LARGE => ": the request is too large; send fewer devices at once",
        StatusCode::TOO_MANY_REQUESTS => {
            ": the account has used up its requests; wait a minute, in every program that shares it"
        }
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => {
            ": it points elsewhere, which is not followed because the token would go along; \
             check the base URL"
        }
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Attempts;

    #[test]
    fn an_end_before_an_attempt_says_whether_anything_was_sent_before() {
        for (number, expected) in [(0, "was sent. Nothing"), (1, "was repeated. Nothing")] {
            let attempts = Attempts { number, ..Attempts::default() };
            for error in [Error::stopped("https://host"), Error::time_over("https://host")] {
                let message = error.after(attempts).to_string();
                assert!(message.contains(expected), "{message}");
            }
        }
    }

    #[test]
    fn a_status_that_a_person_can_do_something_about_says_what() {
        for (status, expected) in [
            (404, "check the base URL"),
            (405, "this is not the Device Action API v3.0"),
            (413, "send fewer devices at once"),
            (415, "this is not the Device Action API v3.0"),
            (500, "https://host answered 500 Internal Server Error. The action may"),
        ] {
            let code = StatusCode::from_u16(status).unwrap();
            let error = Error::new("https://host", Problem::Status(code));
            assert!(error.to_string().contains(expected), "{error}");
            assert!(format!("{error:?}").contains(&format!("Status({status})")), "{error:?}");
        }
    }

    #[test]
    fn only_what_points_elsewhere_is_said_to() {
        for (status, expected) in [
            (300, false),
            (301, true),
            (302, true),
            (303, true),
            (304, false),
            (307, true),
            (308, true),
        ] {
            let code = StatusCode::from_u16(status).unwrap();
            let message = Error::new("https://host", Problem::Status(code)).to_string();
            assert_eq!(message.contains("points elsewhere"), expected, "{message}");
        }
    }
}
