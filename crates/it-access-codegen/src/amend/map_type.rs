//! Gives clients a map that keeps the order of the text and keys that stand twice.
//!
//! A `HashMap` loses both, and with the second a contradiction in the answer: the same key with two values. It also
//! hashes every key on the way in, which most callers never look up.

use syn::{File, Item, parse_quote};

use super::types_module;
use crate::Error;

/// The name of the map type, which progenitor writes wherever a schema has `additionalProperties`.
pub(crate) const NAME: &str = "Pairs";

/// Writes the map type into `types`, and makes its name known where operations may use it.
pub(super) fn insert(file: &mut File) -> Result<(), Error> {
    let types = types_module(file)?;
    let source = syn::parse_file(include_str!("../pairs.rs"))
        .map_err(|error| Error::UnexpectedOutput(error.to_string()))?;
    let module: Item = {
        let items = source.items;
        parse_quote! {
            mod pairs { #(#items)* }
        }
    };
    types.push(parse_quote! {
        #[doc(inline)]
        pub use self::pairs::Pairs;
    });
    types.push(module);
    file.items.push(parse_quote! {
        #[allow(unused_imports)]
        use self::types::Pairs;
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::pairs::Pairs;

    #[test]
    fn keeps_order_and_duplicates_both_ways() {
        let text = r#"{"z":1,"a":2,"z":3}"#;
        let pairs: Pairs<String, i64> = serde_json::from_str(text).unwrap();

        let entries: Vec<_> = pairs.iter().map(|(key, value)| (key.as_str(), *value)).collect();
        assert_eq!(entries, [("z", 1), ("a", 2), ("z", 3)]);
        assert_eq!(serde_json::to_string(&pairs).unwrap(), text);
        assert_eq!(pairs.clone().into_iter().collect::<Pairs<_, _>>(), pairs);
    }

    #[test]
    fn reads_objects_only() {
        assert_eq!(serde_json::from_str::<Pairs<String, i64>>("{}").unwrap(), Pairs::default());
        let error = serde_json::from_str::<Pairs<String, i64>>("[1]").unwrap_err();
        assert!(error.to_string().contains("expected a JSON object"), "{error}");
    }
}
