//! Values in a query.

use serde::Serialize;

/// A value of a query, the way a client sends it: by serde, and not as Rust displays it. What is no text, number or flag is empty,
/// because no client sends it as one value.
///
/// ```
/// # use it_access_runtime::query_text;
/// assert_eq!(query_text("a & b"), "a & b");
/// assert_eq!(query_text(&1.0), "1.0"); // displayed, it would be "1"
/// ```
#[must_use]
pub fn query_text<T: Serialize + ?Sized>(value: &T) -> String {
    let query = serde_urlencoded::to_string([("", value)]).unwrap_or_default();
    let pair = form_urlencoded::parse(query.as_bytes()).next();
    pair.map(|(_, text)| text.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::query_text;

    #[test]
    fn a_value_is_no_more_than_its_text() {
        for (text, expected) in [
            (query_text(&0.1_f32), "0.1"),
            (query_text(&1e20), "1e20"),
            (query_text(&-7), "-7"),
            (query_text(&true), "true"),
            (query_text("\"a\" & %20+=ü"), "\"a\" & %20+=ü"),
            (query_text(""), ""),
            (query_text(&[1]), ""),
            (query_text(&None::<i64>), ""),
        ] {
            assert_eq!(text, expected);
        }
    }
}
