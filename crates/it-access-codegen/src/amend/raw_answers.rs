//! Gives each operation a second method, which answers with status, headers and body as they came.
//!
//! progenitor's own method reads a body into the one type that the document has for it, and its error keeps either the
//! body or the reason why it cannot be read. Who reads more than that (a header of every answer, the body beside what was
//! made of it) needs the answer itself.

use quote::{format_ident, quote};
use syn::{
    Attribute, Expr, File, FnArg, Ident, ImplItem, ImplItemFn, Item, ItemImpl, Local, LocalInit,
    Pat, PatType, Stmt, Type, Visibility, parse_quote,
};

use super::{constructors::is_client, variables::is_own_variable};
use crate::{Error, supply::Operation};

/// Adds `{operation}_raw` for each operation, unless another has that name.
pub(super) fn add(file: &mut File, operations: &[Operation<'_>]) -> Result<(), Error> {
    let methods: Vec<String> = operations.iter().map(Operation::method_name).collect();
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
    let mut request = typed.clone();
    request.attrs = vec![parse_quote!(#[doc = " The request, without its credentials."])];
    request.vis = Visibility::Inherited;
    request.sig.ident = request_name.clone();
    request.sig.asyncness = None;
    request.sig.generics.params.push(parse_quote!(E));
    request.sig.output = parse_quote!(-> ::std::result::Result<::reqwest::Request, Error<E>>);
    let body = request.block.stmts.iter_mut().filter_map(value).find_map(loosen);
    let mut statements = request.block.stmts.iter_mut().enumerate();
    let (position, variable) = statements.find_map(|(at, it)| Some((at, written(it)?)))?;
    request.block.stmts.truncate(position + 1);
    request.block.stmts.push(Stmt::Expr(parse_quote!(Ok(#variable)), None));

    let take_request: Stmt =
        parse_quote!(let mut #variable = self.#request_name(#(#arguments),*)?;);
    typed.block.stmts.splice(..=position, [take_request]);
    let mut raw = raw_twin(typed, &variable)?;
    if let Some(body) = body {
        body.take_any(&mut request);
        body.take_any(&mut raw);
        raw.attrs.insert(1, body.doc());
    }
    if body == Some(Body::Json) {
        let write_body = parse_quote! {
            let body = ::serde_json::to_vec(&body)
                .map_err(|error| Error::InvalidRequest(error.to_string()))?;
        };
        typed.block.stmts.insert(0, write_body);
    }
    Some((request, raw))
}

/// The same method up to the answer, whose status it does not look at.
fn raw_twin(typed: &ImplItemFn, request: &Ident) -> Option<ImplItemFn> {
    let mut raw = typed.clone();
    let name = typed.sig.ident.to_string();
    let doc = format!(" [`Client::{name}`], with the answer as it came, whatever its status.");
    raw.attrs.retain(|attribute| !attribute.path().is_ident("doc"));
    raw.attrs.insert(0, parse_quote!(#[doc = #doc]));
    raw.sig.ident = format_ident!("{}", raw_name(&name));
    raw.sig.output = parse_quote!(-> ::std::result::Result<::it_access_runtime::Answer, Error<()>>);

    let sending = raw.block.stmts.iter().position(calls_exec)?;
    raw.block.stmts.truncate(sending);
    raw.block.stmts.push(parse_quote! {
        let answer = ::it_access_runtime::answer(&self.client, #request, &self.inner);
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

/// How a body is written that the document describes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    Json,
    Form,
}

impl Body {
    /// Lets a method take any body: JSON that is written already, so that who has a long list in a form of their own need
    /// not copy it, or a value that is written as a form.
    fn take_any(self, method: &mut ImplItemFn) {
        let any = match self {
            Self::Json => parse_quote!(impl ::std::convert::Into<::reqwest::Body>),
            Self::Form => {
                parse_quote!(&'a (impl ::serde::Serialize + ::std::marker::Sync + ?Sized))
            }
        };
        if let Some(body) = method.sig.inputs.iter_mut().find_map(body_type) {
            *body = any;
        }
    }

    fn doc(self) -> Attribute {
        match self {
            Self::Json => parse_quote! {
                #[doc = "\n The body is JSON that is written already. It is sent as it is, and not checked."]
            },
            Self::Form => parse_quote! {
                #[doc = "\n The body may have any type that is written like the operation's own; it is not checked."]
            },
        }
    }
}

/// The type of the parameter `body`.
fn body_type(input: &mut FnArg) -> Option<&mut Type> {
    match input {
        FnArg::Typed(PatType { pat, ty, .. }) => {
            (quote!(#pat).to_string() == "body").then_some(&mut **ty)
        }
        FnArg::Receiver(_) => None,
    }
}

/// What is assigned to a variable.
fn value(statement: &mut Stmt) -> Option<&mut Expr> {
    match statement {
        Stmt::Local(Local { init: Some(LocalInit { expr, .. }), .. }) => Some(expr),
        _ => None,
    }
}

/// Finds how a chain of calls writes the body, and lets it take one that is JSON already.
fn loosen(chain: &mut Expr) -> Option<Body> {
    match chain {
        Expr::Try(tried) => loosen(&mut tried.expr),
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
            Some(Body::Json)
        }
        Expr::MethodCall(call) if call.method == "form_urlencoded" => Some(Body::Form),
        Expr::MethodCall(call) => loosen(&mut call.receiver),
        _ => None,
    }
}

/// Whether it is the statement that sends the request.
fn calls_exec(statement: &Stmt) -> bool {
    quote!(#statement).to_string().contains("self . exec (")
}

/// The variable of the request, if this is the statement after which it is written. Nobody changes it in this method any
/// more.
fn written(statement: &mut Stmt) -> Option<Ident> {
    let Stmt::Local(Local { attrs, pat: Pat::Ident(pattern), .. }) = statement else { return None };
    if !is_own_variable(&pattern.ident, "request") {
        return None;
    }
    attrs.clear();
    pattern.mutability = None;
    Some(pattern.ident.clone())
}
