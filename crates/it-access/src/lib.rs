#![doc = include_str!("../README.md")]

mod access_token;
mod action;
mod box_future;
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
mod mac_address;
pub mod pacing;
mod quota;
mod report;
mod status;
mod targets;
mod tokens;
mod wire;

pub use access_token::AccessToken;
pub use action::DeviceAction;
pub use box_future::BoxFuture;
pub use client::{Client, DEFAULT_BASE_URL};
pub use counts::Counts;
pub use device_id::DeviceId;
pub use device_state::DeviceState;
pub use error::{Error, ErrorKind};
pub use exempt_for::{ExemptFor, ExemptHours};
pub use group_id::GroupId;
pub use hwid::Hwid;
pub use invalid_input::InvalidInput;
pub use mac_address::MacAddress;
pub use pacing::{Observation, Pacer, Unpaced};
pub use quota::{Ask, Permit, Quota, QuotaError, RequestEnd, Slot};
pub use report::{ActionReport, DeviceReport, UnaskedResult};
pub use status::ActionStatus;
pub use targets::{TargetList, Targets};
pub use tokens::{
    ClientCredentials, ClientCredentialsBuilder, EnvironmentToken, InvalidClientCredentials,
    TokenError, TokenFile, TokenProvider,
};

pub use it_access_api::{InvalidBaseUrl, SetupError};
