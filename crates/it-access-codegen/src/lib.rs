#![doc = include_str!("../README.md")]

mod adapt;
mod amend;
mod document;
mod editions;
mod error;
mod names;
mod output;
mod settings;
mod supply;
mod yaml;

pub use document::Document;
pub use editions::{EditionError, Editions, sha256sums};
pub use error::Error;
pub use output::{generate_client, generate_httpmock};
pub use settings::Settings;
