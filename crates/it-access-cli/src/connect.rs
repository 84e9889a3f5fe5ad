//! To which service the command speaks, and with which token.

use std::net::{Ipv4Addr, SocketAddr};

use it_access::Client;
use it_access_sim::{DEFAULT_ACCESS_TOKEN, Fleet, RunningService, Service};

use crate::{arguments::Options, failure::Failure, token};

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
    let token = token::read(options.token_file.as_deref()).map_err(Failure::usage)?;
    let client = Client::with_base_url(&options.base_url, token).map_err(Failure::usage)?;
    Ok(Connection { client, _service: None })
}

#[expect(clippy::print_stderr, reason = "talk goes to standard error")]
async fn simulated() -> Result<Connection, Failure> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    let service = Service::new(Fleet::example(), DEFAULT_ACCESS_TOKEN)
        .listen(address)
        .await
        .map_err(Failure::nothing_processed)?;
    let token = DEFAULT_ACCESS_TOKEN.parse().map_err(Failure::usage)?;
    let client = Client::with_base_url(&service.base_url(), token).map_err(Failure::usage)?;
    eprintln!("simulated service at {}; no account is touched", service.base_url());
    Ok(Connection { client, _service: Some(service) })
}
