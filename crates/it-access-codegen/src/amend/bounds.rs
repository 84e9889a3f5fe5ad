//! Makes types of numbers and lists with bounds check them, when they are made and when they are read.
//!
//! progenitor enforces neither `minimum` and `maximum` nor `minItems`, `maxItems` and `uniqueItems`. Every schema that has
//! them has a name here: `adapt::name_inline` sees to it.

use std::collections::HashMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;
use syn::{Fields, Item, ItemStruct, Type};

use super::{numbers::primitive, replace};
use crate::{Error, adapt::is_bounded, rust_name::type_ident};

/// Replaces the newtype of each bounded schema among the types.
pub(super) fn check(types: &mut Vec<Item>, document: &Value) -> Result<(), Error> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let newtypes = newtypes(types);
    let mut replacements = Vec::new();
    for (name, schema) in schemas.into_iter().flatten().filter(|(_, schema)| is_bounded(schema)) {
        let name = type_ident(name);
        let bounded = if schema["type"] == "array" {
            // typify knows the type of the items. It makes an array of a list whose length is fixed, which needs no
            // check.
            let Some(list) = newtypes.get(&name.to_string()).filter(|ty| is_vec(ty)) else {
                continue;
            };
            let item = quote!(<#list as ::std::iter::IntoIterator>::Item);
            list_type(&name, list, &item, schema)
        } else {
            number_type(&name, schema)
        };
        replacements.push((name, bounded));
    }
    replace(types, replacements)
}

/// The type within each newtype, by name.
fn newtypes(types: &[Item]) -> HashMap<String, Type> {
    let newtypes = types.iter().filter_map(|item| match item {
        Item::Struct(ItemStruct { ident, fields: Fields::Unnamed(fields), .. }) => {
            Some((ident.to_string(), fields.unnamed.first()?.ty.clone()))
        }
        _ => None,
    });
    newtypes.collect()
}

