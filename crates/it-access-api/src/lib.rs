#![doc = include_str!("../README.md")]

mod access_token;
mod base_url;
mod client;
mod exposure;
mod hooks;

#[rustfmt::skip]
#[allow(
    clippy::clone_on_copy, clippy::needless_lifetimes,
    reason = "written by progenitor, for any document"
)]
mod generated;

pub use access_token::AccessToken;
pub use base_url::InvalidBaseUrl;
pub use client::SetupError;
pub use generated::*;
