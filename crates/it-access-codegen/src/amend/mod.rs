//! Amendments to what progenitor emits, each with its reason, one a file.

mod bounds;
mod constructors;
mod derives;
mod docs;
mod integer_enums;
mod json_schemas;
mod missing_docs;
mod mocks;

use openapiv3::OpenAPI;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;
use syn::{File, Item, ItemImpl, ItemMod};

use crate::{Error, Settings};

/// Amends a client of the adapted document, given as its model and as JSON.
pub(crate) fn client(
    file: &mut File,
    model: &OpenAPI,
    json: &Value,
    settings: &Settings,
) -> Result<(), Error> {
    constructors::restrict(file)?;
    let types = types_module(file)?;
    integer_enums::open(types, model)?;
    bounds::check(types, json)?;
    derives::add(types, settings)?;
    missing_docs::write_for_client(types);
    if let Some(feature) = settings.schemars_feature() {
        json_schemas::derive(types, json, feature)?;
    }
    docs::as_line_comments(&mut file.items);
    Ok(())
}

/// Amends the mocks.
pub(crate) fn httpmock(file: &mut File, model: &OpenAPI) -> Result<(), Error> {
    missing_docs::write_for_httpmock(&mut file.items);
    mocks::extend(file, model)?;
    docs::as_line_comments(&mut file.items);
    Ok(())
}

/// Puts `replacement` in the place of the type `name` and of its impls.
fn replace(types: &mut Vec<Item>, name: &Ident, replacement: TokenStream) -> Result<(), Error> {
    let own: Vec<Ident> = types.iter().filter_map(type_name).cloned().collect();
    let before = types.len();
    types.retain(|item| !defines(item, name, &own));
    if types.len() == before {
        return Err(Error::UnexpectedOutput(format!("there is no type `{name}`")));
    }
    let replacement: File =
        syn::parse2(replacement).map_err(|error| Error::UnexpectedOutput(error.to_string()))?;
    types.extend(replacement.items);
    Ok(())
}

fn type_name(item: &Item) -> Option<&Ident> {
    match item {
        Item::Struct(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        _ => None,
    }
}

/// Whether `item` is the type `name`, an impl for it, or its conversion to what is within it, which is none of our
/// `own` types.
fn defines(item: &Item, name: &Ident, own: &[Ident]) -> bool {
    let Item::Impl(ItemImpl { self_ty, trait_, .. }) = item else {
        return type_name(item) == Some(name);
    };
    let self_type = quote!(#self_ty).to_string();
    let converts = trait_.as_ref().is_some_and(|(path, _)| {
        quote!(#path).to_string() == quote!(::std::convert::From<#name>).to_string()
    });
    *name == self_type || (converts && !own.iter().any(|own| *own == self_type))
}

/// The items of `pub mod types`, where progenitor puts the schemas.
fn types_module(file: &mut File) -> Result<&mut Vec<Item>, Error> {
    file.items
        .iter_mut()
        .find_map(|item| match item {
            Item::Mod(ItemMod { ident, content: Some((_, items)), .. }) if ident == "types" => {
                Some(items)
            }
            _ => None,
        })
        .ok_or_else(|| Error::UnexpectedOutput("there is no module `types`".to_owned()))
}
