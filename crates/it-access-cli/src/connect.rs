//! To which service the command speaks, and with which credentials.

use anyhow::anyhow;
use it_access::{AccessToken, BuildError, Client, ClientBuilder, Observer, Retry, SetupError};
use it_access_sim::Fleet;

use crate::{
    arguments::Sending,
    credentials::Credentials,
    failure::Failure,
    quota,
    settings::{Setting, Settings, Source},
    simulated::Simulated,
};

/// A client, and the simulated service if that is what it speaks to.
pub(crate) struct Connection {
    pub(crate) client: Client,
    _simulated: Option<Simulated>,
}

/// Makes the client: of the service, or of a simulated one with these devices. No action is sent yet.
pub(crate) async fn connect(
    settings: &Settings<'_>,
    sending: &Sending,
    observer: impl Observer + 'static,
    simulated_fleet: impl FnOnce() -> Fleet,
) -> Result<Connection, Failure> {
    let client = builder(settings).map_err(Failure::usage)?.observer(observer);
    if settings.options.simulate {
        let simulated = Simulated::start(settings.options, simulated_fleet()).await?;
        let client = build(simulated.client(client)?, &Source::Default)?;
        return Ok(Connection { client, _simulated: Some(simulated) });
    }
    let base_url = settings.base_url().map_err(Failure::usage)?;
    let store = settings.quota_store(sending.quota_store.as_deref()).map_err(Failure::usage)?.value;
    let timeout = settings.timeout().map_err(Failure::usage)?.value;
    let tokens = credentials(settings)?.provider(&base_url, timeout).await?;
    let client = client.base_url(&*base_url.value).tokens(tokens);
    let client = quota::keep_to(client, &store, &base_url.value).await?;
    Ok(Connection { client: build(client, &base_url.source)?, _simulated: None })
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

fn builder(settings: &Settings<'_>) -> anyhow::Result<ClientBuilder> {
    let retry = Retry::default().with_max_attempts(settings.attempts()?.value);
    Ok(Client::builder().timeout(settings.timeout()?.value).retry(retry))
}

/// Refuses a base URL that a client would refuse, where there need not be a token.
pub(crate) fn check_base_url(base_url: &Setting<String>) -> Result<(), Failure> {
    let stand_in: AccessToken = "none".parse().map_err(Failure::nothing_processed)?;
    let client = Client::builder().base_url(&*base_url.value).tokens(stand_in);
    build(client, &base_url.source).map(drop)
}

/// Makes the client, of a base URL from this source.
pub(crate) fn build(client: ClientBuilder, base_url: &Source) -> Result<Client, Failure> {
    client.build().map_err(|error| match error {
        BuildError::Setup(SetupError::BaseUrl(error)) => {
            Failure::usage(anyhow::Error::new(error).context(base_url.to_string()))
        }
        // Nothing that the user said is wrong.
        error => Failure::nothing_processed(error),
    })
}
