//! Amendments to what progenitor emits, each with its reason, one a file.

mod constructors;
mod docs;
mod integer_enums;
mod map_type;
mod missing_docs;

use openapiv3::OpenAPI;
use syn::{File, Item, ItemMod};

use crate::{Error, settings::Derives};

pub(crate) use map_type::NAME as MAP_TYPE;

/// Amends a client.
pub(crate) fn client(file: &mut File, document: &OpenAPI, derives: &Derives) -> Result<(), Error> {
    constructors::restrict(file)?;
    integer_enums::open(types_module(file)?, document, derives)?;
    map_type::insert(file)?;
    missing_docs::write_for_client(types_module(file)?);
    docs::as_line_comments(&mut file.items);
    Ok(())
}

/// Amends the mocks.
pub(crate) fn httpmock(file: &mut File) -> Result<(), Error> {
    missing_docs::write_for_httpmock(&mut file.items);
    docs::as_line_comments(&mut file.items);
    Ok(())
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
