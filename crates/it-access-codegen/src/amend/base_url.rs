//! Keeps the base URL as it was parsed and checked when the client was made. progenitor keeps its text, and parses that
//! anew for each request, which takes longer than to write the request.

use quote::quote;
use syn::{
    Expr, ExprMacro, Fields, File, FnArg, ImplItem, ImplItemFn, Item, LitStr, Local, LocalInit,
    Stmt, Token, Type, parse::Parser, parse_quote, punctuated::Punctuated,
};

use super::constructors::is_client;
use crate::Error;

pub(super) fn keep_parsed(file: &mut File) -> Result<(), Error> {
    for item in &mut file.items {
        match item {
            Item::Struct(item) if item.ident == "Client" => retype_field(&mut item.fields),
            Item::Impl(block) if is_client(block) => {
                for item in &mut block.items {
                    if let ImplItem::Fn(method) = item {
                        amend(method)?;
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn base_url() -> Type {
    parse_quote!(::it_access_runtime::BaseUrl)
}

fn retype_field(fields: &mut Fields) {
    let field = fields.iter_mut().find(|it| it.ident.as_ref().is_some_and(|it| it == "baseurl"));
    if let Some(field) = field {
        field.ty = base_url();
    }
}

fn amend(method: &mut ImplItemFn) -> Result<(), Error> {
    if method.sig.ident == "new_with_client" {
        if let Some(FnArg::Typed(first)) = method.sig.inputs.first_mut() {
            *first.ty = base_url();
        }
        method.block = parse_quote!({ Self { baseurl, client, inner } });
        return Ok(());
    }
    let urls = method.block.stmts.iter_mut().filter_map(url);
    urls.into_iter().try_for_each(|url| {
        *url = joined(url).ok_or_else(|| {
            let method = &method.sig.ident;
            Error::UnexpectedOutput(format!("`Client::{method}` has no URL that is known"))
        })?;
        Ok(())
    })
}

/// What is assigned to the variable `url`.
fn url(statement: &mut Stmt) -> Option<&mut Expr> {
    match statement {
        Stmt::Local(Local { pat, init: Some(LocalInit { expr, .. }), .. })
            if quote!(#pat).to_string() == "url" =>
        {
            Some(expr)
        }
        _ => None,
    }
}

/// `format!("{}/path/{}", self.baseurl, parameter)`, without the base URL in the text.
fn joined(url: &Expr) -> Option<Expr> {
    let Expr::Macro(ExprMacro { mac, .. }) = url else { return None };
    let parts = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(mac.tokens.clone()).ok()?;
    let mut parts = parts.into_iter();
    let template: LitStr = parts.next().map(|it| parse_quote!(#it))?;
    let path = template.value().strip_prefix("{}")?.to_owned();
    let _base_url = parts.next()?;
    let parameters: Vec<Expr> = parts.collect();
    Some(match parameters.as_slice() {
        [] => parse_quote!(self.baseurl.join(#path)),
        parameters => parse_quote!(self.baseurl.join(&format!(#path, #(#parameters),*))),
    })
}
