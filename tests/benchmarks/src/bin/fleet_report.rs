//! The same as `fleet_ours`, for the whole report at the end.

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
    let applied = bulk.await?.counts().applied;
    ensure!(applied == devices, "applied to {applied} of {devices} devices");
    meter.tell()
}
