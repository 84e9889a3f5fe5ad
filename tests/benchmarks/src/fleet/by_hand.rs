//! The same requests by hand: bodies written from the list, and one pass over each answer.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use anyhow::ensure;
use bytes::Bytes;
use serde::{
    Deserializer as _, Serialize,
    de::{MapAccess, Visitor},
};
use tokio::task::JoinSet;

use super::{Load, hwids};
use crate::Meter;

/// The path of a request, its query included.
pub const PATH: &str = "/o/api/v3/devices/action?access_token=benchmark-token";

/// Sends a body, each on a connection of its own, and gives back the body of the answer.
pub trait Exchange: Send + Sync + 'static {
    /// Sends a body.
    fn exchange(&self, body: Vec<u8>) -> impl Future<Output = anyhow::Result<Bytes>> + Send;
}

/// Sends to all devices, and prints what it cost.
///
/// # Errors
///
/// If a request fails, or the action is not applied to every device.
pub async fn run(load: &Load, by: impl Exchange) -> anyhow::Result<()> {
    let run = Arc::new(Run {
        by,
        ids: hwids(load.devices).collect(),
        batch_size: load.batch_size.get(),
        next: AtomicUsize::new(0),
    });
    let meter = Meter::start_above_input()?;
    let mut senders = JoinSet::new();
    for _ in 0..load.concurrency.get() {
        let run = Arc::clone(&run);
        senders.spawn(async move { run.send_all().await });
    }
    let mut applied = 0;
    while let Some(sender) = senders.join_next().await {
        applied += sender??;
    }
    ensure!(applied == load.devices, "applied to {applied} of {} devices", load.devices);
    meter.tell()
}

/// What all senders share.
struct Run<E> {
    by: E,
    ids: Vec<String>,
    batch_size: usize,
    next: AtomicUsize,
}

impl<E: Exchange> Run<E> {
    /// Sends batch after batch while there is one. Says to how many devices the action was applied.
    async fn send_all(&self) -> anyhow::Result<usize> {
        let mut applied = 0;
        loop {
            let start = self.next.fetch_add(self.batch_size, Ordering::Relaxed);
            let Some(rest) = self.ids.get(start..).filter(|rest| !rest.is_empty()) else {
                return Ok(applied);
            };
            let ids = &rest[..rest.len().min(self.batch_size)];
            let body = serde_json::to_vec(&Body { ids, types: "unexempt" })?;
            let answer = self.by.exchange(body).await?;
            applied +=
                serde_json::Deserializer::from_slice(&answer).deserialize_map(CountApplied)?;
        }
    }
}

/// The document's request, in the order in which `it-access` writes it.
#[derive(Serialize)]
struct Body<'a> {
    ids: &'a [String],
    types: &'static str,
}

struct CountApplied;

impl<'de> Visitor<'de> for CountApplied {
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
