#![doc = include_str!("../README.md")]

mod adapt;
mod amend;
mod check;
mod diagnostic;
mod document;
mod editions;
mod error;
mod generator;
mod output;
mod print;
mod render;
mod rules;
mod rust_name;
mod settings;
mod source;
mod suggest;
mod supply;

pub use diagnostic::{Diagnostic, Diagnostics, Severity};
pub use document::Document;
pub use editions::{EditionError, Editions, sha256sums};
pub use error::Error;
pub use output::{generate_client, generate_httpmock};
pub use settings::Settings;
