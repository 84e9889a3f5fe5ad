#![doc = include_str!("../README.md")]

mod answer;
mod base_url;
mod credentials;
mod exposure;
mod headers;
mod http;
mod operation;
mod pairs;
mod path;
mod query;
mod secret;
mod send;
mod spelling;
mod token_endpoint;

pub use answer::Answer;
pub use base_url::{BaseUrl, InvalidBaseUrl};
pub use credentials::{Credential, CredentialSet, CredentialsError, basic_authorization};
pub use headers::header;
pub use http::{Http, SetupError};
pub use operation::{Operation, RateLimit};
pub use pairs::{Pairs, each_pair};
pub use path::path_segment;
pub use query::query_text;
pub use secret::Secret;
pub use send::{answer, authorize, send};
pub use token_endpoint::TokenEndpoint;
