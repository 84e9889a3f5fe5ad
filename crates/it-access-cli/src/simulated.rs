//! `--simulate`: the simulated service in this process, in the place of the real one.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use it_access::{AccessToken, Client, ClientBuilder, Pacer};
use it_access_sim::{DEFAULT_ACCESS_TOKEN, Fleet, Quota, RunningService, Service};

use crate::{arguments::Options, failure::Failure, talk::say};

/// A simulated service that runs.
pub(crate) struct Simulated {
    service: RunningService,
    window: Duration,
}

impl Simulated {
    pub(crate) async fn start(options: &Options, fleet: Fleet) -> Result<Self, Failure> {
        let window = window(options);
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let service = Service::new(fleet, DEFAULT_ACCESS_TOKEN)
            .with_quota(Quota::new(Client::rate_limit().limit, window))
            .listen(address)
            .await
            .map_err(Failure::nothing_processed)?;
        let base_url = service.base_url();
        match options.simulate_speed {
            None | Some(1) => {
                say(format_args!("simulated service at {base_url}; no account is touched"))
            }
            Some(speed) => say(format_args!(
                "simulated service at {base_url}, {speed} times as fast; no account is touched"
            )),
        }
        Ok(Self { service, window })
    }

    /// Makes a client one of this service, at its speed.
    pub(crate) fn client(&self, client: ClientBuilder) -> Result<ClientBuilder, Failure> {
        let token: AccessToken = DEFAULT_ACCESS_TOKEN.parse().map_err(Failure::usage)?;
        let quota = Pacer::new(Client::rate_limit().limit, self.window);
        Ok(client.base_url(self.service.base_url()).tokens(Arc::new(token)).quota(quota))
    }
}

/// The window of the quota, as long as it lasts here.
pub(crate) fn window(options: &Options) -> Duration {
    Client::rate_limit().window / options.simulate_speed.unwrap_or(1)
}
