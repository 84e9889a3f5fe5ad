//! The identifiers of what is generated beside progenitor's and typify's code.

use quote::format_ident;
use syn::Ident;

use crate::rust_name::{pascal, snake};

/// `device_action` as `DeviceAction`.
pub(crate) fn pascal_case(name: &str) -> String {
    pascal(name)
}

/// `X-RateLimit-Limit` as `x_rate_limit_limit`.
pub(crate) fn snake_case(name: &str) -> String {
    snake(name)
}

/// `device_action` as `DEVICE_ACTION`.
pub(crate) fn constant_case(name: &str) -> String {
    snake(name).to_uppercase()
}

/// The name of the client's method for an operation. progenitor puts another letter before a digit than typify.
pub(crate) fn method_name(operation_id: &str) -> String {
    match operation_id.chars().next() {
        Some(first) if first.is_ascii_digit() => format!("_{}", &snake(operation_id)[1..]),
        _ => snake(operation_id),
    }
}

pub(crate) fn type_ident(name: &str) -> Ident {
    format_ident!("{}", pascal(name))
}

pub(crate) fn value_ident(name: &str) -> Ident {
    format_ident!("{}", snake(name))
}
