//! The same as `fleet_ours`, for the whole report at the end.

use anyhow::ensure;
use benchmarks::{Meter, fleet::Load};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let load = Load::from_arguments()?;
    let (bulk, devices) = (load.by_it_access()?, load.devices);

    let meter = Meter::start_above_input()?;
    let applied = bulk.await?.counts().applied;
    ensure!(applied == devices, "applied to {applied} of {devices} devices");
    meter.tell()
}
