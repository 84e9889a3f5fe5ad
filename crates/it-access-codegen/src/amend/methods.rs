//! Writes requests of the methods for which reqwest has no function: `OPTIONS` and `TRACE`.
//!
//! progenitor calls a function of the method's name, whatever it is.

use quote::format_ident;
use syn::{Expr, ExprMethodCall, File, ImplItem, Item, Local, Stmt, parse_quote};

use super::constructors::is_client;

pub(super) fn write(file: &mut File) {
    let blocks = file.items.iter_mut().filter_map(|item| match item {
        Item::Impl(block) if is_client(block) => Some(&mut block.items),
        _ => None,
    });
    for item in blocks.flatten() {
        let ImplItem::Fn(method) = item else { continue };
        for statement in &mut method.block.stmts {
            if let Stmt::Local(Local { init: Some(init), .. }) = statement
                && let Some(call) = innermost(&mut init.expr)
                && (call.method == "options" || call.method == "trace")
            {
                let method = format_ident!("{}", call.method.to_string().to_uppercase());
                let (client, url) = (&call.receiver, &call.args);
                *call = parse_quote!(#client.request(::reqwest::Method::#method, #url));
            }
        }
    }
}

/// The first call of a chain of them.
fn innermost(expression: &mut Expr) -> Option<&mut ExprMethodCall> {
    match expression {
        Expr::Try(attempt) => innermost(&mut attempt.expr),
        Expr::MethodCall(call) => match *call.receiver {
            Expr::Try(_) | Expr::MethodCall(_) => innermost(&mut call.receiver),
            _ => Some(call),
        },
        _ => None,
    }
}
