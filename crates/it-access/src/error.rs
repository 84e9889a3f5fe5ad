//! Why a request failed as a whole, and whether it may have been applied all the same.

use std::{error, fmt, time::Duration};

use it_access_api::Answer;
use reqwest::StatusCode;

use crate::{DeviceState, QuotaError, TokenError, excerpt::excerpt};

/// Why a request failed as a whole. What became of single devices is no error: see
/// [`ActionReport`](crate::ActionReport).
///
/// No text of it, and none of its sources, carries the access token or the query of a URL.
pub struct Error(Box<Inner>);

struct Inner {
    base_url: String,
    problem: Problem,
    /// What the answer said, in one line.
    excerpt: Option<String>,
    attempts: Attempts,
    retry_after: Option<Duration>,
    source: Option<Box<dyn error::Error + Send + Sync>>,
}

/// What is known of all attempts of a request.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Attempts {
    /// Those of which something was sent, or could have been.
    pub(crate) number: u32,
    /// Whether one was perhaps applied, whatever became of those after it.
    pub(crate) is_tainted: bool,
    /// Whether one was refused.
    was_refused: bool,
}

impl Attempts {
    /// Adds what is known of the last one.
    pub(crate) fn add(&mut self, kind: ErrorKind) {
        self.is_tainted |= kind == ErrorKind::MaybeApplied;
        self.was_refused |= kind == ErrorKind::Refused;
    }
}

/// What is known of the request after it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request never left: certainly not applied.
    NotSent,
    /// The service, or something before it, refused each attempt that left: certainly not applied.
    Refused,
    /// The answer did not come, or its status does not rule it out: perhaps applied. So it is with 5xx, and with the 4xx
    /// that may come after the fact, such as 408 and 409.
    MaybeApplied,
}

#[derive(Debug)]
enum Problem {
    /// The request could not be written.
    Invalid,
    /// It was stopped before it was sent.
    Stopped,
    /// Its time was over before it was sent.
    TimeOver,
    /// There is no access token.
    NoToken,
    /// The quota gave no permit.
    NoPermit,
    /// The journal did not take it.
    NotWrittenDown,
    /// No connection: DNS, TCP or TLS.
    Connect,
    /// No answer in time.
    Timeout,
    /// The connection broke after the request was sent, or the answer broke off.
    Broken,
    /// A success that cannot be read.
    Unreadable,
    /// Any other status.
    Status(StatusCode),
}

impl Error {
    /// What is known of the request.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        match self.0.problem {
            _ if self.0.attempts.is_tainted => ErrorKind::MaybeApplied,
            Problem::Status(status) if REFUSALS.contains(&status.as_u16()) => ErrorKind::Refused,
            Problem::Timeout | Problem::Broken | Problem::Unreadable | Problem::Status(_) => {
                ErrorKind::MaybeApplied
            }
            _ if self.0.attempts.was_refused => ErrorKind::Refused,
            Problem::Invalid
            | Problem::Stopped
            | Problem::TimeOver
            | Problem::NoToken
            | Problem::NoPermit
            | Problem::NotWrittenDown
            | Problem::Connect => ErrorKind::NotSent,
        }
    }

    /// The status of the answer, if there was one and it was not 200.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self.0.problem {
            Problem::Status(status) => Some(status.as_u16()),
            _ => None,
        }
    }

    /// Whether the action may have been applied, to some devices or to all. Then it should not be repeated unseen.
    #[must_use]
    pub fn may_have_been_applied(&self) -> bool {
        self.kind() == ErrorKind::MaybeApplied
    }

    /// Whether the access token was refused (401).
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status() == Some(401)
    }

    /// Whether the account had used up its requests (429).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(429)
    }

    /// How many attempts were made. None, if the request never came to one.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts.number
    }

    /// How long to wait before another try makes sense, if that is known: after a 429, when the quota has no room in time,
    /// and when the token endpoint is left alone for a while.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// What the answer said, in one line of at most 200 characters: the vendor documents no error body.
    #[must_use]
    pub fn excerpt(&self) -> Option<&str> {
        self.0.excerpt.as_deref()
    }

    /// The state in which the request's devices come out of this failure.
    #[must_use]
    pub fn device_state(&self) -> DeviceState {
        match self.kind() {
            ErrorKind::NotSent | ErrorKind::Refused => DeviceState::Unprocessed,
            ErrorKind::MaybeApplied => DeviceState::Unknown,
        }
    }

    pub(crate) fn invalid(
        base_url: &str,
        source: impl error::Error + Send + Sync + 'static,
    ) -> Self {
        Self::new(base_url, Problem::Invalid).with_source(source)
    }

    /// Whether somebody stopped the request before it was sent.
    pub(crate) fn is_stopped(&self) -> bool {
        matches!(self.0.problem, Problem::Stopped)
    }

    /// Whether the time was over before the request was sent.
    pub(crate) fn is_time_over(&self) -> bool {
        matches!(self.0.problem, Problem::TimeOver)
    }

    /// Whether there was no connection.
    pub(crate) fn is_connect(&self) -> bool {
        matches!(self.0.problem, Problem::Connect)
    }

    /// No connection, as a simulated network has it.
    #[cfg(test)]
    pub(crate) fn unconnected(base_url: &str) -> Self {
        Self::new(base_url, Problem::Connect)
    }

    /// A connection that broke, as a simulated network has it.
    #[cfg(test)]
    pub(crate) fn broken(base_url: &str) -> Self {
        Self::new(base_url, Problem::Broken)
    }

    pub(crate) fn stopped(base_url: &str) -> Self {
        Self::new(base_url, Problem::Stopped)
    }

    pub(crate) fn time_over(base_url: &str) -> Self {
        Self::new(base_url, Problem::TimeOver)
    }

    pub(crate) fn no_permit(base_url: &str, source: QuotaError) -> Self {
        let retry_after = source.ready_in();
        Self::new(base_url, Problem::NoPermit).with_retry_after(retry_after).with_source(source)
    }

    pub(crate) fn no_token(base_url: &str, source: TokenError) -> Self {
        let retry_after = source.retry_after();
        Self::new(base_url, Problem::NoToken).with_retry_after(retry_after).with_source(source)
    }

    pub(crate) fn not_written_down(
        base_url: &str,
        source: Box<dyn error::Error + Send + Sync>,
    ) -> Self {
        let mut error = Self::new(base_url, Problem::NotWrittenDown);
        error.0.source = Some(source);
        error
    }

    pub(crate) fn timeout(base_url: &str) -> Self {
        Self::new(base_url, Problem::Timeout)
    }

    pub(crate) fn of_api(base_url: &str, error: it_access_api::Error<()>) -> Self {
        match error {
            it_access_api::Error::CommunicationError(error)
            | it_access_api::Error::InvalidUpgrade(error)
            | it_access_api::Error::ResponseBodyError(error) => {
                Self::new(base_url, Problem::of(&error)).with_source(error)
            }
            // What the runtime refuses to send. A raw answer is never read, so that no other error is left.
            other => {
                Self::new(base_url, Problem::Invalid).with_excerpt(other.to_string().as_bytes())
            }
        }
    }

    /// An answer that is no 200.
    pub(crate) fn of_answer(base_url: &str, answer: &Answer) -> Self {
        Self::new(base_url, Problem::Status(answer.status)).with_excerpt(&answer.body)
    }

    /// An answer that is no JSON, or not of the form that was expected. What serde_json says of it may quote all of it.
    pub(crate) fn unreadable(base_url: &str, body: &[u8], source: &serde_json::Error) -> Self {
        let mut error = Self::new(base_url, Problem::Unreadable).with_excerpt(body);
        error.0.source = excerpt(source.to_string().as_bytes(), LONGEST_EXCERPT).map(Into::into);
        error
    }

    pub(crate) fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.0.retry_after = wait;
        self
    }

    /// Adds what is known of the attempts that this error ends.
    pub(crate) fn after(mut self, attempts: Attempts) -> Self {
        self.0.attempts = attempts;
        self
    }

    fn new(base_url: &str, problem: Problem) -> Self {
        Self(Box::new(Inner {
            base_url: base_url.to_owned(),
            problem,
            excerpt: None,
            attempts: Attempts::default(),
            retry_after: None,
            source: None,
        }))
    }

    fn with_source(mut self, source: impl error::Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    fn with_excerpt(mut self, body: &[u8]) -> Self {
        self.0.excerpt = excerpt(body, LONGEST_EXCERPT);
        self
    }
}

