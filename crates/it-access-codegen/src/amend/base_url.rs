//! Keeps the base URL as it was parsed and checked when the client was made. progenitor keeps its text, and parses that
//! anew for each request, which takes longer than to write the request.

use quote::quote;
use syn::{
    Expr, ExprLit, ExprMacro, Fields, File, FnArg, ImplItem, ImplItemFn, Item, Lit, Local,
    LocalInit, Pat, Stmt, Token, Type, parse::Parser, parse_quote, punctuated::Punctuated,
};

use super::{constructors::is_client, variables::is_own_variable};
use crate::Error;

pub(super) fn keep_parsed(file: &mut File) -> Result<(), Error> {
    let mut is_kept = false;
    for item in &mut file.items {
        match item {
            Item::Struct(item) if item.ident == "Client" => is_kept = retype(&mut item.fields),
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
    match is_kept {
        true => Ok(()),
        false => Err(Error::UnexpectedOutput("`Client` has no base URL".to_owned())),
    }
}

fn base_url() -> Type {
    parse_quote!(::it_access_runtime::BaseUrl)
}

/// Says whether there is such a field.
fn retype(fields: &mut Fields) -> bool {
    let field = fields.iter_mut().find(|it| it.ident.as_ref().is_some_and(|it| it == "baseurl"));
    let Some(field) = field else { return false };
    field.ty = base_url();
    true
}

fn amend(method: &mut ImplItemFn) -> Result<(), Error> {
    if method.sig.ident == "new_with_client" {
        if let Some(FnArg::Typed(first)) = method.sig.inputs.first_mut() {
            *first.ty = base_url();
        }
        method.block = parse_quote!({ Self { baseurl, client, inner } });
        return Ok(());
    }
    for url in method.block.stmts.iter_mut().filter_map(url) {
        *url = joined(url).ok_or_else(|| {
            let method = &method.sig.ident;
            Error::UnexpectedOutput(format!("the URL of `Client::{method}` is written otherwise"))
        })?;
    }
    Ok(())
}

/// What is assigned to the variable `url`.
fn url(statement: &mut Stmt) -> Option<&mut Expr> {
    match statement {
        Stmt::Local(Local {
            pat: Pat::Ident(variable),
            init: Some(LocalInit { expr, .. }),
            ..
        }) if is_own_variable(&variable.ident, "url") => Some(expr),
        _ => None,
    }
}

/// Of `format!("{}/path/{}", self.baseurl, parameter)` the path, behind the base URL. Nothing, if it is no such call.
fn joined(url: &Expr) -> Option<Expr> {
    let Expr::Macro(ExprMacro { mac, .. }) = url else { return None };
    let arguments = Punctuated::<Expr, Token![,]>::parse_terminated;
    let arguments: Vec<Expr> = arguments.parse2(mac.tokens.clone()).ok()?.into_iter().collect();
    let [Expr::Lit(ExprLit { lit: Lit::Str(template), .. }), base_url, parameters @ ..] =
        arguments.as_slice()
    else {
        return None;
    };
    let template = template.value();
    let path = template.strip_prefix("{}")?;
    (quote!(#base_url).to_string() == "self . baseurl").then(|| match parameters {
        [] => parse_quote!(self.baseurl.join(#path)),
        parameters => parse_quote!(self.baseurl.join(&format!(#path, #(#parameters),*))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_otherwise_is_told() {
        let written = |url: Expr| joined(&url).map(|it| quote!(#it).to_string());
        let path = written(parse_quote!(format!("{}/things", self.baseurl,)));
        assert_eq!(path.as_deref(), Some(r#"self . baseurl . join ("/things")"#));
        let with_parameter = written(parse_quote!(format!("{}/things/{}", self.baseurl, name)));
        let expected = r#"self . baseurl . join (& format ! ("/things/{}" , name))"#;
        assert_eq!(with_parameter.as_deref(), Some(expected));
        for other in [
            parse_quote!(format!("{}/things", other)),
            parse_quote!(format!("/things/{}", self.baseurl)),
            parse_quote!(format!(template, self.baseurl)),
            parse_quote!(self.url()),
        ] {
            assert_eq!(written(other), None);
        }
    }
}
