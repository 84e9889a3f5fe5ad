//! Typed readers of the response headers that the document declares.

use std::collections::BTreeMap;

use openapiv3::{
    Components, Header, OpenAPI, ParameterSchemaOrContent, ReferenceOr, Response, Schema,
    SchemaKind, Type,
};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Operation;
use crate::rust_name::{type_ident, value_ident};

/// A header that some answer of an operation declares.
pub(crate) struct DeclaredHeader<'a> {
    pub(crate) name: &'a str,
    pub(crate) description: Option<&'a str>,
    /// The Rust type of its value.
    pub(crate) ty: TokenStream,
}

impl DeclaredHeader<'_> {
    /// The Rust name of the header.
    pub(crate) fn field(&self) -> Ident {
        value_ident(self.name)
    }
}

/// The headers of all answers of an operation, each once, by name.
pub(crate) fn declared_headers<'a>(
    operation: &Operation<'a>,
    components: Option<&'a Components>,
) -> Vec<DeclaredHeader<'a>> {
    let responses = &operation.model.responses;
    let all = responses.responses.values().chain(&responses.default);
    let mut headers = BTreeMap::new();
    for response in all.filter_map(|response| resolve_response(response, components)) {
        for (name, header) in &response.headers {
            let Some(header) = resolve_header(header, components) else { continue };
            let ty = value_type(header, components);
            let entry = headers.entry(name.to_ascii_lowercase());
            entry
                .and_modify(|same: &mut DeclaredHeader<'_>| {
                    // Where the answers differ, text holds what each of them says.
                    if same.ty.to_string() != ty.to_string() {
                        same.ty = quote!(::std::string::String);
                    }
                })
                .or_insert_with(|| DeclaredHeader {
                    name,
                    description: header.description.as_deref(),
                    ty: ty.clone(),
                });
        }
    }
    headers.into_values().collect()
}

/// A module of types, one for each operation that declares headers.
pub(super) fn module(operations: &[Operation<'_>], document: &OpenAPI) -> TokenStream {
    let readers = operations.iter().filter_map(|operation| {
        let headers = declared_headers(operation, document.components.as_ref());
        (!headers.is_empty()).then(|| reader(operation, &headers))
    });
    quote! {
        /// The response headers that the document declares, one type for each operation.
        pub mod headers {
            #(#readers)*
        }
    }
}

fn reader(operation: &Operation<'_>, headers: &[DeclaredHeader<'_>]) -> TokenStream {
    let name = type_ident(operation.id);
    let doc = format!(
        "The headers of the answers of `{}`. One is `None` if it is missing, or is not of its type.",
        operation.id
    );
    let docs = headers
        .iter()
        .map(|header| format!("`{}`\n\n{}", header.name, header.description.unwrap_or_default()));
    let fields: Vec<_> = headers.iter().map(DeclaredHeader::field).collect();
    let types = headers.iter().map(|header| &header.ty);
    let names = headers.iter().map(|header| header.name.to_ascii_lowercase());
    quote! {
        #[doc = #doc]
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct #name {
            #(
                #[doc = #docs]
                pub #fields: ::std::option::Option<#types>,
            )*
        }

        impl ::std::convert::From<&::reqwest::header::HeaderMap> for #name {
            fn from(headers: &::reqwest::header::HeaderMap) -> Self {
                use ::reqwest::header::HeaderName;

                Self {
                    #(#fields: ::it_access_runtime::header(headers, const { HeaderName::from_static(#names) }),)*
                }
            }
        }
    }
}

fn value_type(header: &Header, components: Option<&Components>) -> TokenStream {
    let ParameterSchemaOrContent::Schema(schema) = &header.format else {
        return quote!(::std::string::String);
    };
    match resolve_schema(schema, components).map(|schema| &schema.schema_kind) {
        Some(SchemaKind::Type(Type::Integer(_))) => quote!(i64),
        Some(SchemaKind::Type(Type::Number(_))) => quote!(f64),
        Some(SchemaKind::Type(Type::Boolean(_))) => quote!(bool),
        _ => quote!(::std::string::String),
    }
}

// The document has been checked: no chain of references is a circle.

fn resolve_response<'a>(
    response: &'a ReferenceOr<Response>,
    components: Option<&'a Components>,
) -> Option<&'a Response> {
    match response {
        ReferenceOr::Item(response) => Some(response),
        ReferenceOr::Reference { reference } => {
            let name = component(reference, "responses")?;
            resolve_response(components?.responses.get(name)?, components)
        }
    }
}

fn resolve_header<'a>(
    header: &'a ReferenceOr<Header>,
    components: Option<&'a Components>,
) -> Option<&'a Header> {
    match header {
        ReferenceOr::Item(header) => Some(header),
        ReferenceOr::Reference { reference } => {
            resolve_header(components?.headers.get(component(reference, "headers")?)?, components)
        }
    }
}

pub(crate) fn resolve_schema<'a>(
    schema: &'a ReferenceOr<Schema>,
    components: Option<&'a Components>,
) -> Option<&'a Schema> {
    match schema {
        ReferenceOr::Item(schema) => Some(schema),
        ReferenceOr::Reference { reference } => {
            resolve_schema(components?.schemas.get(component(reference, "schemas")?)?, components)
        }
    }
}

pub(crate) fn component<'a>(reference: &'a str, kind: &str) -> Option<&'a str> {
    reference.strip_prefix("#/components/")?.strip_prefix(kind)?.strip_prefix('/')
}
