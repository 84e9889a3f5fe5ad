//! Derives `schemars::JsonSchema` for the types, behind a feature of the crate that they live in.
//!
//! A newtype's checks are in code that a derive cannot see, so that they are repeated as attributes.

use quote::quote;
use serde_json::Value;
use syn::{Attribute, Fields, Item, ItemStruct, parse_quote};

use crate::{Error, names::type_ident};

pub(super) fn derive(types: &mut Vec<Item>, document: &Value, feature: &str) -> Result<(), Error> {
    for item in types.iter_mut() {
        let attributes = match item {
            Item::Struct(item) => &mut item.attrs,
            // The named integers have no derive to follow: what they take stands in their schema.
            Item::Enum(item) if !is_open(&item.variants) => &mut item.attrs,
            _ => continue,
        };
        attributes.push(parse_quote! {
            #[cfg_attr(feature = #feature, derive(::schemars::JsonSchema))]
        });
    }

    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    for (name, schema) in schemas.into_iter().flatten() {
        let name = type_ident(name);
        for item in types.iter_mut() {
            if let Item::Struct(ItemStruct { ident, fields: Fields::Unnamed(fields), .. }) = item
                && *ident == name
                && let Some(field) = fields.unnamed.first_mut()
            {
                field.attrs.extend(checks(schema, feature));
            }
        }
        if let Some(values) = schema.get("enum").filter(|_| schema["type"] == "integer") {
            types.push(open_enum(&name, values, feature)?);
        }
    }
    Ok(())
}

fn is_open<T>(variants: &syn::punctuated::Punctuated<syn::Variant, T>) -> bool {
    variants.last().is_some_and(|last| last.ident == "Other" && !last.fields.is_empty())
}

/// The checks of a newtype, as attributes of the field within it.
fn checks(schema: &Value, feature: &str) -> Option<Attribute> {
    let literal = |keyword: &str| -> Option<syn::Lit> {
        syn::parse_str(&schema.get(keyword)?.to_string()).ok()
    };
    let bounds = |function: &str, min: &str, max: &str| {
        let function = quote::format_ident!("{function}");
        let min = literal(min).map(|min| quote!(min = #min));
        let max = literal(max).map(|max| quote!(max = #max));
        let arguments: Vec<_> = min.into_iter().chain(max).collect();
        (!arguments.is_empty()).then(|| quote!(#function(#(#arguments),*)))
    };
    let checks: Vec<_> = match schema["type"].as_str()? {
        "string" => {
            let pattern = schema["pattern"].as_str();
            let pattern = pattern.map(|pattern| quote!(regex(pattern = #pattern)));
            bounds("length", "minLength", "maxLength").into_iter().chain(pattern).collect()
        }
        "array" => bounds("length", "minItems", "maxItems").into_iter().collect(),
        "integer" | "number" => bounds("range", "minimum", "maximum").into_iter().collect(),
        _ => return None,
    };
    (!checks.is_empty())
        .then(|| parse_quote!(#[cfg_attr(feature = #feature, schemars(#(#checks),*))]))
}

fn open_enum(name: &syn::Ident, values: &Value, feature: &str) -> Result<Item, Error> {
    let values: proc_macro2::TokenStream = values.to_string().parse().map_err(|_| {
        Error::UnexpectedOutput(format!("`{name}` has values that are no literals"))
    })?;
    let text = name.to_string();
    Ok(parse_quote! {
        #[cfg(feature = #feature)]
        impl ::schemars::JsonSchema for #name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                #text.into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                ::schemars::json_schema!({ "type": "integer", "enum": #values })
            }
        }
    })
}
