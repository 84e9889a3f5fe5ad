//! What the programs share that send to many devices.

pub mod by_hand;

use std::{env, fmt::Display, num::NonZeroUsize, str::FromStr};

use anyhow::Context;
use it_access::{AccessToken, Bulk, Client, Targets, Unpaced};

/// The access token of all requests. It is none.
pub const TOKEN: &str = "benchmark-token";

/// What is sent: read from the program's arguments.
pub struct Load {
    /// Where the service is, without a slash at the end.
    pub base_url: String,
    /// The number of devices.
    pub devices: usize,
    /// The devices in one request.
    pub batch_size: NonZeroUsize,
    /// The requests that are on their way at once.
    pub concurrency: NonZeroUsize,
}

impl Load {
    /// Reads the arguments of this program: base URL, devices, batch size and concurrency.
    ///
    /// # Errors
    ///
    /// If one is missing, or no number.
    pub fn from_arguments() -> anyhow::Result<Self> {
        let mut arguments = env::args().skip(1);
        let mut next = |name: &'static str| arguments.next().context(name);
        Ok(Self {
            base_url: next("base URL")?,
            devices: number(&next("devices")?)?,
            batch_size: number(&next("batch size")?)?,
            concurrency: number(&next("concurrency")?)?,
        })
    }

    /// The same by `it-access`, without a quota. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// If the client cannot be made.
    pub fn by_it_access(&self) -> anyhow::Result<Bulk> {
        let token: AccessToken = TOKEN.parse()?;
        let client = Client::builder().base_url(&*self.base_url).tokens(token).quota(Unpaced);
        let bulk = client.build()?.unexempt(&Targets::hwids(hwids(self.devices))?);
        Ok(bulk.batch_size(self.batch_size).concurrency(self.concurrency))
    }
}

fn number<T: FromStr<Err: Display>>(text: &str) -> anyhow::Result<T> {
    text.parse().map_err(|error| anyhow::anyhow!("{text}: {error}"))
}

/// Makes up HWIDs, the same ones each time: 32 hexadecimal digits in no order.
pub fn hwids(devices: usize) -> impl Iterator<Item = String> {
    let mut chance = fastrand::Rng::with_seed(7);
    (0..devices).map(move |_| format!("{:032x}", chance.u128(..)))
}
