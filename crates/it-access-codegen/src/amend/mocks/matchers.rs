//! Mends the matchers of parameters and of bodies where they do not match what the client sends, or do not compile.

use std::collections::HashMap;

use openapiv3::{
    Components, OpenAPI, Parameter, ParameterSchemaOrContent, ReferenceOr, SchemaKind,
    StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::{ImplItem, ImplItemFn, Item, parse_quote};

use super::bodies;
use crate::{
    rust_name::{self, mock_ident},
    supply::{Operation, component, resolve_schema},
};

/// Mends the matchers of all operations, among the items of their module. Those of credentials, which take these names,
/// are not there yet.
pub(super) fn mend(
    items: &mut Vec<Item>,
    operations: &[Operation<'_>],
    taken: &[Ident],
    document: &OpenAPI,
) {
    let mut impls = HashMap::new();
    for item in items {
        match item {
            // Not one type may be in use.
            Item::Use(import) => import.attrs.push(
                parse_quote!(#[allow(unused_imports, reason = "what a document does not need")]),
            ),
            Item::Impl(block) => {
                impls.insert(block.self_ty.to_token_stream().to_string(), &mut block.items);
            }
            _ => {}
        }
    }
    for operation in operations {
        let name = format!("{}-when", operation.method_name());
        let Some(methods) = impls.get_mut(&mock_ident(&name).to_string()) else { continue };
        let mut matchers: Vec<&mut ImplItemFn> = methods.iter_mut().filter_map(matcher).collect();
        for parameter in parameters(operation, document.components.as_ref()) {
            let name = rust_name::method(&parameter.parameter_data_ref().name);
            let method = matchers.iter_mut().find(|method| method.sig.ident == name);
            let Some(method) = method else { continue };
            match parameter {
                Parameter::Path { .. } => take_literally(method),
                Parameter::Query { parameter_data, .. } => {
                    match form(&parameter_data.format, document.components.as_ref()) {
                        Form::Display => {}
                        Form::Text => match_text(method, &parameter_data.name),
                        Form::List => match_each(method, &parameter_data.name),
                        Form::Open => match_as_sent(method, &parameter_data.name),
                    }
                }
                _ => {}
            }
        }
        let components = document.components.as_ref();
        let body = operation.model.request_body.as_ref();
        if let Some(media_type) = body.and_then(|body| bodies::media_type(body, components))
            && let Some(method) = matchers.iter_mut().find(|method| method.sig.ident == "body")
        {
            bodies::mend(method, media_type);
        }
        for method in matchers {
            set_apart(&mut method.sig.ident, taken);
        }
    }
}

/// A method that takes what to match, unlike those that each of these types has.
fn matcher(item: &mut ImplItem) -> Option<&mut ImplItemFn> {
    match item {
        ImplItem::Fn(method) if method.sig.receiver().is_some() && method.sig.inputs.len() == 2 => {
            Some(method)
        }
        _ => None,
    }
}

/// Puts an underscore behind the name of a parameter that is the name of another method, too.
fn set_apart(matcher: &mut Ident, taken: &[Ident]) {
    if *matcher == "new" || *matcher == "into_inner" || taken.contains(matcher) {
        *matcher = format_ident!("{matcher}_");
    }
}

/// The value of a path parameter as it is sent, and with nothing in it that means more in a regular expression.
fn take_literally(method: &mut ImplItemFn) {
    let value = parse_quote! {
        let value = regex::escape(&::it_access_runtime::path_segment(&value.to_string()));
    };
    method.block.stmts.insert(0, value);
}

/// A value that Rust displays otherwise than it is sent.
fn match_text(method: &mut ImplItemFn, name: &str) {
    let text = quote!(Self(self.0.query_param(#name, ::it_access_runtime::query_text(&value))));
    match_query(method, name, &text);
}

/// A list is sent item by item, and is no text as a whole.
fn match_each(method: &mut ImplItemFn, name: &str) {
    let each = quote! {
        let value: ::std::vec::Vec<_> = value.iter().map(::it_access_runtime::query_text).collect();
        Self(self.0.is_true(move |request| {
            let parameters = request.query_params();
            let sent = parameters.iter().filter(|(name, _)| name == #name);
            sent.map(|(_, item)| item).eq(&value)
        }))
    };
    match_query(method, name, &each);
}

/// What is an object, or may be one, is sent key by key.
fn match_as_sent(method: &mut ImplItemFn, name: &str) {
    let all = quote! {
        let text = ::it_access_runtime::query_text::<::serde_json::Value>;
        let expected: ::std::vec::Vec<_> = match ::serde_json::to_value(value).unwrap_or_default() {
            ::serde_json::Value::Object(fields) => {
                let fields = fields.iter().filter(|(_, value)| !value.is_null());
                fields.map(|(name, value)| (name.clone(), text(value))).collect()
            }
            ::serde_json::Value::Array(items) => {
                items.iter().map(|item| (#name.to_owned(), text(item))).collect()
            }
            value => ::std::vec![(#name.to_owned(), text(&value))],
        };
        Self(self.0.is_true(move |request| {
            let sent = request.query_params();
            expected.iter().all(|parameter| sent.contains(parameter))
        }))
    };
    match_query(method, name, &all);
}

/// Makes a matcher of these statements, if the parameter can be left out with what holds without it.
fn match_query(method: &mut ImplItemFn, name: &str, statements: &TokenStream) {
    let is_optional = !method.sig.generics.params.is_empty();
    method.block = if is_optional {
        parse_quote! {{
            if let Some(value) = value.into() {
                #statements
            } else {
                Self(self.0.query_param_missing(#name))
            }
        }}
    } else {
        parse_quote!({ #statements })
    };
}

/// The parameters of an operation: its own, and those of its path.
fn parameters<'a>(
    operation: &Operation<'a>,
    components: Option<&'a Components>,
) -> impl Iterator<Item = &'a Parameter> {
    let all = operation.model.parameters.iter().chain(operation.shared_parameters);
    all.filter_map(move |parameter| match parameter {
        ReferenceOr::Item(parameter) => Some(parameter),
        ReferenceOr::Reference { reference } => {
            components?.parameters.get(component(reference, "parameters")?)?.as_item()
        }
    })
}

/// How a value is written in a query.
enum Form {
    /// As Rust displays it.
    Display,
    Text,
    List,
    /// As what it is when it is sent.
    Open,
}

fn form(format: &ParameterSchemaOrContent, components: Option<&Components>) -> Form {
    let ParameterSchemaOrContent::Schema(schema) = format else { return Form::Display };
    match resolve_schema(schema, components).map(|schema| &schema.schema_kind) {
        Some(SchemaKind::Type(Type::Array(_))) => Form::List,
        Some(SchemaKind::Type(Type::Object(_))) => Form::Open,
        Some(SchemaKind::Type(Type::Number(_))) => Form::Text,
        Some(SchemaKind::Type(Type::String(StringType { format, .. })))
            if *format == VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) =>
        {
            Form::Text
        }
        None | Some(SchemaKind::Type(_)) => Form::Display,
        Some(_) => Form::Open,
    }
}
