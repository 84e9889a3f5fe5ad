//! Leaves what is in the impls of types unread until they are printed.
//!
//! A type that is replaced takes up to ten impls with it, which are then never read. And the trees of all others are
//! not in memory at once: those of a large document would take most of it.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{
    File, ImplItem, Item, ItemImpl,
    parse::{ParseStream, Parser},
};

use super::{types_module, unexpected};
use crate::Error;

/// Reads progenitor's client, and the impls of its types by their heads only.
pub(super) fn client(tokens: TokenStream) -> Result<File, Error> {
    let mut types = TokenStream::new();
    let rest = replace_block(tokens, "types", |block| std::mem::replace(&mut types, block));
    let mut file: File = syn::parse2(rest).map_err(unexpected)?;
    let (_, module) = types_module(&mut file)?;
    *module = items(types)?;
    Ok(file)
}

/// Reads the items of a module, and impls by their heads only.
pub(super) fn items(tokens: TokenStream) -> Result<Vec<Item>, Error> {
    let mut bodies = Vec::new();
    let heads = replace_block(tokens, "impl", |block| {
        bodies.push(block);
        TokenStream::new()
    });
    let mut items = syn::parse2::<File>(heads).map_err(unexpected)?.items;
    let impls: Vec<_> = items.iter_mut().filter_map(as_impl).collect();
    if impls.len() != bodies.len() {
        return Err(Error::UnexpectedOutput("an impl of a type is written otherwise".to_owned()));
    }
    for (block, body) in impls.into_iter().zip(bodies) {
        block.items = vec![ImplItem::Verbatim(body)];
    }
    Ok(items)
}

/// What is in an impl, if that was left.
pub(crate) fn unread(block: &ItemImpl) -> Option<&TokenStream> {
    match block.items.as_slice() {
        [ImplItem::Verbatim(body)] => Some(body),
        _ => None,
    }
}

/// Reads what was left of an item.
pub(super) fn read(item: &mut Item) -> Result<(), Error> {
    if let Some(block) = as_impl(item)
        && let [ImplItem::Verbatim(body)] = block.items.as_mut_slice()
    {
        block.items = impl_items.parse2(std::mem::take(body)).map_err(unexpected)?;
    }
    Ok(())
}

fn impl_items(input: ParseStream<'_>) -> syn::Result<Vec<ImplItem>> {
    let mut items = Vec::new();
    while !input.is_empty() {
        items.push(input.parse()?);
    }
    Ok(items)
}

fn as_impl(item: &mut Item) -> Option<&mut ItemImpl> {
    match item {
        Item::Impl(block) => Some(block),
        _ => None,
    }
}

/// Replaces what is in the braces of each item that has a word in front of them.
fn replace_block(
    tokens: TokenStream,
    word: &str,
    mut replace: impl FnMut(TokenStream) -> TokenStream,
) -> TokenStream {
    let mut has_word = false;
    let replaced = tokens.into_iter().map(|token| {
        match token {
            TokenTree::Ident(ref ident) if ident == word => has_word = true,
            TokenTree::Punct(ref punct) if punct.as_char() == ';' => has_word = false,
            TokenTree::Group(group) if has_word && group.delimiter() == Delimiter::Brace => {
                has_word = false;
                return Group::new(Delimiter::Brace, replace(group.stream())).into();
            }
            _ => {}
        }
        token
    });
    replaced.collect()
}
