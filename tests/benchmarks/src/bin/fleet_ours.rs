//! Ends the exemption of many devices by `it-access` without a quota, and counts the outcomes as they come.

use anyhow::ensure;
use benchmarks::{
    Meter,
    fleet::{Load, TOKEN, hwids},
};
use it_access::{AccessToken, Client, Targets, Unpaced};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let Load { base_url, devices, batch_size, concurrency } = Load::from_arguments()?;
    let token: AccessToken = TOKEN.parse()?;
    let client = Client::builder().base_url(base_url).tokens(token).quota(Unpaced).build()?;
    let targets = Targets::hwids(hwids(devices))?;

    let meter = Meter::start_above_input()?;
    let bulk = client.unexempt(&targets).batch_size(batch_size).concurrency(concurrency);
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
