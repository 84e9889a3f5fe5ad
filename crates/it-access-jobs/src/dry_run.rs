//! The requests of a plan or a job, shown and not sent. A test holds them to what is really sent, byte for byte.

use std::{convert::Infallible, fmt, num::NonZeroUsize};

use it_access::{DeviceAction, InvalidInput, Preview};
use serde::Serialize;

use crate::{IdKind, JournalError, Plan, Report, StateName};

/// A request that would be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct DryRequest {
    /// Its number, from 1.
    pub number: u64,
    /// Its HTTP method.
    pub method: &'static str,
    /// Its URL, with `[hidden]` in the token's place.
    pub url: String,
    /// Its body: JSON.
    pub body: String,
    /// The number of devices in it.
    pub devices: usize,
}

/// Why a request cannot be shown.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DryRunError {
    /// The journal cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A device is none that can be asked for.
    #[error(transparent)]
    Device(#[from] InvalidInput),
    /// The request cannot be written.
    #[error(transparent)]
    Request(#[from] it_access::Error),
}

impl From<Infallible> for DryRunError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl Plan {
    /// The requests that carry the plan out at this base URL, if none has to be repeated or cut in half. Nothing is sent.
    pub fn dry_run(
        &self,
        base_url: &str,
        batch_size: NonZeroUsize,
    ) -> impl Iterator<Item = Result<DryRequest, DryRunError>> {
        let ids = self.targets().map(|target| Ok::<_, Infallible>(target.id.to_owned()));
        Requests { action: self.action().clone(), kind: self.kind(), base_url, batch_size }.of(ids)
    }
}

impl Report {
    /// The requests that are left to send, likewise.
    pub fn dry_run(
        &self,
        base_url: &str,
        batch_size: NonZeroUsize,
    ) -> impl Iterator<Item = Result<DryRequest, DryRunError>> {
        let ids = self.rows(&[StateName::Unprocessed]).map(|row| row.map(|row| row.id));
        Requests { action: self.action().clone(), kind: self.kind(), base_url, batch_size }.of(ids)
    }
}

struct Requests<'a> {
    action: DeviceAction,
    kind: IdKind,
    base_url: &'a str,
    batch_size: NonZeroUsize,
}

impl Requests<'_> {
    fn of<E>(
        self,
        mut ids: impl Iterator<Item = Result<String, E>>,
    ) -> impl Iterator<Item = Result<DryRequest, DryRunError>>
    where
        DryRunError: From<E>,
    {
        let mut number = 0;
        std::iter::from_fn(move || {
            let batch: Result<Vec<String>, E> = ids.by_ref().take(self.batch_size.get()).collect();
            match batch {
                Ok(batch) if batch.is_empty() => None,
                Ok(batch) => {
                    number += 1;
                    Some(self.request(number, &batch))
                }
                Err(error) => Some(Err(error.into())),
            }
        })
    }

    fn request(&self, number: u64, batch: &[String]) -> Result<DryRequest, DryRunError> {
        let targets = self.kind.targets(batch.iter().map(String::as_str))?;
        let Preview { method, url, body, .. } =
            Preview::new(self.base_url, &self.action, &targets)?;
        Ok(DryRequest { number, method, url, body, devices: targets.len() })
    }
}

impl fmt::Display for DryRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}\n{}", self.method, self.url, self.body)
    }
}
