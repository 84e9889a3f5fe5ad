//! A call with the client that progenitor makes while this is compiled.

use benchmarks_support::call::{Job, TOKEN, each_once, http_client};
use client::{Client, types};

mod client {
    progenitor::generate_api!(spec = "../document.json", pre_hook = crate::add_token);
}

/// The generator does not read `apiKey` schemes.
fn add_token(request: &mut reqwest::Request) {
    request.url_mut().query_pairs_mut().append_pair("access_token", TOKEN);
}

fn main() -> anyhow::Result<()> {
    let job = Job::from_arguments()?;
    let client = Client::new_with_client(&job.base_url, http_client()?);
    job.run(async || {
        let states = unexempt(&client, &job.hwids).await?;
        Ok(states.iter().filter(|(_, code)| *code == Some(1)).count())
    })
}

/// Each device once, and its code.
async fn unexempt(client: &Client, hwids: &[String]) -> anyhow::Result<Vec<(String, Option<i32>)>> {
    let hwids = each_once(hwids);
    let request = types::DeviceActionRequestByIds {
        types: types::DeviceActionType::Unexempt,
        ids: hwids.iter().map(|hwid| hwid.parse()).collect::<Result<_, _>>()?,
        params: None,
    };
    let results = client.device_action(&request.into()).await?.into_inner();
    let with_code = |hwid: String| {
        let code = results.get(&hwid).map(|result| **result);
        (hwid, code)
    };
    Ok(hwids.into_iter().map(with_code).collect())
}
