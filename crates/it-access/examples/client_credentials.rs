//! Gets access tokens for a client id and a secret, and renews them, on a simulated service:
//! `cargo run --package it-access --example client_credentials`.

use it_access::{Client, ClientCredentials, Targets};
use it_access_sim::{Fleet, Service};

#[expect(clippy::print_stdout, reason = "this is what an example is for")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // In the place of the vendor's service, so that no account is needed.
    let (id, secret) = ("simulated-client", "simulated-secret");
    let service = Service::new(Fleet::example(), "unused-token").with_oauth_client(id, secret);
    let service = service.listen("127.0.0.1:0".parse()?).await?;

    let tokens = ClientCredentials::for_service(&service.base_url(), id, secret)?;
    let client = Client::builder().base_url(service.base_url()).tokens(tokens).build()?;
    let targets = Targets::hwids(["laptop-001", "laptop-002"])?;
    for report in [client.renew_dhcp(&targets).await?, client.re_identify(&targets).await?] {
        println!("{}", report.counts());
    }
    // Both actions went out with the same token.
    println!("{} requests", service.simulator().requests_received());
    Ok(())
}
