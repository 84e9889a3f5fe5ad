//! The answers to requests that are not carried out.

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode};

use crate::call::{RequestError, TokenError};

/// Why a request was refused as a whole. Its text is the body of the answer and quotes nothing from
/// the request.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("there is nothing at this path")]
    NotFound,
    #[error("this path only takes POST")]
    MethodNotAllowed,
    #[error("{0}")]
    Unauthorized(#[from] TokenError),
    #[error("the account has sent more requests than its quota")]
    TooManyRequests,
    #[error("the content type must be application/json")]
    UnsupportedMediaType,
    #[error("the body is larger than 4 MiB")]
    PayloadTooLarge,
    #[error("the body could not be read to its end")]
    BodyCutOff,
    #[error("{0}")]
    BadRequest(#[from] RequestError),
}

impl Refusal {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unauthorized(_) => StatusCode::UNAUTHORIZED,
            Self::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyCutOff | Self::BadRequest(_) => StatusCode::BAD_REQUEST,
        }
    }

    pub(crate) fn to_response(&self) -> Response<Bytes> {
        let mut response = text(self.status(), self.to_string());
        if matches!(self, Self::MethodNotAllowed) {
            response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
        }
        response
    }
}

/// An answer of one line of text.
pub(crate) fn text(status: StatusCode, line: String) -> Response<Bytes> {
    answer_of(status, "text/plain; charset=utf-8", line)
}

/// An answer with a body.
pub(crate) fn answer_of(
    status: StatusCode,
    content_type: &'static str,
    body: String,
) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
