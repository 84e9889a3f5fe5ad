//! Gives each operation a second method, which answers with status, headers and body as they came.
//!
//! progenitor's own method reads a body into the one type that the document has for it, and its error keeps either the
//! body or the reason why it cannot be read. Who reads more than that (a header of every answer, the body beside what was
//! made of it) needs the answer itself.

use quote::{format_ident, quote};
use syn::{
    Expr, File, FnArg, Ident, ImplItem, ImplItemFn, Item, ItemImpl, Local, LocalInit, Pat, PatType,
    Stmt, Type, Visibility, parse_quote,
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
    let is_json = request.block.stmts.iter_mut().filter_map(value).any(takes_written_json);
    any_body(&mut request, is_json);
    let written = request.block.stmts.iter_mut().position(is_written)? + 1;
    request.block.stmts.truncate(written);
    request.block.stmts.push(Stmt::Expr(parse_quote!(Ok(request)), None));

    typed.block.stmts.splice(..written, [take_request]);
    let raw = raw_twin(typed, is_json)?;
    if is_json {
        let write_body = parse_quote! {
            let body = ::serde_json::to_vec(&body)
                .map_err(|error| Error::InvalidRequest(error.to_string()))?;
        };
        typed.block.stmts.insert(0, write_body);
    }
    Some((request, raw))
}

/// The same method up to the answer, whose status it does not look at.
fn raw_twin(typed: &ImplItemFn, is_json: bool) -> Option<ImplItemFn> {
    let mut raw = typed.clone();
    let name = typed.sig.ident.to_string();
    let doc = format!(" [`Client::{name}`], with the answer as it came, whatever its status.");
    raw.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
    raw.attrs.insert(0, parse_quote!(#[doc = #doc]));
    raw.sig.ident = format_ident!("{}", raw_name(&name));
    raw.sig.output = parse_quote!(-> ::std::result::Result<::it_access_runtime::Answer, Error<()>>);
    if let Some(doc) = any_body(&mut raw, is_json) {
        raw.attrs.insert(1, parse_quote!(#[doc = #doc]));
    }

    let sending = raw.block.stmts.iter().position(calls_exec)?;
    raw.block.stmts.truncate(sending);
    raw.block.stmts.push(parse_quote! {
        let answer = ::it_access_runtime::answer(&self.client, request, &self.inner);
    });
    raw.block.stmts.push(Stmt::Expr(parse_quote!(answer.await.map_err(Into::into)), None));
    Some(raw)
}

/// What an argument is called, if it is not `self`.
fn argument(input: &FnArg) -> Option<Box<Pat>> {
    match input {
        FnArg::Typed(PatType { pat, .. }) => Some(pat.clone()),
        FnArg::Receiver(_) => None,
    }
}

/// Lets a method's body be any: JSON that is written already, so that who has a long list in a form of their own need not
/// copy it, or a value that is written as a form. Gives its documentation, if there is such a body.
fn any_body(method: &mut ImplItemFn, is_json: bool) -> Option<&'static str> {
    let body = method.sig.inputs.iter_mut().find_map(body_type)?;
    let (any, doc) = match is_json {
        true => (
            parse_quote!(impl ::std::convert::Into<::reqwest::Body>),
            "\n The body is JSON that is written already. It is sent as it is, and not checked.",
        ),
        false => (
            parse_quote!(&'a (impl ::serde::Serialize + ::std::marker::Sync + ?Sized)),
            "\n The body may have any type that is written like the operation's own; it is not checked.",
        ),
    };
    *body = any;
    Some(doc)
}

/// The type of the parameter `body`, if it is a reference to what is to be written.
fn body_type(input: &mut FnArg) -> Option<&mut Type> {
    match input {
        FnArg::Typed(PatType { pat, ty, .. }) if quote!(#pat).to_string() == "body" => {
            matches!(**ty, Type::Reference(_)).then_some(&mut **ty)
        }
        _ => None,
    }
}

/// What is assigned to a variable.
fn value(statement: &mut Stmt) -> Option<&mut Expr> {
    match statement {
        Stmt::Local(Local { init: Some(LocalInit { expr, .. }), .. }) => Some(expr),
        _ => None,
    }
}

/// Lets a chain of calls that writes a body as JSON take one that is written. Says whether it is such a chain.
fn takes_written_json(chain: &mut Expr) -> bool {
    match chain {
        Expr::Try(tried) => takes_written_json(&mut tried.expr),
        Expr::MethodCall(call) if call.method == "json" => {
            let request = &call.receiver;
            *chain = parse_quote! {
                #request
                    .header(
                        ::reqwest::header::CONTENT_TYPE,
                        ::reqwest::header::HeaderValue::from_static("application/json"),
                    )
                    .body(body)
            };
            true
        }
        Expr::MethodCall(call) => takes_written_json(&mut call.receiver),
        _ => false,
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
