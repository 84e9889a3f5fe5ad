#![doc = include_str!("../README.md")]

mod account;
mod action;
mod api;
mod assumptions;
mod device;
mod example;
mod fleet;
mod json;
mod mac;
mod refusal;
mod request;
mod rules;
mod service;
mod token;

pub use assumptions::{ASSUMPTIONS, Assumption, Basis};
pub use device::{Agent, DEFAULT_GROUP, Device, Exemption, Standing};
pub use fleet::{DuplicateDevice, Fleet};
pub use mac::{InvalidMacAddress, MacAddress};
pub use service::{RunningService, Service};
pub use token::DEFAULT_ACCESS_TOKEN;
