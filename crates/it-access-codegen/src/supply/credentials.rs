//! Credentials, from `components.securitySchemes`.

use openapiv3::{APIKeyLocation, OpenAPI, ReferenceOr, SecurityScheme};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::rust_name::{snake, value_ident};

/// A security scheme that can be generated.
pub(crate) struct Scheme<'a> {
    /// Its key in the document.
    pub(crate) name: &'a str,
    pub(crate) description: Option<&'a str>,
    pub(crate) kind: Kind<'a>,
}

pub(crate) enum Kind<'a> {
    /// A key in the query, under this name.
    Query(&'a str),
    /// A key in the header of this name.
    Header(&'a str),
    Bearer,
    Basic,
}

impl Scheme<'_> {
    /// The Rust name of its credential.
    pub(crate) fn field(&self) -> Ident {
        value_ident(self.name)
    }
}

/// The schemes of a document, in its order.
pub(crate) fn schemes(document: &OpenAPI) -> Vec<Scheme<'_>> {
    let schemes = document.components.iter().flat_map(|components| &components.security_schemes);
    schemes
        .filter_map(|(name, scheme)| {
            let (kind, description) = match resolved(scheme, document)? {
                SecurityScheme::APIKey { location, name, description, .. } => {
                    let kind = match location {
                        APIKeyLocation::Query => Kind::Query(name),
                        APIKeyLocation::Header => Kind::Header(name),
                        APIKeyLocation::Cookie => return None,
                    };
                    (kind, description)
                }
                SecurityScheme::HTTP { scheme, description, .. } => {
                    let kind = match scheme.to_ascii_lowercase().as_str() {
                        "bearer" => Kind::Bearer,
                        "basic" => Kind::Basic,
                        _ => return None,
                    };
                    (kind, description)
                }
                _ => return None,
            };
            Some(Scheme { name, description: description.as_deref(), kind })
        })
        .collect()
}

/// What a scheme is, or refers to. No circle of references passes the checks.
fn resolved<'a>(
    scheme: &'a ReferenceOr<SecurityScheme>,
    document: &'a OpenAPI,
) -> Option<&'a SecurityScheme> {
    match scheme {
        ReferenceOr::Item(scheme) => Some(scheme),
        ReferenceOr::Reference { reference } => {
            let name = reference.strip_prefix("#/components/securitySchemes/")?;
            resolved(document.components.as_ref()?.security_schemes.get(name)?, document)
        }
    }
}

/// The type of the client's credentials.
pub(super) fn credentials(schemes: &[Scheme<'_>]) -> TokenStream {
    let names: Vec<_> = schemes.iter().map(|scheme| scheme.name).collect();
    let fields: Vec<_> = schemes.iter().map(Scheme::field).collect();
    let types = schemes.iter().map(|scheme| match scheme.kind {
        Kind::Basic => quote!((::std::string::String, Secret)),
        _ => quote!(Secret),
    });
    let setters = schemes.iter().map(setter);
    let credentials = schemes.iter().map(credential);
    quote! {
        /// The credentials of a client, one for each security scheme of the document. They cannot be printed, and go
        /// nowhere but to the service.
        #[derive(Clone, Debug, Default)]
        pub struct Credentials {
            #(#fields: ::std::option::Option<#types>,)*
        }

        impl Credentials {
            /// No credentials yet.
            pub fn new() -> Self {
                Self::default()
            }

            #(#setters)*
        }

        impl ::it_access_runtime::CredentialSet for Credentials {
            const SCHEMES: &'static [&'static str] = &[#(#names),*];

            fn get(
                &self,
                scheme: &str,
            ) -> ::std::option::Option<::it_access_runtime::Credential<'_>> {
                match scheme {
                    #(#names => self.#fields.as_ref().map(#credentials),)*
                    _ => None,
                }
            }
        }
    }
}

fn setter(scheme: &Scheme<'_>) -> TokenStream {
    let field = scheme.field();
    let setter = format_ident!("with_{}", snake(scheme.name));
    let description = scheme.description.unwrap_or_default();
    let doc = format!("Sets the credential of `{}`.\n\n{description}", scheme.name);
    match scheme.kind {
        Kind::Basic => quote! {
            #[doc = #doc]
            pub fn #setter(
                mut self,
                user: impl Into<::std::string::String>,
                password: impl Into<Secret>,
            ) -> Self {
                self.#field = Some((user.into(), password.into()));
                self
            }
        },
        _ => quote! {
            #[doc = #doc]
            pub fn #setter(mut self, secret: impl Into<Secret>) -> Self {
                self.#field = Some(secret.into());
                self
            }
        },
    }
}

/// A closure from what is kept to what is put on a request.
fn credential(scheme: &Scheme<'_>) -> TokenStream {
    let credential = quote!(::it_access_runtime::Credential);
    match scheme.kind {
        Kind::Query(name) => quote!(|secret| #credential::Query(#name, secret)),
        Kind::Header(name) => {
            let name = name.to_ascii_lowercase();
            quote!(|secret| #credential::Header(#name, secret))
        }
        Kind::Bearer => quote!(#credential::Bearer),
        Kind::Basic => quote!(|(user, password)| #credential::Basic(user, password)),
    }
}
