//! Mends the matchers of parameters and of bodies where they do not match what the client sends, or do not compile.

use std::collections::HashMap;

use openapiv3::{
    Components, OpenAPI, Parameter, ParameterSchemaOrContent, ReferenceOr, SchemaKind, Type,
};
use proc_macro2::Ident;
use quote::{ToTokens, format_ident, quote};
use syn::{ImplItem, ImplItemFn, Item, parse_quote};

use super::bodies;
use crate::{
    rust_name::{self, pascal},
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
        let Some(methods) = impls.get_mut(&pascal(&name)) else { continue };
        let mut matchers: Vec<&mut ImplItemFn> = methods.iter_mut().filter_map(matcher).collect();
        for parameter in parameters(operation, document.components.as_ref()) {
            let name = rust_name::method(&parameter.parameter_data_ref().name);
            let method = matchers.iter_mut().find(|method| method.sig.ident == name);
            let Some(method) = method else { continue };
            match parameter {
                Parameter::Path { .. } => take_literally(method),
                Parameter::Query { parameter_data, .. }
                    if is_list(&parameter_data.format, document.components.as_ref()) =>
                {
                    match_each(method, &parameter_data.name);
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

/// A list is sent item by item, and is no text as a whole.
fn match_each(method: &mut ImplItemFn, name: &str) {
    let each = quote! {
        let value: ::std::vec::Vec<_> = value.iter().map(|item| item.to_string()).collect();
        Self(self.0.is_true(move |request| {
            let parameters = request.query_params();
            let sent = parameters.iter().filter(|(name, _)| name == #name);
            sent.map(|(_, item)| item).eq(&value)
        }))
    };
    let is_optional = !method.sig.generics.params.is_empty();
    method.block = if is_optional {
        parse_quote! {{
            if let Some(value) = value.into() {
                #each
            } else {
                Self(self.0.query_param_missing(#name))
            }
        }}
    } else {
        parse_quote!({ #each })
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

fn is_list(format: &ParameterSchemaOrContent, components: Option<&Components>) -> bool {
    let ParameterSchemaOrContent::Schema(schema) = format else { return false };
    resolve_schema(schema, components)
        .is_some_and(|schema| matches!(schema.schema_kind, SchemaKind::Type(Type::Array(_))))
}
