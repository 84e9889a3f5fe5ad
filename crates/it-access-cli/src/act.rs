//! The eight actions on devices that are named one by one: from the arguments to the report. What takes several requests
//! becomes a job.

use std::io;

use it_access::{Bulk, DeviceAction, StopReason};
use it_access_sim::Fleet;

use crate::{
    arguments::Direct,
    confirm::Question,
    connect::connect,
    exit_status::ExitStatus,
    failure::{Failure, print_error},
    interrupts::{BROKEN_OFF, Interrupts},
    jobs,
    report::{self, Results},
    settings::Settings,
    talk::{say, say_duplicates, warn},
    tell::Tell,
};

pub(crate) async fn act(
    settings: &Settings<'_>,
    action: DeviceAction,
    direct: Direct,
) -> Result<ExitStatus, Failure> {
    let Direct { devices, yes, running, batch_size, .. } = direct;
    let batch_size = settings.batch_size(batch_size).map_err(Failure::usage)?.value;
    let targets = devices.into_targets().map_err(Failure::usage)?;
    if targets.len() > batch_size.get() {
        return jobs::apply_named(settings, action, &targets, yes, &running, batch_size).await;
    }
    let sending = running.sending;
    let format = settings.format().map_err(Failure::usage)?.value;
    let connection = connect(settings, &sending, Tell, Fleet::example).await?;
    if action == DeviceAction::Delete && !yes {
        let devices = targets.iter().map(|id| id.to_string());
        Question::new(&action, targets.len(), devices, connection.client.base_url()).ask()?;
    }

    let run = connection.client.act(action, &targets).batch_size(batch_size);
    let results = carry_out(run).await?;
    let written = report::write(format, &results, &mut io::stdout().lock());
    talk(&results, targets.duplicates());
    match written {
        Ok(()) => Ok(ExitStatus::of(&results.devices.counts())),
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

/// Runs to the end, or until it is interrupted: once, and the request on its way is waited for; twice, and it is not.
async fn carry_out(run: Bulk) -> Result<Results, Failure> {
    let mut interrupts = Interrupts::listen().map_err(Failure::nothing_processed)?;
    let stop = run.stop_handle();
    let mut outcomes = run.outcomes();
    loop {
        tokio::select! {
            outcome = outcomes.next() => match outcome {
                Some(_) => {}
                None => break,
            },
            () = interrupts.stop(&stop) => break,
        }
    }
    Ok(match outcomes.into_report() {
        Ok(devices) => Results { devices, stopped_by: None },
        Err(stopped) => {
            let (devices, reason) = stopped.into_parts();
            Results { devices, stopped_by: Some(reason) }
        }
    })
}

/// Says what the results alone do not.
fn talk(results: &Results, duplicates: usize) {
    say_duplicates(duplicates);
    let counts = results.devices.counts();
    for result in results.devices.unasked() {
        let (key, status) = (&result.key, result.status);
        warn(format_args!(
            "warning: the service sent a result that was not asked for: {key:?} {status}"
        ));
    }
    match &results.stopped_by {
        None => {}
        Some(StopReason::Failed(error)) => print_error(error),
        Some(_) if counts.unknown > 0 => warn(BROKEN_OFF),
        Some(reason) => warn(reason),
    }
    say(counts);
}
