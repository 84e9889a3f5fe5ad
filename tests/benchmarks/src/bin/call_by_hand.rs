//! A call with reqwest and serde, as one would write it by hand.

use std::collections::HashMap;

use benchmarks_support::call::{Job, TOKEN, each_once, http_client};
use reqwest::Client;
use serde::Serialize;

fn main() -> anyhow::Result<()> {
    let job = Job::from_arguments()?;
    let client = http_client()?;
    job.run(async || {
        let states = unexempt(&client, &job.base_url, &job.hwids).await?;
        Ok(states.iter().filter(|(_, code)| *code == Some(1)).count())
    })
}

/// Each device once, and its code.
async fn unexempt(
    client: &Client,
    base_url: &str,
    hwids: &[String],
) -> reqwest::Result<Vec<(String, Option<i64>)>> {
    let request = Request { types: "unexempt", ids: each_once(hwids) };
    let url = format!("{base_url}/o/api/v3/devices/action?access_token={TOKEN}");
    let answer = client.post(url).json(&request).send().await?.error_for_status()?;
    let codes: HashMap<String, i64> = answer.json().await?;
    let with_code = |hwid| {
        let code = codes.get(&hwid).copied();
        (hwid, code)
    };
    Ok(request.ids.into_iter().map(with_code).collect())
}

#[derive(Serialize)]
struct Request {
    types: &'static str,
    ids: Vec<String>,
}
