//! Which credentials an operation needs, and how they are put on a request.

use std::{borrow::Cow, iter};

use base64::{Engine, prelude::BASE64_STANDARD};
use reqwest::{
    Request,
    header::{AUTHORIZATION, HeaderName, HeaderValue},
};

use crate::{Operation, Secret};

/// A credential, and how its security scheme puts it on a request.
#[derive(Debug, Clone, Copy)]
pub enum Credential<'a> {
    /// `type: apiKey, in: query`. It makes the whole URL a secret.
    Query(&'static str, &'a Secret),
    /// `type: apiKey, in: header`, with the header's name in lower case.
    Header(&'static str, &'a Secret),
    /// `type: http, scheme: bearer`.
    Bearer(&'a Secret),
    /// `type: http, scheme: basic`: the user and the password.
    Basic(&'a str, &'a Secret),
}

/// The credentials of a generated client: a place for each security scheme of its document.
pub trait CredentialSet {
    /// The names of the schemes, as in the document.
    const SCHEMES: &'static [&'static str];

    /// The credential of the scheme of this name, if it is set.
    fn get(&self, scheme: &str) -> Option<Credential<'_>>;
}

/// Why a request cannot be authorized. It is not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CredentialsError {
    /// Credentials are not set.
    #[error("`{operation}` needs credentials that are not set: {schemes}")]
    Missing {
        /// The operation's id.
        operation: &'static str,
        /// The names of the schemes that would do.
        schemes: String,
    },
    /// The request is not for the client's own service.
    #[error("`{operation}` is about to go to another host than the client's")]
    Foreign {
        /// The operation's id.
        operation: &'static str,
    },
    /// A value in the path makes it the path of something else.
    #[error(
        "`{operation}` is about to go to another path: a value in its path is empty, `.` or `..`, or has a backslash"
    )]
    OtherPath {
        /// The operation's id.
        operation: &'static str,
    },
    /// A credential holds what no HTTP header can: a line break, for example.
    #[error("a credential for `{operation}` holds a character that no HTTP header can")]
    NoHeader {
        /// The operation's id.
        operation: &'static str,
    },
}

/// The credentials for an operation: those of the first alternative that has some, of which all are set; or none, if there is an
/// alternative without any.
pub(crate) fn choose<'a>(
    operation: &Operation,
    credentials: &'a impl CredentialSet,
) -> Result<impl Iterator<Item = Credential<'a>>, CredentialsError> {
    let is_set = |all: &&&[&str]| all.iter().all(|one| credentials.get(one).is_some());
    let chosen = operation.security.iter().filter(is_set).min_by_key(|all| all.is_empty());
    if chosen.is_none() && !operation.security.is_empty() {
        let alternatives: Vec<_> = operation.security.iter().map(|all| all.join(" and ")).collect();
        let schemes = alternatives.join(", or ");
        return Err(CredentialsError::Missing { operation: operation.id, schemes });
    }
    Ok(chosen.into_iter().flat_map(|all| all.iter()).filter_map(|one| credentials.get(one)))
}

impl<'a> Credential<'a> {
    /// Puts the credential on a request. `None` if no header can hold it.
    pub(crate) fn put_on(self, request: &mut Request) -> Option<()> {
        let (name, value) = match self {
            Self::Query(name, key) => {
                request.url_mut().query_pairs_mut().append_pair(name, key.expose());
                return Some(());
            }
            Self::Header(name, key) => (HeaderName::from_static(name), key.expose().to_owned()),
            Self::Bearer(token) => (AUTHORIZATION, format!("Bearer {}", token.expose())),
            Self::Basic(user, password) => {
                (AUTHORIZATION, basic_authorization(user, password.expose()))
            }
        };
        let mut value = HeaderValue::from_str(&value).ok()?;
        value.set_sensitive(true);
        request.headers_mut().insert(name, value);
        Some(())
    }

    /// What must not come back: the secret and, where the two differ, what is sent of it.
    pub(crate) fn secrets(self) -> impl Iterator<Item = Cow<'a, str>> {
        let (secret, sent) = match self {
            Self::Query(_, secret) | Self::Header(_, secret) | Self::Bearer(secret) => {
                (secret, None)
            }
            Self::Basic(user, password) => (password, Some(base64(user, password.expose()))),
        };
        iter::once(secret.expose().into()).chain(sent.map(Cow::from))
    }
}

/// The header `Authorization` of HTTP's basic authentication, for mocks to compare with.
#[must_use]
pub fn basic_authorization(user: &str, password: &str) -> String {
    format!("Basic {}", base64(user, password))
}

fn base64(user: &str, password: &str) -> String {
    BASE64_STANDARD.encode(format!("{user}:{password}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Secret;

    struct Keys(Option<Secret>);

    impl CredentialSet for Keys {
        const SCHEMES: &'static [&'static str] = &["key", "other"];

        fn get(&self, scheme: &str) -> Option<Credential<'_>> {
            let key = self.0.as_ref().filter(|_| scheme == "key")?;
            Some(Credential::Query("key", key))
        }
    }

    /// How many credentials are chosen, if the operation can be called.
    fn chosen(security: &'static [&'static [&'static str]], is_set: bool) -> Option<usize> {
        let operation =
            Operation { id: "read", method: "GET", path: "/", security, rate_limit: None };
        let keys = Keys(is_set.then(|| Secret::from("0123456789")));
        choose(&operation, &keys).ok().map(Iterator::count)
    }

    #[test]
    fn a_credential_that_is_set_is_sent_wherever_it_may_be_left_out() {
        const SECURITY: [&[&[&str]]; 6] = [
            &[],
            &[&["key"]],
            &[&[], &["key"]],
            &[&["key"], &[]],
            &[&["key", "other"], &["key"]],
            &[&["other"], &[]],
        ];
        let found = SECURITY.map(|security| (chosen(security, true), chosen(security, false)));
        let expected = [
            (Some(0), Some(0)),
            (Some(1), None),
            (Some(1), Some(0)),
            (Some(1), Some(0)),
            (Some(1), None),
            (Some(0), Some(0)),
        ];
        assert_eq!(found, expected);
    }
}
