//! Why a request failed as a whole, and whether it may have been applied all the same.

mod kind;
mod message;

use std::{error, fmt, time::Duration};

use it_access_api::Answer;
use reqwest::StatusCode;

pub(crate) use kind::Attempts;
pub use kind::ErrorKind;

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

#[derive(Debug)]
enum Problem {
    /// The request could not be written.
    Invalid,
    /// It was stopped before it was sent, or sent again.
    Stopped,
    /// Its time was over before it was sent, or sent again.
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
        ErrorKind::of(&self.0.problem, self.0.attempts)
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

/// The most that is kept of what an answer said, in characters.
const LONGEST_EXCERPT: usize = 200;

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
    fn only_what_had_no_connection_is_said_to() {
        assert!(Error::unconnected("https://host").is_connect());
        assert!(!Error::broken("https://host").is_connect());
    }
}
