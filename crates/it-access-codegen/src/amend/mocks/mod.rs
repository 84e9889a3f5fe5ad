//! Extends the mocks by what progenitor leaves out: credentials, response headers, and answers one after the other.

mod answers;
mod bodies;
mod matchers;

use openapiv3::OpenAPI;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{Attribute, Item, ItemMod, parse_quote};

use super::read;
use crate::{
    Error,
    rust_name::mock_ident,
    supply::{DeclaredHeader, Kind, Operation, Scheme, declared_headers, operations, schemes},
};

pub(super) fn extend(items: &mut [Item], document: &OpenAPI) -> Result<(), Error> {
    let (attributes, module) = operations_module(items)?;
    attributes.push(parse_quote!(#[allow(clippy::unwrap_used, reason = "of regular expressions that progenitor writes")]));
    let schemes = schemes(document);
    let operations = operations(document);
    answers::mend(module);
    let taken: Vec<_> = schemes.iter().map(credential_matcher_name).collect();
    matchers::mend(module, &operations, &taken, document);
    for operation in operations {
        let headers = declared_headers(&operation, document.components.as_ref());
        module.extend(read(extension(&operation, &schemes, &headers))?);
    }
    Ok(())
}

/// The attributes and items of `pub mod operations`, where progenitor puts the two types of each operation.
fn operations_module(items: &mut [Item]) -> Result<(&mut Vec<Attribute>, &mut Vec<Item>), Error> {
    let module = items.iter_mut().find_map(|item| match item {
        Item::Mod(ItemMod { ident, attrs, content: Some((_, items)), .. })
            if ident == "operations" =>
        {
            Some((attrs, items))
        }
        _ => None,
    });
    module.ok_or_else(|| Error::UnexpectedOutput("there is no module `operations`".to_owned()))
}

fn extension(
    operation: &Operation<'_>,
    schemes: &[Scheme<'_>],
    headers: &[DeclaredHeader<'_>],
) -> TokenStream {
    let method_name = operation.method_name();
    let when = mock_ident(&format!("{method_name}-when"));
    let then = mock_ident(&format!("{method_name}-then"));
    let credentials = schemes.iter().map(credential_matcher);
    let headers = headers.iter().map(header_setter);
    quote! {
        impl #when {
            #(#credentials)*
        }

        impl #then {
            #(#headers)*

            /// Answers so many requests only, and leaves the rest to mocks that are registered later: so answers
            /// come one after the other.
            pub fn times(self, requests: usize) -> Self {
                Self(self.0.up_to_n_times(requests))
            }
        }
    }
}

fn credential_matcher_name(scheme: &Scheme<'_>) -> Ident {
    format_ident!("with_{}", scheme.field())
}

/// A matcher of the credential of one security scheme.
fn credential_matcher(scheme: &Scheme<'_>) -> TokenStream {
    let name = credential_matcher_name(scheme);
    let doc = format!("Answers only requests with this credential of `{}`.", scheme.name);
    match scheme.kind {
        Kind::Query(key) => quote! {
            #[doc = #doc]
            pub fn #name(self, secret: &str) -> Self {
                Self(self.0.query_param(#key, secret))
            }
        },
        Kind::Header(key) => quote! {
            #[doc = #doc]
            pub fn #name(self, secret: &str) -> Self {
                Self(self.0.header(#key, secret))
            }
        },
        Kind::Bearer => quote! {
            #[doc = #doc]
            pub fn #name(self, secret: &str) -> Self {
                Self(self.0.header("authorization", format!("Bearer {secret}")))
            }
        },
        Kind::Basic => quote! {
            #[doc = #doc]
            pub fn #name(self, user: &str, password: &str) -> Self {
                let (user, password) = (user.to_owned(), password.to_owned());
                Self(self.0.is_true(move |request| {
                    let expected = ::it_access_runtime::basic_authorization(&user, &password);
                    let headers = request.headers_vec();
                    headers.iter().any(|(name, value)| {
                        name.eq_ignore_ascii_case("authorization") && *value == expected
                    })
                }))
            }
        },
    }
}

/// A setter of a declared response header, named so that no status of an operation is in its way.
fn header_setter(header: &DeclaredHeader<'_>) -> TokenStream {
    let DeclaredHeader { name, ty, .. } = header;
    let setter = format_ident!("with_{}", header.field());
    let doc = format!("Answers with the header `{name}`.");
    quote! {
        #[doc = #doc]
        pub fn #setter(self, value: #ty) -> Self {
            Self(self.0.header(#name, value.to_string()))
        }
    }
}
