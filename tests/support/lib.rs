//! What the tests across the crates share.

mod raw_server;
mod workspace;

pub use raw_server::{RawServer, http};
pub use workspace::{example, root};

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
