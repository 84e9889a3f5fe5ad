//! One call, by hand.

use std::{collections::HashMap, env};

use serde::Serialize;

#[derive(Serialize)]
struct Request<'a> {
    types: &'a str,
    ids: &'a [&'a str],
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let service = env::var("IT_ACCESS_BASE_URL")?;
    let token = env::var("IT_ACCESS_TOKEN")?;
    let answer = reqwest::Client::new()
        .post(format!("{service}/o/api/v3/devices/action"))
        .query(&[("access_token", token)])
        .json(&Request { types: "unexempt", ids: &["device123"] })
        .send()
        .await?
        .error_for_status()?;
    let results: HashMap<String, i64> = answer.json().await?;
    for (device, result) in results {
        println!("{device}: {result}");
    }
    Ok(())
}
