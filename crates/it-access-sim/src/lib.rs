#![doc = include_str!("../README.md")]

mod account;
mod action;
mod assumptions;
mod call;
mod clock;
mod control;
mod device;
mod faults;
mod fleet;
mod mac;
mod object;
mod quota;
mod reply;
mod rules;
mod secret;
mod server;
mod service;
mod simulator;

pub use account::{
    Application, DEFAULT_ACCESS_TOKEN, DEFAULT_CLIENT_ID, DEFAULT_CLIENT_SECRET, LogEntry,
};
pub use action::ActionName;
pub use assumptions::{ASSUMPTIONS, Assumption, Basis};
pub use device::{Agent, DEFAULT_GROUP, Device, Exemption, Standing};
pub use faults::{
    Endpoint, FAULTS, Fault, FaultDescription, FaultKind, FaultName, InvalidFault, Latency,
    MacSpelling, When,
};
pub use fleet::{DuplicateDevice, Fleet, FleetFileError};
pub use mac::{InvalidMacAddress, MacAddress};
pub use quota::{InvalidQuota, Phase, Quota, QuotaPolicy, ResetForm, RetryAfterForm};
pub use reply::{Answer, Reply};
pub use server::RunningService;
pub use service::Service;
pub use simulator::Simulator;
