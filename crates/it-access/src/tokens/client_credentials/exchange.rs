//! One question to a token endpoint, and what its answer means.

use std::time::Duration;

use it_access_api::Secret;
use it_access_runtime::{TokenEndpoint, header};
use reqwest::StatusCode;

use super::grant::{Grant, Refusal};
use crate::{TokenError, excerpt::excerpt};

/// A way to get a new token.
pub(super) trait Exchange: Send + Sync {
    /// Asks for a token, once.
    fn ask(&self) -> impl Future<Output = Result<Grant, TokenError>> + Send;
}

/// A client id and its secret, and the token endpoint that takes them.
pub(super) struct HttpExchange {
    pub(super) endpoint: TokenEndpoint,
    pub(super) client_id: String,
    pub(super) client_secret: Secret,
    pub(super) timeout: Duration,
}

const GRANT: [(&str, &str); 1] = [("grant_type", "client_credentials")];

impl Exchange for HttpExchange {
    async fn ask(&self) -> Result<Grant, TokenError> {
        let host = self.endpoint.authority();
        tracing::debug!(host, "asking for an access token");
        let asked =
            self.endpoint.ask(&self.client_id, &self.client_secret, &GRANT, self.timeout).await;
        let answer = asked.map_err(|error| unanswered(host, error))?;

        let status = answer.status();
        let retry_after = header(answer.headers(), "retry-after").map(Duration::from_secs);
        // The body is in memory already, and what cannot be read of it is no further failure.
        let body = answer.bytes().await.unwrap_or_default();
        let grant = read(host, status, &body).map_err(|error| match retry_after {
            Some(wait) => error.with_retry_after(wait),
            None => error,
        })?;
        tracing::debug!(host, lifetime = ?grant.lifetime, "an access token was issued");
        Ok(grant)
    }
}

fn unanswered(host: &str, error: reqwest::Error) -> TokenError {
    let message = if error.is_connect() {
        format!("cannot connect to {host} for an access token; check the address and the network")
    } else if error.is_timeout() {
        format!("no answer came from {host} to the request for an access token in time")
    } else {
        format!("the connection to {host} broke off while it was asked for an access token")
    };
    TokenError::new(message).with_source(error)
}

fn read(host: &str, status: StatusCode, body: &[u8]) -> Result<Grant, TokenError> {
    if !status.is_success() {
        return Err(refused(host, status, body));
    }
    Grant::read(body).map_err(|problem| match Refusal::read(body) {
        // Some endpoints say so with a success.
        Some(_) => refused(host, status, body),
        None => {
            let message = format!(
                "{host} answered {status}, but not with an access token: {problem}; \
                 check the address of the token endpoint"
            );
            TokenError::new(message).with_status(status.as_u16())
        }
    })
}

fn refused(host: &str, status: StatusCode, body: &[u8]) -> TokenError {
    const LONGEST_EXCERPT: usize = 200;

    let refusal = Refusal::read(body);
    let (code, said) = match refusal {
        Some(refusal) => (Some(refusal.code), refusal.description),
        None => (None, excerpt(body, LONGEST_EXCERPT)),
    };
    // By RFC 6749 the credentials are wrong, or not for this. A status alone may be a gateway's.
    let is_final =
        code.is_some() && matches!(status, StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED);

    let mut message = format!("{host} issued no access token, but answered {status}");
    if let Some(code) = &code {
        message += &format!(", `{code}`");
    }
    if let Some(said) = said {
        message += &format!(" ({said:?})");
    }
    message += if is_final {
        "; check the client id, the client secret, and whether they may be used for the grant client_credentials"
    } else {
        advice(status)
    };
    let mut error = TokenError::new(message).with_status(status.as_u16());
    if let Some(code) = code {
        error = error.with_code(code);
    }
    if is_final { error.permanent() } else { error }
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
