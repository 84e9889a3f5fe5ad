//! Writes documentation as line comments.
//!
//! progenitor attaches each description as one string, which is printed as a block comment that starts in its first
//! column and ends in an empty line.

use syn::{Attribute, Expr, ExprLit, ImplItem, Item, Lit, Meta, TraitItem, parse_quote};

/// Rewrites the documentation of all items and of what is in them.
pub(super) fn as_line_comments(items: &mut [Item]) {
    for item in items {
        match item {
            Item::Mod(item) => {
                rewrite(&mut item.attrs);
                if let Some((_, items)) = &mut item.content {
                    as_line_comments(items);
                }
            }
            Item::Struct(item) => {
                rewrite(&mut item.attrs);
                item.fields.iter_mut().for_each(|field| rewrite(&mut field.attrs));
            }
            Item::Const(item) => rewrite(&mut item.attrs),
            Item::Enum(item) => {
                rewrite(&mut item.attrs);
                item.variants.iter_mut().for_each(|variant| rewrite(&mut variant.attrs));
            }
            Item::Impl(item) => {
                for item in &mut item.items {
                    if let ImplItem::Fn(function) = item {
                        rewrite(&mut function.attrs);
                    }
                }
            }
            Item::Trait(item) => {
                rewrite(&mut item.attrs);
                for item in &mut item.items {
                    if let TraitItem::Fn(function) = item {
                        rewrite(&mut function.attrs);
                    }
                }
            }
            _ => {}
        }
    }
}

fn rewrite(attributes: &mut Vec<Attribute>) {
    *attributes = attributes
        .drain(..)
        .flat_map(|attribute| match text(&attribute) {
            // A line of its own, between two others of the same comment.
            Some(text) if text.trim().is_empty() => vec![line_comment("")],
            Some(text) => text.trim().lines().map(line_comment).collect(),
            None => vec![attribute],
        })
        .collect();
}

/// The text of an outer documentation attribute.
pub(super) fn text(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else {
        return None;
    };
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &meta.value else {
        return None;
    };
    let is_outer_doc =
        meta.path.is_ident("doc") && matches!(attribute.style, syn::AttrStyle::Outer);
    is_outer_doc.then(|| text.value())
}

pub(super) fn line_comment(line: &str) -> Attribute {
    let line = if line.is_empty() { String::new() } else { format!(" {line}") };
    parse_quote!(#[doc = #line])
}
