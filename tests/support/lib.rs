//! What the tests across the crates share.

mod raw_server;
mod schema;
mod workspace;
mod wrong_bodies;

pub use raw_server::{RawServer, http};
pub use schema::schema_of;
pub use workspace::{copy_openapi, example, root};
pub use wrong_bodies::{wrong_answers, wrong_requests};

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
