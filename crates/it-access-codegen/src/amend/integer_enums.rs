//! Turns enumerations of integers into Rust enums with names, open to values that are not in the list.
//!
//! progenitor makes of them a number without names, and refuses a value that is not in the list, and with it the whole
//! answer. The names are those of the extension `x-enum-varnames`, and the docs those of `x-enum-descriptions`.

use openapiv3::{IntegerType, OpenAPI, ReferenceOr, Schema, SchemaKind, Type};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;
use syn::{Ident, Item};

use super::replace;
use crate::{Error, rust_name::type_ident};

/// Replaces the newtype of each named enumeration among the types. The document has been checked: there is one name,
/// and one description if any, for each value, and each is an identifier.
pub(super) fn open(types: &mut Vec<Item>, document: &OpenAPI) -> Result<(), Error> {
    let schemas = document.components.iter().flat_map(|components| &components.schemas);
    let mut replacements = Vec::new();
    for (name, schema) in schemas {
        let ReferenceOr::Item(schema) = schema else { continue };
        if let Some(enumeration) = IntegerEnum::read(name, schema) {
            let tokens = enumeration.to_tokens();
            replacements.push((enumeration.name, tokens));
        }
    }
    replace(types, replacements)
}

/// An enumeration of integers that has names.
struct IntegerEnum {
    name: Ident,
    description: Option<String>,
    variants: Vec<Variant>,
}

struct Variant {
    name: Ident,
    value: i64,
    doc: String,
}

impl IntegerEnum {
    /// Reads the schema, if it is an enumeration of integers with names.
    fn read(schema_name: &str, schema: &Schema) -> Option<Self> {
        let SchemaKind::Type(Type::Integer(IntegerType { enumeration, .. })) = &schema.schema_kind
        else {
            return None;
        };
        let extensions = &schema.schema_data.extensions;
        let names = strings(extensions.get("x-enum-varnames")?);
        let docs = extensions.get("x-enum-descriptions").map(strings);
        let variants = enumeration
            .iter()
            .flatten()
            .zip(names)
            .enumerate()
            .map(|(index, (value, name))| Variant {
                name: format_ident!("{name}"),
                value: *value,
                doc: docs
                    .as_ref()
                    .and_then(|docs| docs.get(index))
                    .map_or_else(|| format!("`{value}` on the wire."), |doc| (*doc).to_owned()),
            })
            .collect();
        Some(Self {
            name: type_ident(schema_name),
            description: schema.schema_data.description.clone(),
            variants,
        })
    }

    fn to_tokens(&self) -> TokenStream {
        let Self { name, .. } = self;
        let description = self.description.as_deref().unwrap_or("An enumeration of integers.");
        let names: Vec<_> = self.variants.iter().map(|variant| &variant.name).collect();
        let docs = self.variants.iter().map(|variant| &variant.doc);
        let values: Vec<_> =
            self.variants.iter().map(|variant| Literal::i64_unsuffixed(variant.value)).collect();
        quote! {
            #[doc = #description]
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub enum #name {
                #(#[doc = #docs] #names,)*
                /// A value that the document does not name.
                Other(i64),
            }

            impl ::std::convert::From<i64> for #name {
                fn from(value: i64) -> Self {
                    match value {
                        #(#values => Self::#names,)*
                        other => Self::Other(other),
                    }
                }
            }

            impl ::std::convert::From<#name> for i64 {
                fn from(value: #name) -> Self {
                    match value {
                        #(#name::#names => #values,)*
                        #name::Other(other) => other,
                    }
                }
            }

            impl ::std::fmt::Display for #name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    i64::from(*self).fmt(f)
                }
            }

            impl ::serde::Serialize for #name {
                fn serialize<S: ::serde::Serializer>(
                    &self,
                    serializer: S,
                ) -> ::std::result::Result<S::Ok, S::Error> {
                    serializer.serialize_i64((*self).into())
                }
            }

            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::std::result::Result<Self, D::Error> {
                    <i64 as ::serde::Deserialize>::deserialize(deserializer).map(Self::from)
                }
            }
        }
    }
}

fn strings(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}
