//! Takes progenitor's constructors out of the public interface.
//!
//! `Client::new` builds an HTTP client that follows redirects and sends a referrer. For an API whose credential is in
//! the URL that hands the credential, and the body, to whatever host a redirect names. `supply::client` generates
//! others, which call the one that is left here.

use quote::quote;
use syn::{File, ImplItem, ImplItemFn, Item, parse_quote};

use crate::Error;

pub(super) fn restrict(file: &mut File) -> Result<(), Error> {
    let methods = file
        .items
        .iter_mut()
        .find_map(|item| match item {
            Item::Impl(block) if is_client(block) && has(&block.items, "new_with_client") => {
                Some(&mut block.items)
            }
            _ => None,
        })
        .ok_or_else(|| Error::UnexpectedOutput("`Client` has no `new_with_client`".to_owned()))?;

    methods.retain(|item| !is_function(item, "new"));
    for item in methods {
        if let ImplItem::Fn(ImplItemFn { vis, .. }) = item {
            *vis = parse_quote!(pub(crate));
        }
    }
    Ok(())
}

pub(super) fn is_client(block: &syn::ItemImpl) -> bool {
    let self_type = &block.self_ty;
    block.trait_.is_none() && quote!(#self_type).to_string() == "Client"
}

fn has(items: &[ImplItem], name: &str) -> bool {
    items.iter().any(|item| is_function(item, name))
}

fn is_function(item: &ImplItem, name: &str) -> bool {
    matches!(item, ImplItem::Fn(function) if function.sig.ident == name)
}
