//! The cases of `cargo xtask languages`, with the client that progenitor makes while this is compiled.

use std::env;

use cases::{refused, report};
// snippet
use client::{Client, Error, types};

mod client {
    progenitor::generate_api!(
        spec = "../document.json",
        // The generator does not read `apiKey` schemes: each client holds the token, and a hook adds it to the URL.
        inner_type = String,
        pre_hook = crate::add_token,
    );
}

fn add_token(token: &String, request: &mut reqwest::Request) {
    request.url_mut().query_pairs_mut().append_pair("access_token", token);
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let service = env::var("IT_ACCESS_BASE_URL")?;
    let devices = Client::new(&service, env::var("IT_ACCESS_TOKEN")?);

    let exempt = types::DeviceActionRequestByIds {
        types: types::DeviceActionType::Exempt,
        ids: vec!["device123".parse()?, "device456".parse()?, "device789".parse()?],
        params: Some(types::DeviceActionParams { exempt_time: Some(60), group_id: None }),
    };
    let results = devices.device_action(&exempt.into()).await?.into_inner();
    report("exempt", &results);
    // end of snippet

    let re_identify = types::DeviceActionRequestByIds {
        types: types::DeviceActionType::ReIdentify,
        ids: vec!["laptop-002".parse()?],
        params: None,
    }
    .into();
    report("by-ids", &devices.device_action(&re_identify).await?.into_inner());

    let renew = types::DeviceActionRequestByMacs {
        types: types::DeviceActionType::Dhcprenew,
        macs: vec!["00:0c:29:cd:c7:b2".parse()?, "00:0c:29:4f:8e:35".parse()?],
        params: None,
    };
    report("by-macs", &devices.device_action(&renew.into()).await?.into_inner());

    let assign = types::DeviceActionRequestByIds {
        types: types::DeviceActionType::AssignToGroup,
        ids: vec!["laptop-001".parse()?, "dc-001".parse()?],
        params: Some(types::DeviceActionParams { exempt_time: None, group_id: Some("finance".parse()?) }),
    };
    report("group", &devices.device_action(&assign.into()).await?.into_inner());

    let stranger = Client::new(&service, "wrong".to_owned());
    let answer = stranger.device_action(&re_identify).await;
    let Err(Error::ErrorResponse(refusal)) = answer else { panic!("{answer:?}") };
    refused("unauthorized", refusal.status(), refusal.headers());

    let refusal = loop {
        match devices.device_action(&re_identify).await {
            Ok(_) => continue,
            Err(Error::ErrorResponse(refusal)) => break refusal,
            Err(other) => return Err(other.into()),
        }
    };
    refused("rate-limited", refusal.status(), refusal.headers());
    Ok(())
}
