//! The cases of `cargo xtask languages`, with the client that openapi-generator makes.

mod last_headers;

use std::env;

use cases::{refused, report};
use last_headers::LastHeaders;
use reqwest_middleware::ClientBuilder;
// snippet
use client::{
    apis::{
        Error,
        configuration::{ApiKey, Configuration},
        devices_api::device_action,
    },
    models::{
        DeviceActionParams, DeviceActionRequest, DeviceActionRequestByIds, DeviceActionRequestByMacs, DeviceActionType,
    },
};

fn connect(access_token: &str) -> Configuration {
    Configuration {
        base_path: env::var("IT_ACCESS_BASE_URL").expect("a base URL"),
        api_key: Some(ApiKey { prefix: None, key: access_token.to_owned() }),
        ..Configuration::default()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut devices = connect(&env::var("IT_ACCESS_TOKEN")?);

    let ids = ["device123", "device456", "device789"].map(str::to_owned);
    let mut exempt = DeviceActionRequestByIds::new(DeviceActionType::Exempt, ids.to_vec());
    exempt.params = Some(Box::new(DeviceActionParams { exempt_time: Some(60), group_id: None }));
    let exempt = DeviceActionRequest::DeviceActionRequestByIds(Box::new(exempt));
    report("exempt", &device_action(&devices, exempt).await?);
    // end of snippet

    let re_identify = DeviceActionRequestByIds::new(DeviceActionType::ReIdentify, vec!["laptop-002".to_owned()]);
    let re_identify = DeviceActionRequest::DeviceActionRequestByIds(Box::new(re_identify));
    report("by-ids", &device_action(&devices, re_identify.clone()).await?);

    let macs = ["00:0c:29:cd:c7:b2", "00:0c:29:4f:8e:35"].map(str::to_owned);
    let renew = DeviceActionRequestByMacs::new(DeviceActionType::Dhcprenew, macs.to_vec());
    let renew = DeviceActionRequest::DeviceActionRequestByMacs(Box::new(renew));
    report("by-macs", &device_action(&devices, renew).await?);

    let ids = ["laptop-001", "dc-001"].map(str::to_owned);
    let mut assign = DeviceActionRequestByIds::new(DeviceActionType::AssignToGroup, ids.to_vec());
    assign.params = Some(Box::new(DeviceActionParams { exempt_time: None, group_id: Some("finance".to_owned()) }));
    let assign = DeviceActionRequest::DeviceActionRequestByIds(Box::new(assign));
    report("group", &device_action(&devices, assign).await?);

    // The generated functions drop the headers of a refusal: a middleware keeps them.
    let headers = LastHeaders::default();
    let http = ClientBuilder::new(reqwest::Client::new()).with(headers.clone()).build();
    let mut stranger = connect("wrong");
    (devices.client, stranger.client) = (http.clone(), http);

    let answer = device_action(&stranger, re_identify.clone()).await;
    let Err(Error::ResponseError(refusal)) = answer else { panic!("{answer:?}") };
    refused("unauthorized", refusal.status, &headers.get());

    let refusal = loop {
        match device_action(&devices, re_identify.clone()).await {
            Ok(_) => continue,
            Err(Error::ResponseError(refusal)) => break refusal,
            Err(other) => return Err(other.into()),
        }
    };
    refused("rate-limited", refusal.status, &headers.get());
    Ok(())
}
