//! What a fault sends in place of an answer, and how it sends an answer otherwise.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use http::{Response, StatusCode};

use super::{FaultKind, Plan, Stage};
use crate::Answer;
use crate::account::{Refusal, answer_of, text};
use crate::call::TokenError;

/// What is sent in place of an answer, and whether the service itself says it: what a gateway on the
/// way says has no quota.
pub(crate) fn instead(fault: &FaultKind) -> (Answer, bool) {
    match fault {
        FaultKind::ResetBeforeApply | FaultKind::ResetAfterApply => (Answer::Reset, false),
        FaultKind::CloseBeforeApply | FaultKind::CloseAfterApply => (Answer::Closed, false),
        FaultKind::SilenceBeforeApply | FaultKind::SilenceAfterApply => (Answer::Silence, false),
        FaultKind::HtmlBeforeApply(status) | FaultKind::HtmlAfterApply(status) => {
            (Answer::Whole(page(*status)), false)
        }
        FaultKind::Redirect { status, to } => {
            let mut response = text(*status, "this is elsewhere".to_owned());
            response.headers_mut().insert(LOCATION, to.clone());
            (Answer::Whole(response), false)
        }
        FaultKind::TooManyRequests { retry_after } => {
            let mut response = Refusal::TooManyRequests.to_response();
            if let Some(seconds) = *retry_after {
                response.headers_mut().insert(RETRY_AFTER, seconds.into());
            }
            (Answer::Whole(response), true)
        }
        FaultKind::Unauthorized => {
            let refusal = Refusal::Unauthorized(TokenError::Invalid);
            (Answer::Whole(refusal.to_response()), true)
        }
        FaultKind::HttpBeforeApply(status) | FaultKind::HttpAfterApply(status) => {
            (Answer::Whole(text(*status, "a fault that was asked for".to_owned())), true)
        }
        other => unreachable!("{} changes an answer, and takes the place of none", other.name()),
    }
}

/// Sends an answer as the plan says.
pub(crate) fn deliver(mut response: Response<Bytes>, plan: &Plan) -> Answer {
    for (fault, _) in plan.all_at(Stage::Delivery) {
        match fault {
            FaultKind::ContentType(media_type) => {
                response.headers_mut().insert(CONTENT_TYPE, media_type.clone());
            }
            FaultKind::CutOff { percent } => {
                let sent = response.body().len() * usize::from(*percent) / 100;
                return Answer::CutOff { response, sent };
            }
            FaultKind::SlowBody { bytes, pause } => {
                return Answer::Slow { response, piece: *bytes, pause: *pause };
            }
            FaultKind::EndlessBody { pause } => return Answer::Endless { response, pause: *pause },
            _ => {}
        }
    }
    Answer::Whole(response)
}

fn page(status: StatusCode) -> Response<Bytes> {
    let title = status.to_string();
    let html = format!(
        "<!DOCTYPE html>\n<html>\n<head><title>{title}</title></head>\n<body><h1>{title}</h1></body>\n</html>\n"
    );
    answer_of(status, "text/html; charset=utf-8", html)
}
