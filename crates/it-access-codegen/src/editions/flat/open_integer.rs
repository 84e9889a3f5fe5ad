//! A plain integer in the place of an enumeration of integers.

use std::fmt::Write;

use super::{append, join};
use crate::editions::tree::{Object, Tree};

/// Opens an enumeration of integers: its values, names and meanings move to the description. Says what it now accepts.
pub(super) fn open(schema: &mut Object) -> Option<String> {
    if schema.get("type")?.as_str() != Some("integer") {
        return None;
    }
    let values: Vec<String> = schema.get("enum")?.as_array()?.iter().map(Tree::to_string).collect();
    let texts = |list: Option<Tree>| -> Vec<String> {
        let items = list.as_ref().and_then(Tree::as_array).unwrap_or_default();
        items.iter().map(|item| item.as_str().unwrap_or_default().to_owned()).collect()
    };
    schema.shift_remove("enum");
    let names = texts(schema.shift_remove("x-enum-varnames"));
    let meanings = texts(schema.shift_remove("x-enum-descriptions"));

    let mut list = "The documented values:\n".to_owned();
    for (index, value) in values.iter().enumerate() {
        // Writing to a string does not fail.
        let _ = write!(list, "\n- `{value}`");
        if let Some(name) = names.get(index) {
            let _ = write!(list, " `{name}`");
        }
        if let Some(meaning) = meanings.get(index) {
            let _ = write!(list, ": {}", meaning.trim_end());
        }
    }
    append(schema, &list);
    Some(format!("accepts every integer; the canonical edition knows {}.", join(&values, "and")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(schema: &str) -> (Option<String>, String) {
        let mut schema = serde_json::from_str(schema).unwrap();
        let what = open(&mut schema);
        (what, serde_json::to_string(&schema).unwrap())
    }

    #[test]
    fn the_values_move_to_the_description() {
        let cases = [
            (
                r#"{"type":"integer","enum":[-1,0,1],"x-enum-varnames":["L","Z","G"],"x-enum-descriptions":["Less.","Equal.","More."]}"#,
                "-1, 0 and 1",
                r#"{"type":"integer","description":"The documented values:\n\n- `-1` `L`: Less.\n- `0` `Z`: Equal.\n- `1` `G`: More.\n"}"#,
            ),
            (
                r#"{"description":"Known.","type":"integer","format":"int32","enum":[7]}"#,
                "7",
                r#"{"description":"Known.\n\nThe documented values:\n\n- `7`\n","type":"integer","format":"int32"}"#,
            ),
        ];
        for (schema, values, expected) in cases {
            let (what, opened) = opened(schema);
            let expected_what =
                format!("accepts every integer; the canonical edition knows {values}.");
            assert_eq!(what.unwrap(), expected_what);
            assert_eq!(opened, expected);
        }
    }

    #[test]
    fn other_schemas_stay() {
        for schema in
            [r#"{"type":"integer"}"#, r#"{"type":"string","enum":["1"]}"#, r#"{"enum":[1]}"#]
        {
            assert_eq!(opened(schema), (None, schema.to_owned()));
        }
    }
}
