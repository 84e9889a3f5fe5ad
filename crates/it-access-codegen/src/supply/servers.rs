//! The servers that the document names, with their variables.

use openapiv3::{Server, ServerVariable};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use crate::rust_name::{type_ident, value_ident};

/// A module with a type for each server, or nothing where the document names none.
pub(super) fn module(servers: &[Server]) -> TokenStream {
    let Some(first) = servers.first() else { return TokenStream::new() };
    let default = with_defaults(first);
    let types = servers.iter().enumerate().map(|(index, server)| server_type(index, server));
    quote! {
        /// The servers that the document names.
        pub mod servers {
            /// The base URL of the first server, with the defaults of its variables.
            pub const DEFAULT: &str = #default;

            #(#types)*
        }
    }
}

/// The URL of a server with the defaults of its variables.
fn with_defaults(server: &Server) -> String {
    variables(server).fold(server.url.clone(), |url, (name, variable)| {
        url.replace(&format!("{{{name}}}"), &variable.default)
    })
}

fn server_type(index: usize, server: &Server) -> TokenStream {
    let name = match index {
        0 => format_ident!("Server"),
        _ => format_ident!("Server{}", index + 1),
    };
    let description = server.description.as_deref().unwrap_or_default();
    let doc = format!("`{}`\n\n{description}", server.url);
    let fields: Vec<Variable<'_>> = variables(server)
        .map(|(variable_name, variable)| Variable::new(&name, variable_name, variable))
        .collect();

    let enums = fields.iter().filter_map(Variable::enumeration);
    let docs = fields.iter().map(|field| {
        format!(
            "`{{{}}}`\n\n{}",
            field.name,
            field.variable.description.as_deref().unwrap_or_default()
        )
    });
    let idents: Vec<_> = fields.iter().map(|field| &field.field).collect();
    let types = fields.iter().map(|field| &field.ty);
    let defaults = fields.iter().map(|field| &field.default);
    let places = fields.iter().map(|field| format!("{{{}}}", field.name));
    let url = &server.url;
    quote! {
        #(#enums)*

        #[doc = #doc]
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct #name {
            #(
                #[doc = #docs]
                pub #idents: #types,
            )*
        }

        impl ::std::default::Default for #name {
            fn default() -> Self {
                Self { #(#idents: #defaults,)* }
            }
        }

        impl #name {
            /// The base URL of this server.
            pub fn base_url(&self) -> ::std::string::String {
                #url.to_owned() #(.replace(#places, &self.#idents.to_string()))*
            }
        }
    }
}

/// A server variable: any text or, if it has an `enum`, one of a few.
struct Variable<'a> {
    name: &'a str,
    variable: &'a ServerVariable,
    field: Ident,
    ty: TokenStream,
    default: TokenStream,
}

impl<'a> Variable<'a> {
    fn new(server: &Ident, name: &'a str, variable: &'a ServerVariable) -> Self {
        let field = value_ident(name);
        let default = &variable.default;
        let (ty, default) = if variable.enumeration.is_empty() {
            (quote!(::std::string::String), quote!(#default.to_owned()))
        } else {
            let ty = type_ident(&format!("{server}-{name}"));
            let value = type_ident(default);
            (quote!(#ty), quote!(#ty::#value))
        };
        Self { name, variable, field, ty, default }
    }

    /// The type of a variable that takes one of a few values.
    fn enumeration(&self) -> Option<TokenStream> {
        let values = &self.variable.enumeration;
        if values.is_empty() {
            return None;
        }
        let Self { name, ty, .. } = self;
        let doc = format!("The values of `{{{name}}}`.");
        let names: Vec<_> = values.iter().map(|value| type_ident(value)).collect();
        let docs = values.iter().map(|value| format!("`{value}`."));
        Some(quote! {
            #[doc = #doc]
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub enum #ty {
                #(#[doc = #docs] #names,)*
            }

            impl ::std::fmt::Display for #ty {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.write_str(match self {
                        #(Self::#names => #values,)*
                    })
                }
            }
        })
    }
}

fn variables(server: &Server) -> impl Iterator<Item = (&str, &ServerVariable)> {
    let variables = server.variables.iter().flatten();
    variables.map(|(name, variable)| (name.as_str(), variable))
}
