//! Where the access token of each request comes from.

mod client_credentials;
mod environment;
mod error;
mod file;

use std::{fmt, sync::Arc};

pub use client_credentials::{
    ClientCredentials, ClientCredentialsBuilder, InvalidClientCredentials,
};
pub use environment::EnvironmentToken;
pub use error::TokenError;
pub use file::TokenFile;

use crate::{AccessToken, BoxFuture};

/// Where the access token of each request comes from.
///
/// An [`AccessToken`] is one, and always the same. [`EnvironmentToken`] and [`TokenFile`] read anew each time, so that a
/// token can be changed under a running program. [`ClientCredentials`] gets tokens from the service, and renews them.
///
/// # Examples
///
/// A provider of one's own:
///
/// ```
/// use it_access::{AccessToken, BoxFuture, TokenError, TokenProvider};
///
/// #[derive(Debug)]
/// struct Vault;
///
/// impl TokenProvider for Vault {
///     fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
///         Box::pin(async { Err(TokenError::new("the vault is sealed; unseal it").permanent()) })
///     }
///
///     fn refuse(&self, _token: &AccessToken) {}
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let error = Vault.token().await.unwrap_err();
/// assert_eq!(error.to_string(), "the vault is sealed; unseal it");
/// # }
/// ```
pub trait TokenProvider: fmt::Debug + Send + Sync {
    /// Gives out a token to use at once. The future may be dropped at any time.
    ///
    /// The request has a permit of the quota meanwhile. If that gets older than a second, it is given back for another, and the
    /// token asked for again: keep one at hand that has taken long to get.
    ///
    /// # Errors
    ///
    /// If there is none. The request that needs it is then not sent.
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>>;

    /// The service answered 401 to this token: it is not given out again if there is a way to get another.
    ///
    /// Several requests may refuse the same token, the later ones when there is a new one already.
    fn refuse(&self, token: &AccessToken);
}

impl TokenProvider for AccessToken {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }

    /// Does nothing: there is no other.
    fn refuse(&self, _token: &AccessToken) {}
}

impl<T: TokenProvider + ?Sized> TokenProvider for Arc<T> {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        (**self).token()
    }

    fn refuse(&self, token: &AccessToken) {
        (**self).refuse(token);
    }
}
