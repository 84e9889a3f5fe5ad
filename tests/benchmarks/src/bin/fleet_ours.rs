//! Ends the exemption of many devices by `it-access` without a quota, and counts the outcomes as they come.

use anyhow::ensure;
use benchmarks::{Meter, fleet::Load};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let load = Load::from_arguments()?;
    let (bulk, devices) = (load.by_it_access()?, load.devices);
    // The list stays the caller's, as in the other ways: to free it is no part of what is measured.
    let _list = bulk.clone();

    let meter = Meter::start_above_input()?;
    // In a task of its own, as the other ways have: tokio wakes the main one by a call of the system.
    let applied = tokio::spawn(async move {
        let (mut outcomes, mut applied) = (bulk.outcomes(), 0);
        while let Some(device) = outcomes.next().await {
            applied += usize::from(device.state.is_applied());
        }
        applied
    });
    let applied = applied.await?;
    ensure!(applied == devices, "applied to {applied} of {devices} devices");
    meter.tell()
}
