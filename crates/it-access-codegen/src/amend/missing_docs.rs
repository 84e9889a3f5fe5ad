//! Documents the public items that progenitor leaves without documentation, from what their names and types say.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Attribute, Field, Fields, GenericArgument, ImplItem, ImplItemFn, Item, ItemTrait, Meta,
    PathArguments, TraitItem, Type, TypePath, Visibility,
};

use super::docs::{line_comment, text};

/// Documents the variants and fields of a client's types.
pub(super) fn write_for_client(types: &mut [Item]) {
    for item in types {
        match item {
            Item::Struct(item) => item.fields.iter_mut().for_each(document_field),
            Item::Enum(item) => {
                for variant in &mut item.variants {
                    let doc = match &variant.fields {
                        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                            format!("A {}.", type_link(&fields.unnamed[0].ty))
                        }
                        _ => {
                            let wire_name = serde_rename(&variant.attrs);
                            format!("`{}`.", wire_name.unwrap_or_else(|| variant.ident.to_string()))
                        }
                    };
                    document(&mut variant.attrs, &doc);
                    variant.fields.iter_mut().for_each(document_field);
                }
            }
            _ => {}
        }
    }
}

/// Documents the two types that the mocks of each operation have, and their methods.
pub(super) fn write_for_httpmock(items: &mut [Item]) {
    for item in items {
        match item {
            Item::Mod(item) => {
                if let Some((_, items)) = &mut item.content {
                    write_for_httpmock(items);
                }
            }
            Item::Struct(item) => {
                let doc = if item.ident.to_string().ends_with("When") {
                    "Which requests a mock of this operation answers."
                } else {
                    "What a mock of this operation answers."
                };
                document(&mut item.attrs, doc);
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let is_when = type_name(&item.self_ty).ends_with("When");
                for item in &mut item.items {
                    if let ImplItem::Fn(function) = item {
                        let doc = httpmock_method(function, is_when);
                        document(&mut function.attrs, &doc);
                    }
                }
            }
            Item::Trait(item) => document_mock_server(item),
            _ => {}
        }
    }
}

fn httpmock_method(function: &ImplItemFn, is_when: bool) -> String {
    let name = function.sig.ident.to_string();
    match (name.as_str(), is_when) {
        ("new", _) => "Wraps the untyped half of a mock.".to_owned(),
        ("into_inner", _) => {
            "Gives the untyped half back, to deviate from what the document permits.".to_owned()
        }
        (_, true) => format!("Answers only requests whose `{name}` is `value`."),
        (_, false) => {
            let name = name.replace('_', " ");
            let takes_status = function.sig.to_token_stream().to_string().contains("status : u16");
            match status_literal(function.block.to_token_stream()).filter(|_| !takes_status) {
                Some(status) => format!("Answers {status}, {name}."),
                None => format!("Answers with the given status, {name}."),
            }
        }
    }
}

fn document_mock_server(item: &mut ItemTrait) {
    for item in &mut item.items {
        if let TraitItem::Fn(function) = item {
            let doc = format!(
                "Mocks the operation `{}`: `config_fn` says which requests it answers, and what.",
                function.sig.ident
            );
            document(&mut function.attrs, &doc);
        }
    }
}

fn document_field(field: &mut Field) {
    if !matches!(field.vis, Visibility::Public(_)) {
        return;
    }
    let Some(name) = &field.ident else { return };
    let doc = format!("`{name}`: a {}.", type_link(&field.ty));
    document(&mut field.attrs, &doc);
}

/// Puts `doc` in front, unless there is documentation.
fn document(attributes: &mut Vec<Attribute>, doc: &str) {
    if !attributes.iter().any(|attribute| text(attribute).is_some()) {
        attributes.insert(0, line_comment(doc));
    }
}

/// The name of a type, past its references, options and lists, as a link if the type is in scope.
fn type_link(ty: &Type) -> String {
    let name = type_name(ty);
    if is_in_scope(ty) { format!("[`{name}`]") } else { format!("`{name}`") }
}

fn type_name(ty: &Type) -> String {
    let Type::Path(path) = innermost(ty) else { return ty.to_token_stream().to_string() };
    path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default()
}

/// What a reference, an option, a list or a box is of.
fn innermost(ty: &Type) -> &Type {
    match ty {
        Type::Reference(reference) => innermost(&reference.elem),
        Type::Path(path) => within(path).map_or(ty, innermost),
        _ => ty,
    }
}

fn within(path: &TypePath) -> Option<&Type> {
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let is_wrapper = ["Option", "Vec", "Box"].iter().any(|wrapper| last.ident == wrapper);
    arguments.args.first().filter(|_| is_wrapper).and_then(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// Whether a link by name finds a type: one of the module's own or of the prelude.
fn is_in_scope(ty: &Type) -> bool {
    let Type::Path(path) = innermost(ty) else { return false };
    let is_string = path.path.segments.last().is_some_and(|last| last.ident == "String");
    path.path.leading_colon.is_none() || is_string
}

/// The name that a variant has on the wire, if serde is told another than the variant's own.
fn serde_rename(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let Meta::List(list) = &attribute.meta else {
            return None;
        };
        if !list.path.is_ident("serde") {
            return None;
        }
        let mut name = None;
        // What is not `rename = "…"` is no concern here, so an error is none either.
        let _ = list.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                name = Some(meta.value()?.parse::<syn::LitStr>()?.value());
            }
            Ok(())
        });
        name
    })
}

/// The status that a method of the answering half sets, unless its caller chooses one: the only `u16` in its body.
fn status_literal(tokens: TokenStream) -> Option<u16> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Group(group) => status_literal(group.stream()),
        TokenTree::Literal(literal) => literal.to_string().strip_suffix("u16")?.parse().ok(),
        _ => None,
    })
}
