//! The Rust numbers of JSON's, and how a value of one is compared with a limit that it may not be able to hold.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};
use serde_json::Value;

/// A Rust number.
pub(super) struct Primitive {
    name: Ident,
    /// The least and the greatest of its values, unless it is a float.
    range: Option<(i128, i128)>,
}

/// The Rust number for a format, as typify chooses it.
pub(super) fn primitive(schema: &Value) -> Primitive {
    macro_rules! integer {
        ($name:ident) => {
            (stringify!($name), Some(($name::MIN.into(), $name::MAX.into())))
        };
    }
    let (name, range) = match (schema["type"].as_str(), schema["format"].as_str()) {
        (Some("number"), Some("float")) => ("f32", None),
        (Some("number"), _) => ("f64", None),
        (_, Some("int8")) => integer!(i8),
        (_, Some("uint8")) => integer!(u8),
        (_, Some("int16")) => integer!(i16),
        (_, Some("uint16")) => integer!(u16),
        (_, Some("int" | "int32")) => integer!(i32),
        (_, Some("uint" | "uint32")) => integer!(u32),
        (_, Some("uint64")) => integer!(u64),
        _ => integer!(i64),
    };
    Primitive { name: format_ident!("{name}"), range }
}

impl Primitive {
    /// The variable `value`, which is of this type, and a limit, as what can be compared: in a wider type, if the limit is
    /// none of this type, or the last of it, with which rustc takes a comparison for a mistake.
    pub(super) fn comparable(&self, limit: &Value) -> (TokenStream, Literal) {
        match (self.range, limit.as_i64()) {
            (Some((least, greatest)), Some(limit)) => {
                let is_within = least < limit.into() && i128::from(limit) < greatest;
                let value = if is_within { quote!(value) } else { quote!(i128::from(value)) };
                (value, Literal::i64_unsuffixed(limit))
            }
            _ => {
                let limit = limit.as_f64().unwrap_or_default();
                let is_within = self.name != "f32" || limit.abs() <= f32::MAX.into();
                let value = if is_within { quote!(value) } else { quote!(f64::from(value)) };
                (value, Literal::f64_unsuffixed(limit))
            }
        }
    }
}

impl ToTokens for Primitive {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.name.to_tokens(tokens);
    }
}
