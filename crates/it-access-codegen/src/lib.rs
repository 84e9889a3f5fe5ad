#![doc = include_str!("../README.md")]

mod adapt;
mod amend;
mod document;
mod error;
mod output;
#[cfg(test)]
#[expect(unreachable_pub, reason = "public in the clients that it is written into")]
mod pairs;
mod settings;
mod yaml;

pub use document::Document;
pub use error::Error;
pub use output::{generate_client, generate_httpmock};
pub use settings::Settings;
