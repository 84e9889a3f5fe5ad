//! To which service the command speaks, and with which token.

use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};

use it_access::{AccessToken, BuildError, Client, Observer, RequestInfo, Retry, SetupError};
use it_access_sim::{DEFAULT_ACCESS_TOKEN, Fleet, Quota, RunningService, Service};

use crate::{
    arguments::Options,
    base_url::{self, BaseUrl},
    failure::Failure,
    talk::say,
    token,
};

/// A client, and the simulated service if that is what it speaks to.
pub(crate) struct Connection {
    pub(crate) client: Client,
    _service: Option<RunningService>,
}

/// Makes the client. Nothing is sent yet.
pub(crate) async fn connect(options: &Options) -> Result<Connection, Failure> {
    if options.simulate {
        return simulated().await;
    }
    let base_url = base_url::choose(options.base_url.as_deref()).map_err(Failure::usage)?;
    let token = token::read(options.token_file.as_deref()).map_err(Failure::usage)?;
    Ok(Connection { client: client(&base_url, token)?, _service: None })
}

async fn simulated() -> Result<Connection, Failure> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let service = Service::new(Fleet::example(), DEFAULT_ACCESS_TOKEN)
        .with_quota(Quota::documented())
        .listen(address)
        .await
        .map_err(Failure::nothing_processed)?;
    let token = DEFAULT_ACCESS_TOKEN.parse().map_err(Failure::usage)?;
    let base_url = BaseUrl { text: service.base_url(), origin: "the simulated service" };
    let client = client(&base_url, token)?;
    say(format_args!("simulated service at {}; no account is touched", base_url.text));
    Ok(Connection { client, _service: Some(service) })
}

/// Nothing is repeated by itself: who types a command sees its error, and can.
fn client(BaseUrl { text, origin }: &BaseUrl, token: AccessToken) -> Result<Client, Failure> {
    let client = Client::builder().base_url(text).tokens(token);
    client.retry(Retry::never()).observer(TellWaiting).build().map_err(|error| match error {
        BuildError::Setup(SetupError::BaseUrl(error)) => {
            Failure::usage(anyhow::Error::new(error).context(*origin))
        }
        // Nothing that the user said is wrong.
        error => Failure::nothing_processed(error),
    })
}

/// Says when a request has to wait, since nothing else is to be seen then.
#[derive(Debug)]
struct TellWaiting;

impl Observer for TellWaiting {
    fn waiting(&self, _: &RequestInfo<'_>, about: Duration) {
        let seconds = about.as_secs_f64().ceil();
        say(format_args!(
            "waiting {seconds} s: the account's requests for this minute are used up"
        ));
    }
}
