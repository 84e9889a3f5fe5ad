//! Exempts three devices for 60 hours, on a simulated service: `cargo run --package it-access --example quickstart`.

use it_access::{Client, ExemptFor, Targets};
use it_access_sim::{Fleet, Service};

#[expect(clippy::print_stdout, reason = "this is what an example is for")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // In the place of the vendor's service, so that no account is needed.
    let token = "simulated-token";
    let service = Service::new(Fleet::example(), token).listen("127.0.0.1:0".parse()?).await?;

    let client = Client::with_base_url(&service.base_url(), token.parse()?)?;
    let targets = Targets::hwids(["device123", "device456", "device789"])?;
    let report = client.exempt(&targets, ExemptFor::hours(60)?).await?;
    for device in report.devices() {
        println!("{}: {}", device.id, device.state);
    }
    println!("{}", report.counts());
    Ok(())
}
