//! The Rust names that progenitor and typify make of names in a document.
//!
//! Neither crate offers its conversion, so this is the same one over again; a test holds the two together.

use heck::{ToPascalCase, ToSnakeCase};
use quote::format_ident;
use syn::Ident;
use unicode_ident::{is_xid_continue, is_xid_start};

/// The name of a type, a variant or a trait.
pub(crate) fn pascal(name: &str) -> String {
    identifier(name, str::to_pascal_case, "X")
}

/// The name of a field, of an argument, or of a function.
pub(crate) fn snake(name: &str) -> String {
    identifier(name, str::to_snake_case, "x")
}

/// The name of a constant.
pub(crate) fn constant(name: &str) -> String {
    snake(name).to_uppercase()
}

pub(crate) fn constant_ident(name: &str) -> Ident {
    format_ident!("{}", constant(name))
}

/// The name of the client's method for an operation, and of its argument for a parameter. progenitor puts another letter
/// before a digit than typify.
pub(crate) fn method(name: &str) -> String {
    identifier(name, str::to_snake_case, "_")
}

/// The name of a type of the mocks, which progenitor makes, and not typify.
pub(crate) fn mock_ident(name: &str) -> Ident {
    format_ident!("{}", identifier(name, str::to_pascal_case, "_"))
}

pub(crate) fn type_ident(name: &str) -> Ident {
    format_ident!("{}", pascal(name))
}

pub(crate) fn value_ident(name: &str) -> Ident {
    format_ident!("{}", snake(name))
}

/// Whether anything of a name is left in the Rust name that is made of it.
pub(crate) fn is_nameable(name: &str) -> bool {
    matches!(name, "+1" | "-1") || name.chars().any(|c| c != '_' && is_xid_continue(c))
}

/// Whether a name can stand in Rust code as it is.
pub(crate) fn is_identifier(name: &str) -> bool {
    syn::parse_str::<Ident>(name).is_ok()
}

fn identifier(name: &str, to_case: fn(&str) -> String, prefix: &str) -> String {
    let name = match name {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => to_case(&name.replace('\'', "").replace(|c| !is_xid_continue(c), "-")),
    };
    let name = match name.chars().next() {
        None => to_case("x"),
        Some(first) if is_xid_start(first) => name,
        Some(_) => format!("{prefix}{name}"),
    };
    if is_identifier(&name) && name != "gen" { name } else { format!("{name}_") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_as_rust_joins_them() {
        let cases = [
            ("device_action", "DeviceAction", "device_action"),
            ("cold-white", "ColdWhite", "cold_white"),
            ("listPets", "ListPets", "list_pets"),
            ("type", "Type", "type_"),
            ("self", "Self_", "self_"),
            ("2nd", "X2nd", "x2nd"),
            ("-1", "minus1", "minus1"),
        ];
        for (name, type_name, field_name) in cases {
            assert_eq!(pascal(name), type_name, "{name}");
            assert_eq!(snake(name), field_name, "{name}");
        }
    }

    #[test]
    fn progenitor_puts_an_underscore_before_a_digit() {
        for (name, method_name, mock_name) in [
            ("2nd", "_2nd", "_2ndWhen"),
            ("_2fa", "_2fa", "_2faWhen"),
            ("'2x'", "_2x", "_2xWhen"),
            ("-1", "minus1", "Minus1When"),
            ("list_2", "list_2", "List2When"),
            ("type", "type_", "TypeWhen"),
        ] {
            assert_eq!(method(name), method_name, "{name}");
            let mock = mock_ident(&format!("{}-when", method(name)));
            assert_eq!(mock, mock_name, "{name}");
        }
        assert_eq!(method("$"), "x");
    }

    #[test]
    fn some_names_leave_nothing() {
        for name in ["", "$", "___", "-", "🦀"] {
            assert!(!is_nameable(name), "{name}");
        }
        assert!(is_nameable("ß"));
    }
}