fn is_vec(ty: &Type) -> bool {
    quote!(#ty).to_string().starts_with(":: std :: vec :: Vec")
}

fn number_type(name: &Ident, schema: &Value) -> TokenStream {
    let is_integer = schema["type"] == "integer";
    let primitive = primitive(schema);
    let exclusive = |keyword: &str| schema[keyword] == true;
    let mut checks = Vec::new();
    let mut texts = Vec::new();
    if let Some(minimum) = schema.get("minimum") {
        let (value, bound) = primitive.comparable(minimum);
        let (check, text) = if exclusive("exclusiveMinimum") {
            (quote!(#value > #bound), format!("more than {minimum}"))
        } else {
            (quote!(#value >= #bound), format!("at least {minimum}"))
        };
        checks.push(check);
        texts.push(text);
    }
    if let Some(maximum) = schema.get("maximum") {
        let (value, bound) = primitive.comparable(maximum);
        let (check, text) = if exclusive("exclusiveMaximum") {
            (quote!(#value < #bound), format!("less than {maximum}"))
        } else {
            (quote!(#value <= #bound), format!("at most {maximum}"))
        };
        checks.push(check);
        texts.push(text);
    }
    if let Some(step) = schema.get("multipleOf").filter(|_| is_integer) {
        let (value, bound) = primitive.comparable(step);
        checks.push(quote!(#value % #bound == 0));
        texts.push(format!("a multiple of {step}"));
    }

    let bounds = texts.join(" and ");
    let doc = doc(schema, &bounds);
    let message = format!("{{value}} is not {bounds}");
    let derives = if is_integer {
        quote!(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)
    } else {
        quote!(Clone, Copy, Debug, PartialEq, PartialOrd)
    };
    let conversions = conversions(name, &quote!(#primitive));
    quote! {
        #[doc = #doc]
        #[derive(::serde::Serialize, #derives)]
        #[serde(transparent)]
        pub struct #name(#primitive);

        impl ::std::convert::TryFrom<#primitive> for #name {
            type Error = self::error::ConversionError;

            fn try_from(
                value: #primitive,
            ) -> ::std::result::Result<Self, self::error::ConversionError> {
                if #(#checks)&&* {
                    Ok(Self(value))
                } else {
                    Err(format!(#message).into())
                }
            }
        }

        impl ::std::str::FromStr for #name {
            type Err = self::error::ConversionError;

            fn from_str(
                text: &str,
            ) -> ::std::result::Result<Self, self::error::ConversionError> {
                let value: #primitive =
                    text.parse().map_err(|_| format!("{text:?} is not a number"))?;
                value.try_into()
            }
        }

        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                self.0.fmt(f)
            }
        }

        #conversions
    }
}

fn list_type(name: &Ident, list: &Type, item: &TokenStream, schema: &Value) -> TokenStream {
    let count = |keyword: &str| schema.get(keyword).and_then(Value::as_u64);
    let mut checks = Vec::new();
    let mut texts = Vec::new();
    if let Some(minimum) = count("minItems").filter(|&minimum| minimum > 0) {
        let bound = Literal::u64_unsuffixed(minimum);
        checks.push(quote!(value.len() >= #bound));
        texts.push(format!("at least {minimum}"));
    }
    if let Some(maximum) = count("maxItems") {
        let bound = Literal::u64_unsuffixed(maximum);
        checks.push(quote!(value.len() <= #bound));
        texts.push(format!("at most {maximum}"));
    }
    if checks.is_empty() {
        checks.push(quote!(true));
        texts.push("any number".to_owned());
    }

    let bounds = texts.join(" and ");
    let message = format!("{{}} items are not {bounds}");
    let (doc, made) = if schema["uniqueItems"] == true {
        (doc(schema, &format!("{bounds} of them, all different")), if_all_differ())
    } else {
        (doc(schema, &format!("{bounds} of them")), quote!(Ok(Self(value))))
    };
    let conversions = conversions(name, &quote!(#list));
    quote! {
        #[doc = #doc]
        #[derive(::serde::Serialize, Clone, Debug)]
        #[serde(transparent)]
        pub struct #name(#list);

        impl ::std::convert::TryFrom<#list> for #name {
            type Error = self::error::ConversionError;

            fn try_from(
                value: #list,
            ) -> ::std::result::Result<Self, self::error::ConversionError> {
                if #(#checks)&&* {
                    #made
                } else {
                    Err(format!(#message, value.len()).into())
                }
            }
        }

        impl ::std::iter::IntoIterator for #name {
            type Item = #item;
            type IntoIter = ::std::vec::IntoIter<#item>;

            fn into_iter(self) -> Self::IntoIter {
                self.0.into_iter()
            }
        }

        #conversions
    }
}

/// The list, if no two of its items are the same JSON.
fn if_all_differ() -> TokenStream {
    quote! {
        let distinct: ::std::result::Result<::std::collections::HashSet<_>, _> =
            value.iter().map(::serde_json::to_value).collect();
        if distinct.is_ok_and(|distinct| distinct.len() == value.len()) {
            Ok(Self(value))
        } else {
            Err("two items are the same".into())
        }
    }
}

/// What all bounded types have: access to the value within, and reading that checks it.
fn conversions(name: &Ident, inner: &TokenStream) -> TokenStream {
    quote! {
        impl ::std::ops::Deref for #name {
            type Target = #inner;

            fn deref(&self) -> &Self::Target {
                &self.0
            }
        }

        impl ::std::convert::From<#name> for #inner {
            fn from(value: #name) -> Self {
                value.0
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                <#inner as ::serde::Deserialize>::deserialize(deserializer)?
                    .try_into()
                    .map_err(<D::Error as ::serde::de::Error>::custom)
            }
        }
    }
}

fn doc(schema: &Value, bounds: &str) -> String {
    let description = schema["description"].as_str().unwrap_or_default().trim_end();
    let mut bounds = bounds.to_owned();
    bounds[..1].make_ascii_uppercase();
    if description.is_empty() {
        format!("{bounds}.")
    } else {
        format!("{description}\n\n{bounds}.")
    }
}
