//! What the document says of each operation besides its types.

use openapiv3::{OpenAPI, Parameter, ReferenceOr};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde::Deserialize;

use crate::rust_name;

/// An operation, and where it stands.
pub(crate) struct Operation<'a> {
    pub(crate) id: &'a str,
    pub(crate) method: String,
    pub(crate) path: &'a str,
    pub(crate) model: &'a openapiv3::Operation,
    /// The parameters that it shares with the other operations of its path.
    pub(crate) shared_parameters: &'a [ReferenceOr<Parameter>],
}

impl Operation<'_> {
    /// The name of the client's method.
    pub(crate) fn method_name(&self) -> String {
        rust_name::method(self.id)
    }

    /// The name of the operation's metadata.
    pub(crate) fn constant(&self) -> Ident {
        let name = rust_name::constant_ident(self.id);
        // The name of the list of them all.
        if name == "ALL" { format_ident!("ALL_") } else { name }
    }
}

/// The operations of a document, by their paths.
pub(crate) fn operations(document: &OpenAPI) -> Vec<Operation<'_>> {
    let mut operations = Vec::new();
    for (path, item) in &document.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        for (method, model) in item.iter() {
            let Some(id) = &model.operation_id else { continue };
            operations.push(Operation {
                id,
                method: method.to_uppercase(),
                path,
                model,
                shared_parameters: &item.parameters,
            });
        }
    }
    operations
}

/// The extension `x-rate-limit`.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Extension {
    limit: u32,
    window_seconds: u64,
    scope: String,
}

/// A module of constants, one for each operation.
pub(super) fn module(operations: &[Operation<'_>], document: &OpenAPI) -> TokenStream {
    let names: Vec<_> = operations.iter().map(Operation::constant).collect();
    let constants = operations.iter().zip(&names).map(|(operation, name)| {
        let Operation { id, method, path, model, .. } = operation;
        let summary = model.summary.as_deref().unwrap_or_default();
        let doc = format!("`{method} {path}`\n\n{summary}");
        let security = security(model, document);
        let rate_limit = rate_limit(model);
        quote! {
            #[doc = #doc]
            pub const #name: Operation = Operation {
                id: #id,
                method: #method,
                path: #path,
                security: &[#(&[#(#security),*]),*],
                rate_limit: #rate_limit,
            };
        }
    });
    quote! {
        /// What the document says of each operation besides its types.
        pub mod operations {
            #[allow(unused_imports, reason = "what a document does not need")]
            use ::it_access_runtime::{Operation, RateLimit};

            #(#constants)*

            /// All operations, by their paths.
            pub const ALL: &[Operation] = &[#(#names),*];
        }
    }
}

/// The operation's own security requirements or, if it has none of its own, the document's.
fn security<'a>(
    operation: &'a openapiv3::Operation,
    document: &'a OpenAPI,
) -> Vec<Vec<&'a String>> {
    let requirements = operation.security.as_ref().or(document.security.as_ref());
    let alternatives = requirements.into_iter().flatten();
    alternatives.map(|requirement| requirement.keys().collect()).collect()
}

fn rate_limit(operation: &openapiv3::Operation) -> TokenStream {
    let extension = operation.extensions.get("x-rate-limit").cloned().unwrap_or_default();
    match serde_json::from_value::<Extension>(extension) {
        Ok(Extension { limit, window_seconds, scope }) => quote! {
            Some(RateLimit {
                limit: #limit,
                window: ::std::time::Duration::from_secs(#window_seconds),
                scope: #scope,
            })
        },
        Err(_) => quote!(None),
    }
}
