//! The eight actions: from the arguments to the report.

use std::io::{self, Write};

use it_access::{BulkReport, InvalidInput, StopReason, TargetList, Targets};

use crate::{
    arguments::{Devices, Options, Request},
    confirm::Question,
    connect::connect,
    exit_status::ExitStatus,
    failure::{Failure, print_error},
    report,
    talk::say,
};

/// What became of every device, and what stopped the action, if anything did.
pub(crate) struct ActReport {
    /// Every device once, in the order of the input.
    pub(crate) devices: BulkReport,
    /// Why nothing more was sent, if something was left.
    pub(crate) stopped_by: Option<StopReason>,
}

pub(crate) async fn act(options: &Options, request: Request) -> Result<ExitStatus, Failure> {
    let Request { action, devices, needs_consent } = request;
    let targets = targets(devices).map_err(Failure::usage)?;
    let connection = connect(options).await?;
    if needs_consent {
        let base_url = connection.client.base_url();
        Question { action: &action, targets: &targets, base_url }.ask()?;
    }

    let duplicates = targets.duplicates();
    let report = match connection.client.act(action, &targets).await {
        Ok(devices) => ActReport { devices, stopped_by: None },
        Err(stopped) => {
            let (devices, reason) = stopped.into_parts();
            ActReport { devices, stopped_by: Some(reason) }
        }
    };
    let written = write_results(options, &report);
    talk(&report, duplicates);
    match written {
        Ok(()) => Ok(ExitStatus::of(&report.devices.counts())),
        Err(error) => {
            let error = anyhow::Error::new(error).context(
                "the results could not be written; look at the devices before repeating the action",
            );
            print_error(error.as_ref());
            // Who reads the results does not know what became of any device.
            Ok(ExitStatus::SomeUncertain)
        }
    }
}

fn targets(devices: Devices) -> Result<Targets, InvalidInput> {
    // One of the two is empty: clap sees to it.
    if devices.macs.is_empty() {
        TargetList::new(devices.hwids).map(Targets::Hwids)
    } else {
        TargetList::new(devices.macs).map(Targets::MacAddresses)
    }
}

fn write_results(options: &Options, report: &ActReport) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    report::write(options.format.unwrap_or_default(), report, &mut stdout)?;
    stdout.flush()
}

/// Says what the results alone do not.
fn talk(report: &ActReport, duplicates: usize) {
    match duplicates {
        0 => {}
        1 => say("1 duplicate left out"),
        _ => say(format_args!("{duplicates} duplicates left out")),
    }
    for result in report.devices.unasked() {
        let (key, status) = (&result.key, result.status);
        say(format_args!(
            "warning: the service sent a result that was not asked for: {key:?} {status}"
        ));
    }
    match &report.stopped_by {
        None => {}
        Some(StopReason::Failed(error)) => print_error(error),
        Some(reason) => say(reason),
    }
    say(report.devices.counts());
}
