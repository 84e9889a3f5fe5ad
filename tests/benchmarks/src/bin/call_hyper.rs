//! The limit of a call: bytes that are ready, sent by hyper, and one pass over the answer. It keeps no state of any device,
//! knows no time limit, and could speak to no service with TLS.

use std::fmt;

use anyhow::{Context, ensure};
use benchmarks_support::call::{Job, TOKEN};
use http_body_util::{BodyExt, Full};
use hyper::{Request, StatusCode, body::Bytes, client::conn::http1::handshake};
use hyper_util::rt::TokioIo;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use serde_json::json;
use tokio::net::TcpStream;

fn main() -> anyhow::Result<()> {
    let job = Job::from_arguments()?;
    let host = job.base_url.strip_prefix("http://").context("a base URL without TLS")?;
    let body = Bytes::from(json!({ "types": "unexempt", "ids": job.hwids }).to_string());
    job.run(async || {
        let answer = exchange(host, body.clone()).await?;
        let Applied(applied) = serde_json::from_slice(&answer)?;
        Ok(applied)
    })
}

/// Sends the body on a connection of its own, and reads that of the answer.
async fn exchange(host: &str, body: Bytes) -> anyhow::Result<Bytes> {
    let stream = TcpStream::connect(host).await?;
    stream.set_nodelay(true)?; // as reqwest does
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    let request = Request::post(format!("/o/api/v3/devices/action?access_token={TOKEN}"))
        .header("host", host)
        .header("accept", "application/json")
        .header("content-type", "application/json")
        .body(Full::new(body))?;
    let answer = sender.send_request(request).await?;
    ensure!(answer.status() == StatusCode::OK, "{}", answer.status());
    Ok(answer.into_body().collect().await?.to_bytes())
}

/// How often the code 1 is in an answer.
struct Applied(usize);

impl<'de> Deserialize<'de> for Applied {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Count)
    }
}

struct Count;

impl<'de> Visitor<'de> for Count {
    type Value = Applied;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a code for each device")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut codes: A) -> Result<Applied, A::Error> {
        let mut applied = 0;
        while let Some((_, code)) = codes.next_entry::<IgnoredAny, i64>()? {
            applied += usize::from(code == 1);
        }
        Ok(Applied(applied))
    }
}
