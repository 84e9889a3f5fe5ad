//! Amendments to what progenitor emits, each with its reason, one a file.

mod api_version;
mod base_url;
mod bounds;
mod constructors;
mod derives;
mod docs;
mod impl_bodies;
mod integer_enums;
mod json_schemas;
mod methods;
mod missing_docs;
mod mocks;
mod numbers;
mod raw_answers;
mod variables;

use std::collections::HashSet;

use openapiv3::OpenAPI;
use proc_macro2::{Ident, TokenStream};
use serde_json::Value;
use syn::{
    Attribute, File, GenericArgument, Item, ItemImpl, ItemMod, Path, PathArguments, Type,
    parse_quote,
};

use crate::{Error, Settings, supply};

pub(crate) use impl_bodies::unread;

/// Reads a client of the adapted document, given as its model and as JSON, and amends it.
pub(crate) fn client(
    tokens: TokenStream,
    model: &OpenAPI,
    json: &Value,
    settings: &Settings,
) -> Result<Vec<Item>, Error> {
    let mut file = impl_bodies::client(tokens)?;
    constructors::restrict(&mut file)?;
    api_version::leave_out(&mut file);
    base_url::keep_parsed(&mut file)?;
    methods::write(&mut file);
    raw_answers::add(&mut file, &supply::operations(model))?;
    let (attributes, types) = types_module(&mut file)?;
    attributes.push(parse_quote!(#[allow(clippy::unwrap_used, reason = "of regular expressions that typify has tried")]));
    integer_enums::open(types, model)?;
    bounds::check(types, json)?;
    derives::add(types, settings)?;
    missing_docs::write_for_client(types);
    if let Some(feature) = settings.schemars_feature() {
        json_schemas::derive(types, json, feature)?;
    }
    Ok(file.items)
}

/// Reads the mocks, and amends them.
pub(crate) fn httpmock(tokens: TokenStream, model: &OpenAPI) -> Result<Vec<Item>, Error> {
    let mut items = read(tokens)?;
    mocks::extend(&mut items, model)?;
    missing_docs::write_for_httpmock(&mut items);
    Ok(items)
}

/// Reads what needs no amendment.
pub(crate) fn read(tokens: TokenStream) -> Result<Vec<Item>, Error> {
    syn::parse2::<File>(tokens).map(|file| file.items).map_err(unexpected)
}

/// Amends an item for the last time, in front of the printer.
pub(crate) fn finish(item: &mut Item) -> Result<(), Error> {
    impl_bodies::read(item)?;
    docs::as_line_comments(std::slice::from_mut(item));
    Ok(())
}

/// What is not of the form that the amendments build on.
fn unexpected(error: syn::Error) -> Error {
    Error::UnexpectedOutput(error.to_string())
}

/// Puts each replacement in the place of the type of that name and of its impls.
fn replace(types: &mut Vec<Item>, replacements: Vec<(Ident, TokenStream)>) -> Result<(), Error> {
    let own: HashSet<String> = types.iter().filter_map(type_name).map(Ident::to_string).collect();
    let mut replaced = HashSet::new();
    for (name, _) in &replacements {
        let name = name.to_string();
        if !own.contains(&name) {
            return Err(Error::UnexpectedOutput(format!("there is no type `{name}`")));
        }
        replaced.insert(name);
    }
    types.retain(|item| !defines_any(item, &replaced, &own));
    for (_, replacement) in replacements {
        types.extend(impl_bodies::items(replacement)?);
    }
    Ok(())
}

fn type_name(item: &Item) -> Option<&Ident> {
    match item {
        Item::Struct(item) => Some(&item.ident),
        Item::Enum(item) => Some(&item.ident),
        _ => None,
    }
}

/// Whether `item` is one of the types `names`, an impl for it, or its conversion to what is within it, which is none of
/// our `own` types.
fn defines_any(item: &Item, names: &HashSet<String>, own: &HashSet<String>) -> bool {
    let Item::Impl(ItemImpl { self_ty, trait_, .. }) = item else {
        return type_name(item).is_some_and(|name| names.contains(&name.to_string()));
    };
    let self_type = plain_name(self_ty);
    let is_one_of =
        |names: &HashSet<String>| self_type.as_ref().is_some_and(|it| names.contains(it));
    let converts = || {
        let source = trait_.as_ref().and_then(|(path, _)| from_source(path));
        source.is_some_and(|source| names.contains(&source))
    };
    is_one_of(names) || (!is_one_of(own) && converts())
}

/// `T` of `::std::convert::From<T>`.
fn from_source(path: &Path) -> Option<String> {
    let last = path.segments.last().filter(|last| last.ident == "From")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(source)) => plain_name(source),
        _ => None,
    }
}

/// The name of a type that is no more than a name.
fn plain_name(r#type: &Type) -> Option<String> {
    match r#type {
        Type::Path(path) => path.path.get_ident().map(Ident::to_string),
        _ => None,
    }
}

/// The attributes and items of `pub mod types`, where progenitor puts the schemas.
fn types_module(file: &mut File) -> Result<(&mut Vec<Attribute>, &mut Vec<Item>), Error> {
    file.items
        .iter_mut()
        .find_map(|item| match item {
            Item::Mod(ItemMod { ident, attrs, content: Some((_, items)), .. })
                if ident == "types" =>
            {
                Some((attrs, items))
            }
            _ => None,
        })
        .ok_or_else(|| Error::UnexpectedOutput("there is no module `types`".to_owned()))
}
