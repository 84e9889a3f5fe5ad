//! `it-access simulate`: the simulated service as a server of its own.

use std::{io::Write, net::SocketAddr, time::Duration};

use anyhow::Context;
use it_access_sim::{DEFAULT_ACCESS_TOKEN, Fleet, Service};

use crate::{base_url, exit_status::ExitStatus, failure::Failure, token};

/// How long requests in flight are waited for. A client that hangs in one is not.
const PATIENCE: Duration = Duration::from_secs(1);

/// Serves until it is interrupted.
pub(crate) async fn serve(listen: SocketAddr) -> Result<ExitStatus, Failure> {
    let service = Service::new(Fleet::example(), DEFAULT_ACCESS_TOKEN)
        .listen(listen)
        .await
        .with_context(|| format!("cannot listen on {listen}"))
        .map_err(Failure::nothing_processed)?;
    introduce(&service.base_url()).map_err(Failure::nothing_processed)?;
    tokio::signal::ctrl_c().await.map_err(Failure::nothing_processed)?;
    // What is not done by then is cut off by the end of the process.
    let _ = tokio::time::timeout(PATIENCE, service.shutdown()).await;
    Ok(ExitStatus::AllApplied)
}

fn introduce(base_url: &str) -> std::io::Result<()> {
    let (address, token) = (base_url::VARIABLE, token::VARIABLE);
    writeln!(
        std::io::stdout(),
        "Simulated service on {base_url}; Ctrl-C stops it. In another terminal:\n\n  \
         export {address}={base_url} {token}={DEFAULT_ACCESS_TOKEN}\n  \
         it-access exempt --hours 60 --hwid device123 --hwid device456 --hwid device789\n"
    )
}
