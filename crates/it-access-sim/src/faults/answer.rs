//! What a fault sends in place of an answer, and how it sends an answer otherwise.

use bytes::Bytes;
use http::header::{LOCATION, RETRY_AFTER};
use http::{Response, StatusCode};

use super::effect::{Delivery, Instead};
use crate::Answer;
use crate::account::{Refusal, answer_of, text};
use crate::call::TokenError;

impl Instead<'_> {
    /// What is sent.
    pub(crate) fn answer(self) -> Answer {
        match self {
            Self::Reset => Answer::Reset,
            Self::Close => Answer::Closed,
            Self::Silence => Answer::Silence,
            Self::Http(status) => {
                Answer::Whole(text(status, "a fault that was asked for".to_owned()))
            }
            Self::Html(status) => Answer::Whole(page(status)),
            Self::TooManyRequests { retry_after } => {
                let mut response = Refusal::TooManyRequests.to_response();
                if let Some(seconds) = retry_after {
                    response.headers_mut().insert(RETRY_AFTER, seconds.into());
                }
                Answer::Whole(response)
            }
            Self::Unauthorized => {
                Answer::Whole(Refusal::Unauthorized(TokenError::Invalid).to_response())
            }
            Self::Redirect { status, to } => {
                let mut response = text(status, "this is elsewhere".to_owned());
                response.headers_mut().insert(LOCATION, to.clone());
                Answer::Whole(response)
            }
        }
    }

    /// Whether the service itself says it: what a gateway on the way says has no quota.
    pub(crate) fn is_from_the_service(self) -> bool {
        match self {
            Self::Http(_) | Self::TooManyRequests { .. } | Self::Unauthorized => true,
            Self::Reset | Self::Close | Self::Silence | Self::Html(_) | Self::Redirect { .. } => {
                false
            }
        }
    }
}

impl Delivery {
    /// Sends an answer in this way.
    pub(super) fn send(self, response: Response<Bytes>) -> Answer {
        match self {
            Self::CutOff { percent } => {
                let sent = response.body().len() * usize::from(percent) / 100;
                Answer::CutOff { response, sent }
            }
            Self::Slow { bytes, pause } => Answer::Slow { response, piece: bytes, pause },
            Self::Endless { pause } => Answer::Endless { response, pause },
        }
    }
}

fn page(status: StatusCode) -> Response<Bytes> {
    let title = status.to_string();
    let html = format!(
        "<!DOCTYPE html>\n<html>\n<head><title>{title}</title></head>\n<body><h1>{title}</h1></body>\n</html>\n"
    );
    answer_of(status, "text/html; charset=utf-8", html)
}
