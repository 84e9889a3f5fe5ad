#![doc = include_str!("../README.md")]

#[rustfmt::skip]
#[allow(clippy::all, reason = "generated, for any document")]
mod generated;

pub use generated::{MockServerExt, operations};
