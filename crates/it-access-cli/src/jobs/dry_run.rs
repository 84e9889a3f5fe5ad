//! `--dry-run`: the requests that would be sent.

use std::{
    io::{self, Write},
    num::NonZeroUsize,
};

use it_access::DeviceAction;
use it_access_jobs::{DryRequest, DryRunError, Plan};

use super::plan;
use crate::{
    arguments::{Direct, Format},
    connect::check_base_url,
    exit_status::ExitStatus,
    failure::Failure,
    settings::Settings,
    shown::shown,
    talk::say,
};

/// Shows the requests for devices that are named one by one.
pub(crate) fn show_devices(
    settings: &Settings<'_>,
    action: DeviceAction,
    direct: Direct,
) -> Result<ExitStatus, Failure> {
    let batch_size = settings.batch_size(direct.batch_size);
    let batch_size = batch_size.map_err(Failure::usage)?.value;
    let targets = direct.devices.into_targets().map_err(Failure::usage)?;
    show(settings, &plan::of_named(action, &targets, batch_size)?, batch_size)
}

/// Shows the requests of a plan. Nothing is sent, and no token is needed.
pub(super) fn show(
    settings: &Settings<'_>,
    plan: &Plan,
    batch_size: NonZeroUsize,
) -> Result<ExitStatus, Failure> {
    let base_url = settings.base_url().map_err(Failure::usage)?;
    check_base_url(&base_url)?;
    let format = settings.format().map_err(Failure::usage)?.value;
    let requests = plan.dry_run(&base_url.value, batch_size);
    shown(write(format, requests).map(|count| {
        let s = if count == 1 { "" } else { "s" };
        say(format_args!("{count} request{s} would be sent; nothing was"));
    }))
}

/// Writes them one by one: a plan may have thousands.
fn write(
    format: Format,
    requests: impl Iterator<Item = Result<DryRequest, DryRunError>>,
) -> anyhow::Result<usize> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut count = 0;
    match format {
        Format::Table => {
            for request in requests {
                writeln!(out, "{}", request?)?;
                count += 1;
            }
        }
        Format::Json => {
            for request in requests {
                write!(out, "{}", if count == 0 { "[\n" } else { ",\n" })?;
                serde_json::to_writer(&mut out, &request?)?;
                count += 1;
            }
            writeln!(out, "{}", if count == 0 { "[]" } else { "\n]" })?;
        }
        Format::Ndjson => {
            for request in requests {
                serde_json::to_writer(&mut out, &request?)?;
                writeln!(out)?;
                count += 1;
            }
        }
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(&mut out);
            for request in requests {
                writer.serialize(request?)?;
                count += 1;
            }
            writer.flush()?;
        }
    }
    out.flush()?;
    Ok(count)
}
