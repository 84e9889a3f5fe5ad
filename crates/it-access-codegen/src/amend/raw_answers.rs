//! Gives each operation a second method, which answers with status, headers and body as they came.
//!
//! progenitor's own method reads a body into the one type that the document has for it, and its error keeps either the
//! body or the reason why it cannot be read. Who reads more than that (a header of every answer, the body beside what was
//! made of it) needs the answer itself.

use quote::{format_ident, quote};
use syn::{
    File, FnArg, Ident, ImplItem, ImplItemFn, Item, ItemImpl, Local, Pat, PatType, Stmt, Type,
    Visibility, parse_quote,
};

use super::constructors::is_client;
use crate::{Error, rust_name};

/// Adds `{operation}_raw` for each operation, unless another has that name.
pub(super) fn add(file: &mut File, operation_ids: &[&str]) -> Result<(), Error> {
    let methods: Vec<String> = operation_ids.iter().map(|id| rust_name::method(id)).collect();
    for method in &methods {
        let raw = raw_name(method);
        if methods.contains(&raw) {
            continue;
        }
        let (block, position) = find(file, method)
            .ok_or_else(|| Error::UnexpectedOutput(format!("`Client` has no `{method}`")))?;
        let twin = match &mut block.items[position] {
            ImplItem::Fn(typed) => split(typed, &request_name(method, &methods)),
            _ => None,
        };
        let (request, raw) = twin
            .ok_or_else(|| Error::UnexpectedOutput(format!("`Client::{method}` sends nothing")))?;
        block.items.splice(position + 1..position + 1, [request, raw].map(ImplItem::Fn));
    }
    Ok(())
}

/// A method whose name is a keyword has an underscore at its end.
fn raw_name(method: &str) -> String {
    format!("{}_raw", method.trim_end_matches('_'))
}

/// A name that no operation has.
fn request_name(method: &str, methods: &[String]) -> Ident {
    let mut name = format!("{}_request", method.trim_end_matches('_'));
    while methods.contains(&name) {
        name.push('_');
    }
    format_ident!("{name}")
}

fn find<'a>(file: &'a mut File, method: &str) -> Option<(&'a mut ItemImpl, usize)> {
    file.items.iter_mut().find_map(|item| match item {
        Item::Impl(block) if is_client(block) => {
            let is_it =
                |item: &ImplItem| matches!(item, ImplItem::Fn(it) if it.sig.ident == method);
            let position = block.items.iter().position(is_it)?;
            Some((block, position))
        }
        _ => None,
    })
}

/// Takes the writing of the request out of a method, and makes of it a method of its own, for the typed one and its raw twin.
fn split(typed: &mut ImplItemFn, request_name: &Ident) -> Option<(ImplItemFn, ImplItemFn)> {
    let arguments: Vec<Box<Pat>> = typed.sig.inputs.iter().filter_map(argument).collect();
    let take_request: Stmt = parse_quote!(let mut request = self.#request_name(#(#arguments),*)?;);

    let mut request = typed.clone();
    request.attrs = vec![parse_quote!(#[doc = " The request, without its credentials."])];
    request.vis = Visibility::Inherited;
    request.sig.ident = request_name.clone();
    request.sig.asyncness = None;
    request.sig.generics.params.push(parse_quote!(E));
    request.sig.output = parse_quote!(-> ::std::result::Result<::reqwest::Request, Error<E>>);
    any_body(&mut request);
    let written = request.block.stmts.iter_mut().position(is_written)? + 1;
    request.block.stmts.truncate(written);
    request.block.stmts.push(Stmt::Expr(parse_quote!(Ok(request)), None));

    typed.block.stmts.splice(..written, [take_request]);
    let raw = raw_twin(typed)?;
    Some((request, raw))
}

/// The same method up to the answer, whose status it does not look at.
///
/// Its body may have any type, so that who has a long list in a form of their own need not copy it.
fn raw_twin(typed: &ImplItemFn) -> Option<ImplItemFn> {
    let mut raw = typed.clone();
    let name = typed.sig.ident.to_string();
    let doc = format!(" [`Client::{name}`], with the answer as it came, whatever its status.");
    raw.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
    raw.attrs.insert(0, parse_quote!(#[doc = #doc]));
    raw.sig.ident = format_ident!("{}", raw_name(&name));
    raw.sig.output = parse_quote!(-> ::std::result::Result<::it_access_runtime::Answer, Error<()>>);
    if any_body(&mut raw) {
        raw.attrs.insert(1, parse_quote!(#[doc = #BODY_DOC]));
    }

    let sending = raw.block.stmts.iter().position(calls_exec)?;
    raw.block.stmts.truncate(sending);
    raw.block.stmts.push(parse_quote! {
        let answer = ::it_access_runtime::answer(&self.client, request, &self.inner);
    });
    raw.block.stmts.push(Stmt::Expr(parse_quote!(answer.await.map_err(Into::into)), None));
    Some(raw)
}

const BODY_DOC: &str =
    "\n The body may have any type that is written like the operation's own; it is not checked.";

/// What an argument is called, if it is not `self`.
fn argument(input: &FnArg) -> Option<Box<Pat>> {
    match input {
        FnArg::Typed(PatType { pat, .. }) => Some(pat.clone()),
        FnArg::Receiver(_) => None,
    }
}

/// Lets a method's body be of any type. Says whether it has one.
fn any_body(method: &mut ImplItemFn) -> bool {
    let body = method.sig.inputs.iter_mut().find_map(body_type);
    let has_body = body.is_some();
    if let Some(body) = body {
        *body = parse_quote!((impl ::serde::Serialize + ::std::marker::Sync + ?Sized));
    }
    has_body
}

/// The type of the parameter `body`, behind its reference.
fn body_type(input: &mut FnArg) -> Option<&mut Type> {
    match input {
        FnArg::Typed(PatType { pat, ty, .. }) if quote!(#pat).to_string() == "body" => {
            match &mut **ty {
                Type::Reference(reference) => Some(&mut reference.elem),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether it is the statement that sends the request.
fn calls_exec(statement: &Stmt) -> bool {
    quote!(#statement).to_string().contains("self . exec")
}

/// Whether it is the statement after which the request is written. Nobody changes it in this method any more.
fn is_written(statement: &mut Stmt) -> bool {
    let Stmt::Local(Local { attrs, pat: Pat::Ident(name), .. }) = statement else { return false };
    let is_written = name.ident == "request";
    if is_written {
        attrs.clear();
        name.mutability = None;
    }
    is_written
}
