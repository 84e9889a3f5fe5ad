//! What progenitor leaves out, generated from the document, one subject a file.

mod client;
mod credentials;
mod headers;
mod operations;
mod servers;

use openapiv3::OpenAPI;
use proc_macro2::TokenStream;
use quote::quote;

pub(crate) use credentials::{Kind, Scheme, schemes};
pub(crate) use headers::{DeclaredHeader, component, declared_headers, resolve_schema};
pub(crate) use operations::{Operation, operations};

/// The items that a client has besides progenitor's.
pub(crate) fn client(document: &OpenAPI) -> TokenStream {
    let operations = operations(document);
    let credentials = credentials::credentials(&schemes(document));
    let client = client::client(&operations);
    let metadata = operations::module(&operations, document);
    let headers = headers::module(&operations, document);
    let servers = servers::module(&document.servers);
    quote! {
        #[allow(unused_imports, reason = "what a document does not need")]
        pub use ::it_access_runtime::{
            Answer, InvalidBaseUrl, Operation, Pairs, RateLimit, Secret, SetupError,
        };
        #client
        #credentials
        #metadata
        #headers
        #servers
    }
}
