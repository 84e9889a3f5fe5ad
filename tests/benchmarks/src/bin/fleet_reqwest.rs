//! Ends the exemption of many devices by reqwest, used by hand, with the limits that `it-access` has.

use std::time::Duration;

use benchmarks::fleet::{
    Load,
    by_hand::{Exchange, PATH, run},
};
use bytes::Bytes;
use reqwest::{
    Client,
    header::{ACCEPT, CONTENT_TYPE},
    redirect::Policy,
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let load = Load::from_arguments()?;
    let client = Client::builder()
        .pool_max_idle_per_host(0)
        .redirect(Policy::none())
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_secs(60))
        .user_agent(concat!("it-access/", env!("CARGO_PKG_VERSION")))
        .build()?;
    let url = format!("{}{PATH}", load.base_url);
    run(&load, Reqwest { client, url }).await
}

struct Reqwest {
    client: Client,
    url: String,
}

impl Exchange for Reqwest {
    async fn exchange(&self, body: Vec<u8>) -> anyhow::Result<Bytes> {
        let request = self
            .client
            .post(&self.url)
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, "application/json")
            .body(body);
        Ok(request.send().await?.error_for_status()?.bytes().await?)
    }
}
