//! `it-access simulate`: the simulated service as a server of its own.

mod introduction;
mod lists;
mod quota;
mod settings;

use std::time::Duration;

use anyhow::Context;
use it_access_sim::RunningService;

pub(crate) use settings::Settings;

use crate::{exit_status::ExitStatus, failure::Failure, shown::shown};

/// How long requests in flight are waited for. A client that hangs in one is not.
const PATIENCE: Duration = Duration::from_secs(1);

/// Serves until it is interrupted, or only shows a list that was asked for.
pub(crate) async fn simulate(settings: Settings) -> Result<ExitStatus, Failure> {
    if settings.assumptions {
        return shown(lists::show_assumptions());
    }
    if settings.list_faults {
        return shown(lists::show_faults());
    }
    let service = start(&settings).await?;
    introduction::write(&service, &settings).map_err(Failure::nothing_processed)?;
    tokio::signal::ctrl_c().await.map_err(Failure::nothing_processed)?;
    // What is not done by then is cut off by the end of the process.
    let _ = tokio::time::timeout(PATIENCE, service.shutdown()).await;
    Ok(ExitStatus::AllApplied)
}

async fn start(settings: &Settings) -> Result<RunningService, Failure> {
    let service = settings.service().map_err(Failure::usage)?;
    service
        .listen(settings.listen)
        .await
        .with_context(|| format!("cannot listen on {}", settings.listen))
        .map_err(Failure::nothing_processed)
}
