//! Rust names for the document's, by the same rules as progenitor's and typify's: what is generated beside their code
//! must agree with it.

use heck::{ToPascalCase, ToSnakeCase};
use quote::format_ident;
use syn::Ident;

/// `device_action` as `DeviceAction`.
pub(crate) fn pascal_case(name: &str) -> String {
    identifier(&words(name).to_pascal_case(), "X")
}

/// `X-RateLimit-Limit` as `x_rate_limit_limit`.
pub(crate) fn snake_case(name: &str) -> String {
    identifier(&words(name).to_snake_case(), "x")
}

/// `device_action` as `DEVICE_ACTION`.
pub(crate) fn constant_case(name: &str) -> String {
    snake_case(name).to_uppercase()
}

/// The name of the client's method for an operation.
pub(crate) fn method_name(operation_id: &str) -> String {
    identifier(&words(operation_id).to_snake_case(), "_")
}

pub(crate) fn type_ident(name: &str) -> Ident {
    format_ident!("{}", pascal_case(name))
}

pub(crate) fn value_ident(name: &str) -> Ident {
    format_ident!("{}", snake_case(name))
}

/// The name with whatever no identifier can hold as a gap between words.
fn words(name: &str) -> String {
    name.replace('\'', "").replace(|character| !unicode_ident::is_xid_continue(character), "-")
}

fn identifier(name: &str, prefix: &str) -> String {
    let name = match name.chars().next() {
        None => prefix.to_owned(),
        Some(first) if unicode_ident::is_xid_start(first) => name.to_owned(),
        Some(_) => format!("{prefix}{name}"),
    };
    if syn::parse_str::<Ident>(&name).is_ok() { name } else { format!("{name}_") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_identifiers() {
        let cases = [
            ("device_action", "DeviceAction", "device_action"),
            ("X-RateLimit-Limit", "XRateLimitLimit", "x_rate_limit_limit"),
            ("AccessToken", "AccessToken", "access_token"),
            ("404", "X404", "x404"),
            ("type", "Type", "type_"),
            ("self", "Self_", "self_"),
            ("", "X", "x"),
            ("it's/here", "ItsHere", "its_here"),
        ];
        for (name, pascal, snake) in cases {
            assert_eq!((pascal_case(name).as_str(), snake_case(name).as_str()), (pascal, snake));
        }
        assert_eq!(method_name("2nd-try"), "_2nd_try");
    }
}
