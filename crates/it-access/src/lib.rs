#![doc = include_str!("../README.md")]

mod access_token;
mod action;
mod answer_headers;
mod box_future;
mod builder;
mod bulk;
mod client;
mod counts;
mod device_id;
mod device_state;
mod error;
mod excerpt;
mod exempt_for;
mod group_id;
mod hwid;
mod invalid_input;
mod jitter;
mod journal;
mod mac_address;
mod observer;
pub mod pacing;
mod preview;
mod quota;
mod report;
mod request;
mod retry;
mod short_text;
#[cfg(test)]
mod simulation;
mod status;
mod stop;
mod targets;
mod text_form;
mod tokens;
mod transport;
mod wire;

pub use access_token::AccessToken;
pub use action::DeviceAction;
pub use box_future::BoxFuture;
pub use builder::{BuildError, ClientBuilder};
pub use bulk::{Bulk, BulkError, BulkReport, Estimate, Outcomes, StopReason};
pub use client::{Client, DEFAULT_BASE_URL};
pub use counts::Counts;
pub use device_id::DeviceId;
pub use device_state::DeviceState;
pub use error::{Error, ErrorKind};
pub use exempt_for::{ExemptFor, ExemptHours};
pub use group_id::GroupId;
pub use hwid::Hwid;
pub use invalid_input::InvalidInput;
pub use journal::Journal;
pub use mac_address::MacAddress;
pub use observer::{Observer, RequestInfo};
pub use pacing::{Observation, Pacer, Unpaced};
pub use preview::Preview;
pub use quota::{Ask, Permit, Quota, QuotaError, RequestEnd, Slot};
pub use report::{ActionReport, DeviceReport, RequestReport, UnaskedResult};
pub use retry::Retry;
pub use status::ActionStatus;
pub use stop::StopHandle;
pub use targets::{TargetList, Targets};
pub use tokens::{
    ClientCredentials, ClientCredentialsBuilder, EnvironmentToken, InvalidClientCredentials,
    TokenError, TokenFile, TokenProvider,
};

pub use it_access_api::{Answer, InvalidBaseUrl, RateLimit, SetupError};
