//! To which service the command speaks, and with which credentials.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
};

use anyhow::anyhow;
use it_access::{AccessToken, BuildError, Client, Retry, SetupError, TokenProvider};
use it_access_sim::{DEFAULT_ACCESS_TOKEN, Fleet, Quota, RunningService, Service};

use crate::{
    credentials::Credentials,
    failure::Failure,
    settings::{Setting, Settings, Source},
    talk::say,
    tell::Tell,
};

/// A client, and the simulated service if that is what it speaks to.
pub(crate) struct Connection {
    pub(crate) client: Client,
    _service: Option<RunningService>,
}

/// Makes the client. Nothing is sent yet.
pub(crate) async fn connect(settings: &Settings<'_>) -> Result<Connection, Failure> {
    if settings.options.simulate {
        return simulated(settings).await;
    }
    let base_url = settings.base_url().map_err(Failure::usage)?;
    let tokens = credentials(settings)?.provider(&base_url).await?;
    Ok(Connection { client: client(settings, &base_url, tokens)?, _service: None })
}

/// The credentials that are set; there must be some.
pub(crate) fn credentials(settings: &Settings<'_>) -> Result<Credentials, Failure> {
    Credentials::choose(settings).map_err(Failure::usage)?.ok_or_else(|| {
        Failure::usage(anyhow!(
            "there is no access token: set IT_ACCESS_TOKEN, or name a file by --token-file (- is \
             standard input), or a client by --client-id; to try without one, add --simulate"
        ))
    })
}

async fn simulated(settings: &Settings<'_>) -> Result<Connection, Failure> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let service = Service::new(Fleet::example(), DEFAULT_ACCESS_TOKEN)
        .with_quota(Quota::documented())
        .listen(address)
        .await
        .map_err(Failure::nothing_processed)?;
    let token: AccessToken = DEFAULT_ACCESS_TOKEN.parse().map_err(Failure::usage)?;
    let base_url = Setting { value: service.base_url(), source: Source::Default };
    let client = client(settings, &base_url, Arc::new(token))?;
    say(format_args!("simulated service at {}; no account is touched", base_url.value));
    Ok(Connection { client, _service: Some(service) })
}

pub(crate) fn client(
    settings: &Settings<'_>,
    base_url: &Setting<String>,
    tokens: Arc<dyn TokenProvider>,
) -> Result<Client, Failure> {
    let timeout = settings.timeout().map_err(Failure::usage)?.value;
    let attempts = settings.attempts().map_err(Failure::usage)?.value;
    let retry = Retry::default().with_max_attempts(attempts);
    let client = Client::builder().base_url(&*base_url.value).tokens(tokens);
    client.timeout(timeout).retry(retry).observer(Tell).build().map_err(|error| match error {
        BuildError::Setup(SetupError::BaseUrl(error)) => {
            Failure::usage(anyhow::Error::new(error).context(base_url.source.to_string()))
        }
        // Nothing that the user said is wrong.
        error => Failure::nothing_processed(error),
    })
}
