//! Derives `schemars::JsonSchema` for the types, behind a feature of the crate that they live in.
//!
//! A derive sees the types, and not what the document says besides: the checks of a newtype, which are code, and that
//! leaving a property out is not the same as `null`. Both are repeated as attributes.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use serde_json::Value;
use syn::{Attribute, Fields, GenericArgument, Item, PathArguments, Type, parse_quote};

use super::type_name;
use crate::{
    Error, adapt,
    rust_name::{pascal, snake},
};

/// The keywords that types check, or that only the document knows.
const CHECKS: [&str; 12] = [
    "enum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "multipleOf",
    "minimum",
    "maximum",
];

pub(super) fn derive(types: &mut Vec<Item>, document: &Value, feature: &str) -> Result<(), Error> {
    let schemas = schemas_by_type(types, document);
    let schema_of = |name: &Ident| schemas.get(&name.to_string()).map(Cow::as_ref);
    let plain: Attribute =
        parse_quote!(#[cfg_attr(feature = #feature, derive(::schemars::JsonSchema))]);
    let mut written = Vec::new();
    for item in types.iter_mut() {
        match item {
            Item::Struct(item) => {
                let schema = schema_of(&item.ident);
                let extension = match (&item.fields, schema) {
                    (Fields::Unnamed(_), Some(schema)) => checks(schema)?,
                    (Fields::Named(_), Some(schema)) => required(schema)?,
                    _ => TokenStream::new(),
                };
                item.attrs.push(match extension.is_empty() {
                    true => plain.clone(),
                    false => extended(&extension, feature),
                });
                if let Some(schema) = schema {
                    refuse_nulls(&mut item.fields, schema, feature);
                }
            }
            // The named integers have no derive to follow: what they take stands in their schema.
            Item::Enum(item) => match schema_of(&item.ident).filter(|it| it["type"] == "integer") {
                Some(schema) => written.push(open_enum(&item.ident, schema, feature)?),
                None => item.attrs.push(plain.clone()),
            },
            _ => {}
        }
    }
    types.extend(written);
    Ok(())
}

/// The schemas of a document that have types, by the names of these.
fn schemas_by_type<'a>(types: &[Item], document: &'a Value) -> HashMap<String, Cow<'a, Value>> {
    let names: HashSet<String> = types.iter().filter_map(type_name).map(Ident::to_string).collect();
    let mut schemas = HashMap::new();
    adapt::visit_inline(&mut document.clone(), &mut |schema, name| {
        if names.contains(name) {
            schemas.insert(name.to_owned(), Cow::Owned(schema.clone()));
        }
    });
    let components = document.pointer("/components/schemas").and_then(Value::as_object);
    for (name, schema) in components.into_iter().flatten() {
        schemas.insert(pascal(name), Cow::Borrowed(schema));
    }
    schemas
}

/// A derive, with what the schema has besides.
fn extended(extension: &TokenStream, feature: &str) -> Attribute {
    parse_quote! {
        #[cfg_attr(feature = #feature, derive(::schemars::JsonSchema), schemars(extend(#extension)))]
    }
}

/// The checks of a newtype, as JSON Schema writes them: there an exclusive bound is a number.
fn checks(schema: &Value) -> Result<TokenStream, Error> {
    let checks = CHECKS.iter().filter_map(|&keyword| {
        let value = schema.get(keyword)?;
        let keyword = match keyword {
            "minimum" if schema["exclusiveMinimum"] == true => "exclusiveMinimum",
            "maximum" if schema["exclusiveMaximum"] == true => "exclusiveMaximum",
            keyword => keyword,
        };
        Some(literal(value).map(|value| quote!(#keyword = #value)))
    });
    let checks = checks.collect::<Result<Vec<_>, _>>()?;
    Ok(quote!(#(#checks),*))
}

/// The properties that may not be left out, if one of them may be `null`: a derive takes that one for optional.
fn required(schema: &Value) -> Result<TokenStream, Error> {
    let required = &schema["required"];
    let mut names = required.as_array().into_iter().flatten().filter_map(Value::as_str);
    if !names.any(|name| schema["properties"][name]["nullable"] == true) {
        return Ok(TokenStream::new());
    }
    let required = literal(required)?;
    Ok(quote!("required" = #required))
}

/// Describes each property that may be left out, but may not be `null`, as what it is when it is there.
fn refuse_nulls(fields: &mut Fields, schema: &Value, feature: &str) {
    let Fields::Named(fields) = fields else { return };
    let properties = schema["properties"].as_object().into_iter().flatten();
    let nullable: HashSet<String> = properties
        .filter(|(_, property)| property["nullable"] == true)
        .map(|(name, _)| snake(name))
        .collect();
    for field in &mut fields.named {
        let name = field.ident.as_ref().map(Ident::to_string).unwrap_or_default();
        if let Some(inner) = option(&field.ty).filter(|_| !nullable.contains(&name)) {
            let inner = inner.to_token_stream().to_string().replace(' ', "");
            field.attrs.push(parse_quote! {
                #[cfg_attr(feature = #feature, schemars(default, with = #inner))]
            });
        }
    }
}

/// `T` of `::std::option::Option<T>`.
fn option(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

fn open_enum(name: &Ident, schema: &Value, feature: &str) -> Result<Item, Error> {
    let values = literal(&schema["enum"])?;
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

/// A value as `serde_json::json!` writes it.
fn literal(value: &Value) -> Result<TokenStream, Error> {
    match value {
        // Rust does not read every escape of JSON.
        Value::String(text) => Ok(quote!(#text)),
        Value::Array(items) => {
            let items = items.iter().map(literal).collect::<Result<Vec<_>, _>>()?;
            Ok(quote!([#(#items),*]))
        }
        value => {
            // Rust takes a whole number for an `i32` unless it is told otherwise.
            let is_long = value.as_i64().is_some_and(|number| i32::try_from(number).is_err());
            let suffix = if is_long { "i64" } else { "" };
            let unexpected = |_| Error::UnexpectedOutput(format!("`{value}` is no literal"));
            format!("{value}{suffix}").parse().map_err(unexpected)
        }
    }
}
