//! Mends the matcher of a body where it does not match what the client sends, or does not compile: progenitor takes each
//! described body for JSON and for a reference, and bytes for JSON.

use openapiv3::{Components, ReferenceOr, RequestBody};
use syn::{Expr, FnArg, ImplItemFn, PatType, Signature, Type, parse_quote};

use crate::supply::component;

pub(super) fn mend(matcher: &mut ImplItemFn, media_type: &str) {
    match media_type.split(';').next() {
        Some("application/json") => {
            let value = reference(&matcher.sig);
            matcher.block = parse_quote!({ Self(self.0.json_body_obj(#value)) });
        }
        Some("application/x-www-form-urlencoded") => {
            let value = reference(&matcher.sig);
            matcher.block = parse_quote!({
                let fields = ::serde_json::to_value(#value).unwrap_or_default();
                let fields = fields.as_object().into_iter().flatten();
                let mut when = self.0;
                let mut count = 0;
                for (name, value) in fields.filter(|(_, value)| !value.is_null()) {
                    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    when = when.form_urlencoded_tuple(name, text);
                    count += 1;
                }
                Self(when.form_urlencoded_tuple_count(".*", ".*", count))
            });
        }
        Some("application/octet-stream") => {
            if let Some(FnArg::Typed(value)) = matcher.sig.inputs.last_mut() {
                *value.ty = parse_quote!(&[u8]);
            }
            matcher.block = parse_quote!({
                let value = value.to_vec();
                Self(self.0.is_true(move |request| request.body_ref() == value))
            });
        }
        _ => {}
    }
}

/// The media type of a body, of which there is only one.
pub(super) fn media_type<'a>(
    body: &'a ReferenceOr<RequestBody>,
    components: Option<&'a Components>,
) -> Option<&'a str> {
    match body {
        ReferenceOr::Item(body) => body.content.keys().next().map(String::as_str),
        ReferenceOr::Reference { reference } => {
            let name = component(reference, "requestBodies")?;
            media_type(components?.request_bodies.get(name)?, components)
        }
    }
}

/// The last argument as a reference, which it is not if it is small.
pub(super) fn reference(signature: &Signature) -> Expr {
    match signature.inputs.last() {
        Some(FnArg::Typed(PatType { ty, .. })) if matches!(**ty, Type::Reference(_)) => {
            parse_quote!(value)
        }
        _ => parse_quote!(&value),
    }
}
