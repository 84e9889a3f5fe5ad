//! Requests as they are read: what is asked for, or why it cannot be told. Pure; what becomes of
//! them is the account's to decide.

mod action_request;
mod grant;
mod json;
mod token_query;

use http::{HeaderMap, Method, Uri, header};

pub(crate) use action_request::{ActionRequest, RequestError, Targets};
pub(crate) use grant::{Grant, GrantError};
pub(crate) use token_query::{TokenError, token_in_query};

use crate::Endpoint;
use crate::account::Refusal;
use crate::secret::Secret;

/// Where the vendor's actions live.
const DEVICE_ACTION: &str = "/o/api/v3/devices/action";

/// Where the vendor's tokens come from.
const TOKEN: &str = "/o/oauth/token";

/// The largest body, in bytes: 4 MiB, which is about 100,000 HWIDs of the usual length.
pub(crate) const MAX_BODY_BYTES: usize = 4 << 20;

/// A request, read.
#[derive(Debug)]
pub(crate) enum Call {
    /// A request for an action: its token, and its body.
    DeviceAction(Result<Secret, TokenError>, Result<ActionRequest, Refusal>),
    /// A request for a token.
    Token(Result<Grant, GrantError>),
    /// A request for something else, or in a wrong way.
    Refused(Option<Endpoint>, Refusal),
}

/// Why there is no whole body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyError {
    TooLarge,
    CutOff,
}

/// Reads a request. Path and method come first; all else is told apart from each other, because the
/// account asks for the token before it looks at the body.
pub(crate) fn read(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: Result<&[u8], BodyError>,
) -> Call {
    let endpoint = match uri.path() {
        DEVICE_ACTION => Endpoint::DeviceAction,
        TOKEN => Endpoint::Token,
        _ => return Call::Refused(None, Refusal::NotFound),
    };
    if method != Method::POST {
        return Call::Refused(Some(endpoint), Refusal::MethodNotAllowed);
    }
    match endpoint {
        Endpoint::DeviceAction => {
            Call::DeviceAction(token_in_query(uri), action_request(headers, body))
        }
        Endpoint::Token => Call::Token(Grant::read(headers, body)),
    }
}

fn action_request(
    headers: &HeaderMap,
    body: Result<&[u8], BodyError>,
) -> Result<ActionRequest, Refusal> {
    if !is_of_type(headers, "application/json") {
        return Err(Refusal::UnsupportedMediaType);
    }
    let body = body.map_err(|error| match error {
        BodyError::TooLarge => Refusal::PayloadTooLarge,
        BodyError::CutOff => Refusal::BodyCutOff,
    })?;
    Ok(ActionRequest::from_body(body)?)
}

/// Whether the content type is this one, with any parameters.
pub(crate) fn is_of_type(headers: &HeaderMap, expected: &str) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = content_type.and_then(|value| value.split(';').next());
    media_type.is_some_and(|media_type| media_type.trim().eq_ignore_ascii_case(expected))
}
