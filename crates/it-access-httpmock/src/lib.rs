#![doc = include_str!("../README.md")]

#[rustfmt::skip]
#[allow(
    clippy::unwrap_used,
    reason = "written by progenitor, which unwraps its own regular expressions"
)]
mod generated;

pub use generated::{MockServerExt, operations};
