//! The answers to requests that are not carried out.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::request::RequestError;
use crate::token::TokenError;

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
    #[error("the content type must be application/json")]
    UnsupportedMediaType,
    #[error("the body is larger than 16 MiB")]
    PayloadTooLarge,
    #[error("the body could not be read to its end")]
    BodyCutOff,
    #[error("{0}")]
    BadRequest(#[from] RequestError),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unauthorized(_) => StatusCode::UNAUTHORIZED,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyCutOff | Self::BadRequest(_) => StatusCode::BAD_REQUEST,
        };
        (status, self.to_string()).into_response()
    }
}
