//! A call with the client that openapi-generator makes.

use benchmarks_support::call::{Job, TOKEN, each_once, http_client};
use client::{
    apis::{
        configuration::{ApiKey, Configuration},
        devices_api::device_action,
    },
    models::{DeviceActionRequest, DeviceActionRequestByIds, DeviceActionResult, DeviceActionType},
};

fn main() -> anyhow::Result<()> {
    let job = Job::from_arguments()?;
    let configuration = Configuration {
        base_path: job.base_url.clone(),
        client: http_client()?,
        api_key: Some(ApiKey { prefix: None, key: TOKEN.to_owned() }),
        ..Configuration::default()
    };
    job.run(async || {
        let states = unexempt(&configuration, &job.hwids).await?;
        let applied = Some(DeviceActionResult::Applied);
        Ok(states.iter().filter(|(_, state)| *state == applied).count())
    })
}

/// Each device once, and its state.
async fn unexempt(
    configuration: &Configuration,
    hwids: &[String],
) -> anyhow::Result<Vec<(String, Option<DeviceActionResult>)>> {
    let hwids = each_once(hwids);
    let request = DeviceActionRequestByIds::new(DeviceActionType::Unexempt, hwids.clone());
    let request = DeviceActionRequest::DeviceActionRequestByIds(Box::new(request));
    let results = device_action(configuration, request).await?;
    let with_state = |hwid: String| {
        let state = results.get(&hwid).copied();
        (hwid, state)
    };
    Ok(hwids.into_iter().map(with_state).collect())
}
