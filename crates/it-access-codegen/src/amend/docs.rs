//! Writes documentation as line comments.
//!
//! progenitor attaches each description as one string, which is printed as a block comment that starts in its first
//! column and ends in an empty line. Code in it becomes plain text: see the module `code_blocks`.

mod code_blocks;

use std::borrow::Cow;

use proc_macro2::{Ident, Span};
use syn::{
    AttrStyle, Attribute, Expr, ExprLit, ImplItem, Item, Lit, LitStr, Meta, MetaNameValue, Path,
    Token, TraitItem, token::Bracket,
};

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
    let texts: Vec<Option<String>> = attributes.iter().map(text).collect();
    // Most of them are such comments already, and to write them anew would take longer than to look.
    if texts.iter().flatten().all(|text| is_line_comment(text)) {
        return;
    }
    *attributes = attributes
        .drain(..)
        .zip(texts)
        .flat_map(|(attribute, text)| match text {
            Some(text) => match in_plain_lines(&text).trim() {
                // A line of its own, between two others of the same comment.
                "" => vec![line_comment("")],
                text => code_blocks::as_text(text).lines().map(line_comment).collect(),
            },
            None => vec![attribute],
        })
        .collect();
}

/// Whether a text is as [`line_comment`] writes it.
fn is_line_comment(text: &str) -> bool {
    let is_trimmed = |line: &str| {
        !line.is_empty() && line.trim() == line && !line.contains(|c| c == '\n' || is_refused(c))
    };
    text.strip_prefix(' ').map_or(text.is_empty(), is_trimmed)
}

/// A text without what rustc refuses in a comment: a carriage return ends a line here, and nothing changes its direction.
fn in_plain_lines(text: &str) -> Cow<'_, str> {
    if !text.contains(is_refused) {
        return Cow::Borrowed(text);
    }
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    Cow::Owned(lines.replace(is_refused, ""))
}

fn is_refused(c: char) -> bool {
    matches!(c, '\r' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text of an outer documentation attribute.
pub(super) fn text(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else {
        return None;
    };
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &meta.value else {
        return None;
    };
    let is_outer_doc = meta.path.is_ident("doc") && matches!(attribute.style, AttrStyle::Outer);
    is_outer_doc.then(|| text.value())
}

pub(super) fn line_comment(line: &str) -> Attribute {
    let line = if line.is_empty() { String::new() } else { format!(" {line}") };
    let line = ExprLit { attrs: Vec::new(), lit: Lit::Str(LitStr::new(&line, Span::call_site())) };
    // Put together by hand: there are hundreds, and to parse each of them takes as long as to print the whole file.
    Attribute {
        pound_token: Token![#](Span::call_site()),
        style: AttrStyle::Outer,
        bracket_token: Bracket::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: Path::from(Ident::new("doc", Span::call_site())),
            eq_token: Token![=](Span::call_site()),
            value: Expr::Lit(line),
        }),
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    fn lines(doc: &str) -> Vec<String> {
        let mut attributes = vec![parse_quote!(#[doc = #doc])];
        rewrite(&mut attributes);
        attributes.iter().filter_map(text).collect()
    }

    #[test]
    fn nothing_in_a_comment_is_refused_by_rustc() {
        for (doc, expected) in [
            (" a", vec![" a"]),
            (" a\rb", vec![" a", " b"]),
            ("a\r\nb\r\rc", vec![" a", " b", "", " c"]),
            (" `\u{202e}a\u{2069}`.", vec![" `a`."]),
            ("\u{2066}", vec![""]),
            ("a\u{200f}b", vec![" a\u{200f}b"]),
        ] {
            assert_eq!(lines(doc), expected, "{doc:?}");
        }
    }
}
