//! The quick start of the README: `cargo run --package it-access --example quickstart`.
//!
//! It reads `IT_ACCESS_TOKEN` and, if there is one, `IT_ACCESS_BASE_URL`. `it-access simulate` says what to set them to for
//! a simulated service.

#![expect(clippy::print_stdout, reason = "this is what an example is for")]

use it_access::{Client, ExemptFor, Targets};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_environment()?; // IT_ACCESS_TOKEN, and IT_ACCESS_BASE_URL if it is set
    let targets = Targets::hwids(["device123", "device456", "device789"])?;
    for device in client.exempt(&targets, ExemptFor::hours(60)?).await?.devices() {
        println!("{}: {}", device.id, device.state); // device789: applied
    }
    Ok(())
}
