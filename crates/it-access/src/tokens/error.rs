//! Why there is no token.

use std::{error, fmt, sync::Arc, time::Duration};

/// Why there is no access token. The request that needs one is not sent, so that nothing is applied.
///
/// No text of it, and none of its sources, holds a token, a client secret or the query of a URL.
#[derive(Debug, Clone)]
pub struct TokenError {
    message: String,
    status: Option<u16>,
    code: Option<String>,
    is_permanent: bool,
    retry_after: Option<Duration>,
    source: Option<Arc<dyn error::Error + Send + Sync>>,
}

impl TokenError {
    /// Makes an error of a provider of one's own. The message says what happened, to what, and what to do next; it holds no
    /// secret.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            status: None,
            code: None,
            is_permanent: false,
            retry_after: None,
            source: None,
        }
    }

    /// Says that asking again does not help.
    #[must_use]
    pub fn permanent(mut self) -> Self {
        self.is_permanent = true;
        self
    }

    /// Says how long not to ask again.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.retry_after = Some(wait);
        self
    }

    /// Adds what it follows from. That must not hold a secret either.
    #[must_use]
    pub fn with_source(mut self, source: impl error::Error + Send + Sync + 'static) -> Self {
        self.source = Some(Arc::new(source));
        self
    }

    pub(super) fn with_status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    pub(super) fn with_code(mut self, code: String) -> Self {
        self.code = Some(code);
        self
    }

    /// The status that the token endpoint answered, if there is one and it answered.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// The `error` of the token endpoint's answer, by RFC 6749: `invalid_client`, for example.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Whether somebody has to mend something before there can be a token: a wrong client secret, a variable that is not
    /// set, a file that is not there. Then asking again does not help.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        self.is_permanent
    }

    /// For how long asking again gives the same error, unasked. Known of [`ClientCredentials`](crate::ClientCredentials),
    /// which leaves a failing endpoint alone for a while.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl error::Error for TokenError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn error::Error + 'static))
    }
}
