//! One call, by the client that openapi-generator makes.

use std::env;

use client::{
    apis::{
        configuration::{ApiKey, Configuration},
        devices_api::device_action,
    },
    models::{DeviceActionRequest, DeviceActionRequestByIds, DeviceActionType},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let configuration = Configuration {
        base_path: env::var("IT_ACCESS_BASE_URL")?,
        api_key: Some(ApiKey { prefix: None, key: env::var("IT_ACCESS_TOKEN")? }),
        ..Configuration::default()
    };
    let ids = vec!["device123".to_owned()];
    let request = DeviceActionRequestByIds::new(DeviceActionType::Unexempt, ids);
    let request = DeviceActionRequest::DeviceActionRequestByIds(Box::new(request));
    for (device, result) in device_action(&configuration, request).await? {
        println!("{device}: {result}");
    }
    Ok(())
}