impl Problem {
    fn of(error: &reqwest::Error) -> Self {
        if error.is_builder() {
            Self::Invalid
        } else if error.is_connect() {
            Self::Connect
        } else if error.is_timeout() {
            Self::Timeout
        } else {
            Self::Broken
        }
    }
}

/// The statuses that say that nothing was applied: whoever answered would not act on such a request, or not here.
///
/// They are listed one by one, because a 4xx as such says nothing of the kind. 408 and 499 come for a request that took
/// too long, perhaps while it was carried out; 409 and 422 may stand for a part of it that failed; 425 for one that may
/// be a repetition; a number that nobody has heard of, for anything. Of the redirects, 301 to 303 may mean after a
/// POST that it was done.
const REFUSALS: [u16; 20] = [
    307, 308, 400, 401, 403, 404, 405, 406, 407, 411, 413, 414, 415, 417, 421, 426, 428, 429, 431,
    451,
];

/// The most that is kept of what an answer said, in characters.
const LONGEST_EXCERPT: usize = 200;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { base_url, problem, excerpt, attempts, .. } = &*self.0;
        match problem {
            Problem::Stopped if attempts.number > 0 => {
                write!(f, "the request was stopped before it was repeated")?;
            }
            Problem::Stopped => write!(f, "the request was stopped before it was sent")?,
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

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { base_url, problem, excerpt, attempts, source, .. } = &*self.0;
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("base_url", base_url)
            .field("problem", problem)
            .field("excerpt", excerpt)
            .field("attempts", &attempts.number)
            .field("source", source)
            .finish()
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn error::Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_says_whether_it_may_have_been_applied() {
        let refused = [
            307, 308, 400, 401, 403, 404, 405, 406, 407, 411, 413, 414, 415, 417, 421, 426, 428,
            429, 431, 451,
        ];
        for status in 100..1000 {
            let code = StatusCode::from_u16(status).unwrap();
            let expected = match refused.contains(&status) {
                true => ErrorKind::Refused,
                false => ErrorKind::MaybeApplied,
            };
            let error = Error::new("https://host", Problem::Status(code));
            assert_eq!(error.kind(), expected, "{status}");
            assert_eq!(error.status(), Some(status));
            assert_eq!(error.is_unauthorized(), status == 401, "{status}");
            assert_eq!(error.is_rate_limited(), status == 429, "{status}");
        }
    }

    #[test]
    fn a_stop_says_whether_anything_was_sent_before() {
        for (attempts, expected) in [(0, "before it was sent"), (1, "before it was repeated")] {
            let attempts = Attempts { number: attempts, ..Attempts::default() };
            let message = Error::stopped("https://host").after(attempts).to_string();
            assert!(message.contains(expected), "{message}");
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
    fn only_what_had_no_connection_is_said_to() {
        assert!(Error::unconnected("https://host").is_connect());
        assert!(!Error::broken("https://host").is_connect());
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
