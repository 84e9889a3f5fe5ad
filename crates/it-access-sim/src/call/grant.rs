//! Requests for a token.

use http::{HeaderMap, StatusCode};

use super::{BodyError, is_of_type};
use crate::secret::Secret;

/// A client that asks for a token by its credentials.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) client_id: String,
    pub(crate) client_secret: Secret,
}

/// Why there is no token, in the terms of RFC 6749, section 5.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum GrantError {
    #[error("the content type must be application/x-www-form-urlencoded")]
    NoForm,
    #[error("the form is too large, or broke off")]
    Unreadable,
    #[error("the form must hold `{0}`, once")]
    Field(&'static str),
    #[error("`grant_type` must be `client_credentials`")]
    GrantType,
    #[error("the client is not known, or its secret is wrong")]
    Client,
}

impl Grant {
    pub(super) fn read(
        headers: &HeaderMap,
        body: Result<&[u8], BodyError>,
    ) -> Result<Self, GrantError> {
        if !is_of_type(headers, "application/x-www-form-urlencoded") {
            return Err(GrantError::NoForm);
        }
        let body = body.map_err(|_| GrantError::Unreadable)?;
        if field(body, "grant_type")? != "client_credentials" {
            return Err(GrantError::GrantType);
        }
        Ok(Self {
            client_id: field(body, "client_id")?,
            client_secret: Secret::new(field(body, "client_secret")?),
        })
    }
}

impl GrantError {
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::Client => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// The value of `error` in the answer.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::NoForm | Self::Unreadable | Self::Field(_) => "invalid_request",
            Self::GrantType => "unsupported_grant_type",
            Self::Client => "invalid_client",
        }
    }
}

fn field(form: &[u8], name: &'static str) -> Result<String, GrantError> {
    let mut values = form_urlencoded::parse(form).filter(|(key, _)| key == name);
    match (values.next(), values.next()) {
        (Some((_, value)), None) => Ok(value.into_owned()),
        _ => Err(GrantError::Field(name)),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;
    use http::header::CONTENT_TYPE;

    use super::*;

    #[test]
    fn reads_a_form_with_each_field_once() {
        let form = "application/x-www-form-urlencoded; charset=utf-8";
        for (content_type, body, expected) in [
            (form, "grant_type=client_credentials&client_id=a+b&client_secret=%2F&x=1", Ok(())),
            ("application/json", "{}", Err(GrantError::NoForm)),
            (form, "", Err(GrantError::Field("grant_type"))),
            (form, "grant_type=password", Err(GrantError::GrantType)),
            (form, "grant_type=client_credentials", Err(GrantError::Field("client_id"))),
            (
                form,
                "grant_type=client_credentials&client_id=a&client_id=a&client_secret=b",
                Err(GrantError::Field("client_id")),
            ),
            (
                form,
                "grant_type=client_credentials&client_id=a",
                Err(GrantError::Field("client_secret")),
            ),
        ] {
            let content_type = (CONTENT_TYPE, HeaderValue::from_static(content_type));
            let headers = HeaderMap::from_iter([content_type]);
            let expected = expected.map(|()| Grant {
                client_id: "a b".to_owned(),
                client_secret: Secret::new("/".to_owned()),
            });
            assert_eq!(Grant::read(&headers, Ok(body.as_bytes())), expected, "{body}");
        }
    }
}
