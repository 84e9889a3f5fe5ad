//! Puts devices into a group by their MAC addresses, on a simulated service:
//! `cargo run --package it-access --example assign_to_group`.

use it_access::{Client, GroupId, Targets};
use it_access_sim::{Fleet, Service};

#[expect(clippy::print_stdout, reason = "this is what an example is for")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // In the place of the vendor's service, so that no account is needed.
    let token = "simulated-token";
    let service = Service::new(Fleet::example(), token).listen("127.0.0.1:0".parse()?).await?;

    let client = Client::with_base_url(&service.base_url(), token.parse()?)?;
    // Two laptops and a domain controller, each address in another spelling.
    let addresses = ["00:0c:29:cd:c7:b2", "00-0C-29-10-00-02", "000c.2910.0401"];
    let targets = Targets::mac_addresses(addresses)?;
    let group: GroupId = "finance".parse()?;
    let report = client.assign_to_group(&targets, group).await?;
    for device in report.devices() {
        println!("{}: {}", device.id, device.state);
    }
    println!("{}", report.counts());
    Ok(())
}
