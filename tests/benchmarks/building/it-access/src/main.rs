//! One call, by the wrapper.

use it_access::{Client, Targets};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_environment()?;
    let report = client.unexempt(&Targets::hwids(["device123"])?).await?;
    for device in report.devices() {
        println!("{}: {}", device.id, device.state);
    }
    Ok(())
}
