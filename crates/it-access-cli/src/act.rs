//! The eight actions: from the arguments to the report.

use std::io::{self, Write};

use it_access::{InvalidInput, TargetList, Targets};
use it_access_jobs::{Job, JobReport};

use crate::{
    arguments::{Devices, Options, Request},
    confirm,
    connect::connect,
    exit_status::ExitStatus,
    failure::{Failure, print_error},
    report,
};

pub(crate) async fn act(options: &Options, request: Request) -> Result<ExitStatus, Failure> {
    let Request { action, devices, needs_consent } = request;
    let targets = targets(devices).map_err(Failure::usage)?;
    let connection = connect(options).await?;
    if needs_consent {
        confirm::consent(&action, &targets, &connection.client)?;
    }

    let duplicates = targets.duplicates();
    let report = Job::new(action, targets).run(&connection.client).await;
    let status = ExitStatus::of(&report.devices.counts());
    let written = write_results(options, &report);
    talk(&report, duplicates);
    match written {
        Ok(()) => Ok(status),
        Err(error) => {
            print_error(anyhow::Error::new(error).context("the results were not written").as_ref());
            Ok(status.max(ExitStatus::SomeNotApplied))
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

fn write_results(options: &Options, report: &JobReport) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    report::write(options.format, report, &mut stdout)?;
    stdout.flush()
}

/// Says on standard error what the results alone do not.
#[expect(clippy::print_stderr, reason = "talk goes to standard error")]
fn talk(report: &JobReport, duplicates: usize) {
    if duplicates > 0 {
        eprintln!("{duplicates} left out: named before");
    }
    for result in report.devices.unasked() {
        let (key, status) = (&result.key, result.status);
        eprintln!("warning: the service sent a result that was not asked for: {key:?} {status}");
    }
    if let Some(error) = &report.stopped_by {
        print_error(error);
    }
    eprintln!("{}", report.devices.counts());
}
