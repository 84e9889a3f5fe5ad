//! The same requests by bare hyper: the least that a client can do. It writes each body from the list, sends it on a connection of
//! its own, and counts the results in one pass over the answer.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::{Context, ensure};
use benchmarks::{
    Meter,
    fleet::{Load, TOKEN, hwids},
};
use bytes::Bytes;
use http::{
    Request,
    header::{ACCEPT, CONTENT_TYPE, HOST, USER_AGENT},
};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use serde::{
    Deserializer as _, Serialize,
    de::{MapAccess, Visitor},
};
use tokio::{net::TcpStream, task::JoinSet};

/// The document's request, in the order in which `it-access` writes it.
#[derive(Serialize)]
struct Body<'a> {
    ids: &'a [String],
    types: &'static str,
}

/// What all senders share.
struct Run {
    address: String,
    ids: Vec<String>,
    batch_size: usize,
    next: AtomicUsize,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let Load { base_url, devices, batch_size, concurrency } = Load::from_arguments()?;
    let run = Arc::new(Run {
        address: base_url.strip_prefix("http://").context("a base URL without TLS")?.to_owned(),
        ids: hwids(devices).collect(),
        batch_size: batch_size.get(),
        next: AtomicUsize::new(0),
    });

    let meter = Meter::start_above_input()?;
    let mut senders = JoinSet::new();
    for _ in 0..concurrency.get() {
        let run = Arc::clone(&run);
        senders.spawn(async move { run.send_all().await });
    }
    let mut applied = 0;
    while let Some(sender) = senders.join_next().await {
        applied += sender??;
    }
    ensure!(applied == devices, "applied to {applied} of {devices} devices");
    meter.tell()
}

impl Run {
    /// Sends batch after batch while there is one. Says to how many devices the action was applied.
    async fn send_all(&self) -> anyhow::Result<usize> {
        let mut applied = 0;
        loop {
            let start = self.next.fetch_add(self.batch_size, Ordering::Relaxed);
            let Some(rest) = self.ids.get(start..).filter(|rest| !rest.is_empty()) else {
                return Ok(applied);
            };
            applied += self.send(&rest[..rest.len().min(self.batch_size)]).await?;
        }
    }

    async fn send(&self, ids: &[String]) -> anyhow::Result<usize> {
        let body = serde_json::to_vec(&Body { ids, types: "unexempt" })?;
        let request = Request::post(format!("/o/api/v3/devices/action?access_token={TOKEN}"))
            .header(HOST, &self.address)
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, "application/json")
            .header(USER_AGENT, concat!("it-access/", env!("CARGO_PKG_VERSION")))
            .body(Full::new(Bytes::from(body)))?;
        let stream = TcpStream::connect(&self.address).await?;
        stream.set_nodelay(true)?;
        let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        let answer = sender.send_request(request).await?;
        let answer = answer.into_body().collect().await?.to_bytes();
        Ok(serde_json::Deserializer::from_slice(&answer).deserialize_map(Applied)?)
    }
}

/// Counts the results that say so.
struct Applied;

impl<'de> Visitor<'de> for Applied {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a result for each device")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<usize, A::Error> {
        let mut applied = 0;
        while let Some((_, code)) = map.next_entry::<&str, i64>()? {
            applied += usize::from(code == 1);
        }
        Ok(applied)
    }
}
