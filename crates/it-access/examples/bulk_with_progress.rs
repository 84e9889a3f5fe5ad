//! Exempts 200 devices in requests of 50, and tells how far it is, on a simulated service:
//! `cargo run --package it-access --example bulk_with_progress`.

use it_access::{AccessToken, Client, ExemptFor, Observer, RequestInfo, Targets, Unpaced};
use it_access_sim::{Fleet, Service};

/// Prints a line for each request.
#[derive(Debug)]
struct Requests;

impl Observer for Requests {
    #[expect(clippy::print_stdout, reason = "this is what an example is for")]
    fn sent(&self, request: &RequestInfo<'_>) {
        println!("request {}: {} devices", request.number, request.devices);
    }
}

#[expect(clippy::print_stdout, reason = "this is what an example is for")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // In the place of the vendor's service, so that no account is needed. It has no quota unless it is given one.
    let (fleet, token) = (Fleet::generate(200, 1), "simulated-token");
    let targets = Targets::hwids(fleet.devices().map(|device| device.hwid()))?;
    let service = Service::new(fleet, token).listen("127.0.0.1:0".parse()?).await?;

    let token: AccessToken = token.parse()?;
    let client = Client::builder().base_url(service.base_url()).tokens(token);
    // The vendor's own service takes ten requests a minute, so leave the quota as it is there.
    let client = client.quota(Unpaced).observer(Requests).build()?;

    let mut outcomes = client.exempt(&targets, ExemptFor::hours(60)?).outcomes();
    let (mut done, mut applied) = (0, 0);
    while let Some(device) = outcomes.next().await {
        done += 1;
        applied += usize::from(device.state.is_applied());
        if done % 50 == 0 {
            println!("{done} of {}: {applied} applied", targets.len());
        }
    }
    println!("{}", outcomes.into_report()?.counts());
    Ok(())
}
