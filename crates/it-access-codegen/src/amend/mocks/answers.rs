//! Answers with the very text that a value is written as.
//!
//! httpmock reads a JSON body back as a tree, in which a map has lost its order, and the keys that stand twice.

use syn::{Expr, ImplItem, Item, Stmt, parse_quote};

use super::bodies;

pub(super) fn mend(items: &mut [Item]) {
    let blocks = items.iter_mut().filter_map(|item| match item {
        Item::Impl(block) => Some(&mut block.items),
        _ => None,
    });
    for item in blocks.flatten() {
        if let ImplItem::Fn(method) = item
            && let Some(Stmt::Expr(Expr::Call(wrapped), None)) = method.block.stmts.last_mut()
            && let Some(Expr::MethodCall(call)) = wrapped.args.first_mut()
            && call.method == "json_body_obj"
            && is_answer(&call.receiver)
        {
            let value = bodies::reference(&method.sig);
            call.method = parse_quote!(body);
            call.args = parse_quote! {
                ::serde_json::to_vec(#value).expect("a type of the document can be written as JSON")
            };
        }
    }
}

/// Whether a header is set before, which progenitor's matcher of a body does not do.
fn is_answer(receiver: &Expr) -> bool {
    matches!(receiver, Expr::MethodCall(call) if call.method == "header")
}
