//! By what the service knows the account: a token, or client credentials that get one.

mod astray;
mod choice;
mod keyring;
mod secret;

use std::{sync::Arc, time::Duration};

use anyhow::{Context, anyhow};
use it_access::{
    AccessToken, ClientCredentials, InvalidClientCredentials, TokenFile, TokenProvider,
};

pub(crate) use choice::{Credentials, TOKEN_VARIABLE};
pub(crate) use keyring::Entry;
pub(crate) use secret::Place;

use crate::{failure::Failure, settings::Setting};

impl Credentials {
    /// Reads the secret that is needed, and makes of it what gives out tokens, each within this time. Nothing is sent yet.
    pub(crate) async fn provider(
        &self,
        base_url: &Setting<String>,
        timeout: Duration,
    ) -> Result<Arc<dyn TokenProvider>, Failure> {
        match self {
            Self::Token(place) => token(&place.value).await.map_err(Failure::usage),
            Self::Client { id, secret } => {
                let text = secret.value.read().map_err(Failure::usage)?;
                client_credentials(base_url, timeout, id, secret, text)
            }
        }
    }
}

async fn token(place: &Place) -> anyhow::Result<Arc<dyn TokenProvider>> {
    if let Place::File(path) = place {
        // A file can be kept fresh while a long job runs. A pipe can be read only once.
        if !path.exists() || path.is_file() {
            let file = TokenFile::new(path);
            file.token().await.map_err(|error| match std::error::Error::source(&error) {
                Some(cause) => anyhow!("{error}: {cause}"),
                None => anyhow!(error),
            })?;
            return Ok(Arc::new(file));
        }
    }
    let token: AccessToken = place.read()?.parse().with_context(|| place.to_string())?;
    Ok(Arc::new(token))
}

fn client_credentials(
    base_url: &Setting<String>,
    timeout: Duration,
    id: &Setting<String>,
    secret: &Setting<Place>,
    text: String,
) -> Result<Arc<dyn TokenProvider>, Failure> {
    let credentials = ClientCredentials::builder(&*id.value, text);
    match credentials.service(&base_url.value).timeout(timeout).build() {
        Ok(credentials) => Ok(Arc::new(credentials)),
        Err(InvalidClientCredentials::TokenEndpoint(error)) => {
            Err(Failure::usage(anyhow!("{}: {error}", base_url.source)))
        }
        Err(error @ InvalidClientCredentials::ClientId { .. }) => {
            Err(Failure::usage(anyhow!("{}: {error}", id.source)))
        }
        Err(error @ InvalidClientCredentials::ClientSecret { .. }) => {
            Err(Failure::usage(anyhow!("{}: {error}", secret.value)))
        }
        // Nothing that the user said is wrong.
        Err(error) => Err(Failure::nothing_processed(error)),
    }
}
