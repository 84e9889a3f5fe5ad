//! Takes a header out of each request: `api-version`, which progenitor sends whether or not the document declares it.

use quote::quote;
use syn::{Expr, ExprMethodCall, File, ImplItem, Item, Local, Pat, Stmt};

use super::constructors::is_client;

pub(super) fn leave_out(file: &mut File) {
    let blocks = file.items.iter_mut().filter_map(|item| match item {
        Item::Impl(block) if is_client(block) => Some(block),
        _ => None,
    });
    for item in blocks.flat_map(|block| &mut block.items) {
        if let ImplItem::Fn(method) = item {
            leave_out_of(&mut method.block.stmts);
        }
    }
}

fn leave_out_of(statements: &mut Vec<Stmt>) {
    statements
        .retain(|it| !appends(it).is_some_and(|text| text.contains("Self :: api_version ()")));
    if statements.iter().any(|it| appends(it).is_some()) {
        return;
    }
    // Nothing is left to put in the map.
    statements.retain(|it| !makes_map(it));
    for statement in statements {
        if let Stmt::Local(Local { init: Some(init), .. }) = statement {
            leave_out_map(&mut init.expr);
        }
    }
}

/// The text of a statement that puts a header in the map, as it is or under a condition. To write down each of the others
/// would take longer than all else here.
fn appends(statement: &Stmt) -> Option<String> {
    let Stmt::Expr(Expr::MethodCall(_) | Expr::If(_), _) = statement else { return None };
    Some(quote!(#statement).to_string()).filter(|text| text.contains("header_map . append"))
}

/// `let mut header_map = …`
fn makes_map(statement: &Stmt) -> bool {
    let Stmt::Local(Local { pat: Pat::Ident(variable), .. }) = statement else { return false };
    variable.ident == "header_map"
}

/// Makes of `request.headers(header_map).build()?` what it is without the map.
fn leave_out_map(expression: &mut Expr) {
    let Expr::Try(attempt) = expression else { return };
    let Expr::MethodCall(build) = &mut *attempt.expr else { return };
    if let Expr::MethodCall(ExprMethodCall { receiver, method, args, .. }) = &*build.receiver
        && method == "headers"
        && quote!(#args).to_string() == "header_map"
    {
        build.receiver = receiver.clone();
    }
}
