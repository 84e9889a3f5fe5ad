//! Adds the derives that the settings ask for, unless a type has them already.

use syn::{Attribute, Item, Path, Token, parse_quote, punctuated::Punctuated};

use crate::{Error, Settings, rust_name::type_ident};

pub(super) fn add(types: &mut [Item], settings: &Settings) -> Result<(), Error> {
    for (schema, derive) in settings.derives()? {
        let name = type_ident(schema);
        for item in types.iter_mut() {
            let attributes = match item {
                Item::Struct(item) if item.ident == name => &mut item.attrs,
                Item::Enum(item) if item.ident == name => &mut item.attrs,
                _ => continue,
            };
            if !attributes.iter().any(|attribute| derives(attribute, &derive)) {
                attributes.push(parse_quote!(#[derive(#derive)]));
            }
        }
    }
    Ok(())
}

/// Whether an attribute derives what `derive` names, under whatever path.
fn derives(attribute: &Attribute, derive: &Path) -> bool {
    let name = |path: &Path| path.segments.last().map(|segment| segment.ident.clone());
    let derived = attribute.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated);
    attribute.path().is_ident("derive")
        && derived.is_ok_and(|derived| derived.iter().any(|path| name(path) == name(derive)))
}
