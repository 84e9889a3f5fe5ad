//! One question to a token endpoint, and what its answer means.

use std::time::{Duration, SystemTime};

use it_access_runtime::TokenEndpoint;
use reqwest::StatusCode;

use super::grant::{Grant, Refusal};
use crate::{
    TokenError,
    answer_headers::{date, retry_after},
    excerpt::excerpt,
};

/// A way to get a new token.
pub(super) trait Exchange: Send + Sync {
    /// Asks for a token, once.
    fn ask(&self) -> impl Future<Output = Result<Grant, TokenError>> + Send;
}

/// A token endpoint, and how long to wait for its answer.
pub(super) struct HttpExchange {
    pub(super) endpoint: TokenEndpoint,
    pub(super) timeout: Duration,
}

impl Exchange for HttpExchange {
    async fn ask(&self) -> Result<Grant, TokenError> {
        const GRANT: [(&str, &str); 1] = [("grant_type", "client_credentials")];

        let host = self.endpoint.authority();
        tracing::debug!(host, "asking for an access token");
        let answer = self.endpoint.ask(&GRANT, self.timeout).await;
        let answer = answer.map_err(|error| self.unanswered(error))?;

        let clock = date(&answer.headers).unwrap_or_else(SystemTime::now);
        let retry_after = retry_after(&answer.headers, clock);
        let grant = self.read(answer.status, &answer.body).map_err(|error| match retry_after {
            Some(wait) => error.with_retry_after(wait),
            None => error,
        })?;
        tracing::debug!(host, lifetime = ?grant.lifetime, "an access token was issued");
        Ok(grant)
    }
}

impl HttpExchange {
    fn unanswered(&self, error: reqwest::Error) -> TokenError {
        let host = self.endpoint.authority();
        let message = if error.is_connect() {
            format!(
                "cannot connect to {host} for an access token; check the address and the network"
            )
        } else if error.is_timeout() {
            format!("no answer came from {host} to the request for an access token in time")
        } else {
            format!("the connection to {host} broke off while it was asked for an access token")
        };
        TokenError::new(message).with_source(error)
    }

    fn read(&self, status: StatusCode, body: &[u8]) -> Result<Grant, TokenError> {
        let refusal = || Refusal::read(body, |text| self.endpoint.hide(text));
        if !status.is_success() {
            return Err(self.refused(status, body, refusal()));
        }
        Grant::read(body).map_err(|problem| match refusal() {
            // Some endpoints refuse with the status of a success.
            Some(refusal) => self.refused(status, body, Some(refusal)),
            None => {
                let host = self.endpoint.authority();
                let message = format!(
                    "{host} answered {status}, but not with an access token: {problem}; \
                     check the address of the token endpoint"
                );
                TokenError::new(message).with_status(status.as_u16())
            }
        })
    }

    fn refused(&self, status: StatusCode, body: &[u8], refusal: Option<Refusal>) -> TokenError {
        const LONGEST_EXCERPT: usize = 200;

        let (code, said) = match refusal {
            Some(refusal) => (Some(refusal.code), refusal.description),
            // It may name a token that nobody knows yet.
            None if speaks_of_tokens(body) => (None, None),
            None => (None, excerpt(body, LONGEST_EXCERPT)),
        };
        // By RFC 6749 the credentials are wrong, or not for this. A status alone may be a gateway's.
        let is_final =
            code.is_some() && matches!(status, StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED);

        let host = self.endpoint.authority();
        let mut message = format!("{host} issued no access token, but answered {status}");
        if let Some(code) = &code {
            message += &format!(", `{code}`");
        }
        if let Some(said) = said {
            message += &format!(" ({said:?})");
        }
        message += if is_final {
            "; check the client id, the client secret, \
             and whether they may be used for the grant client_credentials"
        } else {
            advice(status)
        };
        let mut error = TokenError::new(message).with_status(status.as_u16());
        if let Some(code) = code {
            error = error.with_code(code);
        }
        if is_final { error.permanent() } else { error }
    }
}

fn speaks_of_tokens(body: &[u8]) -> bool {
    const WORD: &[u8] = b"token";

    body.windows(WORD.len()).any(|part| part.eq_ignore_ascii_case(WORD))
}

fn advice(status: StatusCode) -> &'static str {
    if status.is_redirection() {
        "; it points elsewhere, which is not followed because the client secret would go along: \
         check the address of the token endpoint"
    } else if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        "; try again later"
    } else {
        "; check the address of the token endpoint"
    }
}
