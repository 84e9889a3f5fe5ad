//! One call, by the client that progenitor makes.

use std::env;

use client::{Client, types};

#[allow(dead_code, reason = "a client has more than one program calls")]
mod client;

fn add_token(token: &String, request: &mut reqwest::Request) {
    request.url_mut().query_pairs_mut().append_pair("access_token", token);
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::new(&env::var("IT_ACCESS_BASE_URL")?, env::var("IT_ACCESS_TOKEN")?);
    let request = types::DeviceActionRequestByIds {
        types: types::DeviceActionType::Unexempt,
        ids: vec!["device123".parse()?],
        params: None,
    };
    let results = client.device_action(&request.into()).await?;
    for (device, result) in results.iter() {
        println!("{device}: {}", **result);
    }
    Ok(())
}
