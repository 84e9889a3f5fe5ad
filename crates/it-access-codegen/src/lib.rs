#![doc = include_str!("../README.md")]

mod adapt;
mod amend;
mod check;
mod diagnostic;
mod document;
mod error;
mod generator;
mod output;
#[cfg(test)]
#[expect(unreachable_pub, reason = "public in the clients that it is written into")]
mod pairs;

mod render;
mod rules;
mod rust_name;
mod settings;
mod source;
mod suggest;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use document::Document;
pub use error::Error;
pub use output::{generate_client, generate_httpmock};
pub use settings::Settings;
