//! What the tests across the crates share.

pub mod canary;
mod closed_port;
mod log;
mod raw_server;
mod schema;
mod schemas;
mod workspace;
mod wrong_bodies;

pub use closed_port::ClosedPort;
pub use log::Log;
pub use raw_server::{Answer, RawServer, Request, http, json};
pub use schema::{schema_at, schema_of};
pub use schemas::{SchemaExample, schema_examples, schemas};
pub use workspace::{copy_openapi, example, root};
pub use wrong_bodies::{wrong_answers, wrong_requests};

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
