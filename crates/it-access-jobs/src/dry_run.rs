//! The requests of a plan or a job, shown and not sent. A test holds them to what is really sent, byte for byte.

use std::{convert::Infallible, fmt, num::NonZeroUsize};

use it_access::{DeviceAction, ExemptFor};
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
    /// Its URL, without the token.
    pub url: String,
    /// Its body: JSON.
    pub body: String,
    /// The number of devices in it.
    pub devices: usize,
}

impl Plan {
    /// The requests that carry the plan out at this base URL, if none has to be repeated or cut in half. Nothing is sent.
    pub fn dry_run(
        &self,
        base_url: &str,
        batch_size: NonZeroUsize,
    ) -> impl Iterator<Item = DryRequest> {
        let ids = self.targets().map(|target| Ok::<_, Infallible>(target.id.to_owned()));
        let requests = Requests::new(self.action(), self.kind(), base_url, batch_size);
        requests.of(ids).map(|request| match request {
            Ok(request) => request,
        })
    }
}

impl Report {
    /// The requests that are left to send, likewise.
    pub fn dry_run(
        &self,
        base_url: &str,
        batch_size: NonZeroUsize,
    ) -> impl Iterator<Item = Result<DryRequest, JournalError>> {
        let rows = self.rows(&[StateName::Unprocessed]).map(|row| row.map(|row| row.id));
        Requests::new(self.action(), self.kind(), base_url, batch_size).of(rows)
    }
}

struct Requests {
    url: String,
    types: &'static str,
    params: Option<Params>,
    kind: IdKind,
    batch_size: NonZeroUsize,
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    ids: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    macs: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    params: Option<&'a Params>,
    types: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Params {
    ExemptTime(u16),
    GroupId(String),
}

impl Requests {
    fn new(action: &DeviceAction, kind: IdKind, base_url: &str, batch_size: NonZeroUsize) -> Self {
        let url = format!("{base_url}/o/api/v3/devices/action?access_token=[hidden]");
        let (types, params) = on_the_wire(action);
        Self { url, types, params, kind, batch_size }
    }

    fn of<E>(
        self,
        mut ids: impl Iterator<Item = Result<String, E>>,
    ) -> impl Iterator<Item = Result<DryRequest, E>> {
        let mut number = 0;
        std::iter::from_fn(move || {
            let batch: Result<Vec<String>, E> = ids.by_ref().take(self.batch_size.get()).collect();
            match batch {
                Ok(batch) if batch.is_empty() => None,
                Ok(batch) => {
                    number += 1;
                    Some(Ok(self.request(number, &batch)))
                }
                Err(error) => Some(Err(error)),
            }
        })
    }

    fn request(&self, number: u64, batch: &[String]) -> DryRequest {
        let (ids, macs) = match self.kind {
            IdKind::Hwids => (Some(batch), None),
            IdKind::MacAddresses => (None, Some(batch)),
        };
        let body = Body { ids, macs, params: self.params.as_ref(), types: self.types };
        DryRequest {
            number,
            method: "POST",
            url: self.url.clone(),
            // Texts and numbers can always be written.
            body: serde_json::to_string(&body).unwrap_or_default(),
            devices: batch.len(),
        }
    }
}

fn on_the_wire(action: &DeviceAction) -> (&'static str, Option<Params>) {
    match action {
        DeviceAction::Exempt(ExemptFor::Forever) => ("exempt", Some(Params::ExemptTime(0))),
        DeviceAction::Exempt(ExemptFor::Hours(hours)) => {
            ("exempt", Some(Params::ExemptTime(hours.get())))
        }
        DeviceAction::Unexempt => ("unexempt", None),
        DeviceAction::Ignore => ("ignore", None),
        DeviceAction::Unignore => ("unignore", None),
        DeviceAction::Delete => ("delete", None),
        DeviceAction::RenewDhcp => ("dhcprenew", None),
        DeviceAction::ReIdentify => ("re-identify", None),
        DeviceAction::AssignToGroup(group) => {
            ("assign_to_group", Some(Params::GroupId(group.as_str().to_owned())))
        }
    }
}

impl fmt::Display for DryRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}\n{}", self.method, self.url, self.body)
    }
}
