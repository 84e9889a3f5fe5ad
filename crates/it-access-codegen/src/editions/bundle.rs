//! The document in one piece.

use std::{
    io,
    path::{Component, Path},
};

use super::{
    EditionError,
    places::{self, Place},
    tree::{self, Object, Tree},
};

/// Puts the content of the files in the place of their names.
pub(super) fn with_examples(
    mut document: Tree,
    read: &impl Fn(&str) -> io::Result<String>,
) -> Result<Tree, EditionError> {
    places::visit(&mut document, Place::Document, &mut |place, pointer, object| match place {
        Place::Example => put_in(object, pointer, read),
        _ => Ok(()),
    })?;
    Ok(document)
}

fn put_in(
    example: &mut Object,
    pointer: &str,
    read: &impl Fn(&str) -> io::Result<String>,
) -> Result<(), EditionError> {
    let Some(file) = example.get("externalValue").and_then(Tree::as_str).map(str::to_owned) else {
        return Ok(());
    };
    if file.contains("://") {
        return Ok(());
    }
    let pointer = || pointer.to_owned();
    let text = match below(&file).and_then(|()| read(&file)) {
        Ok(text) => text,
        Err(source) => return Err(EditionError::ExampleFile { pointer: pointer(), file, source }),
    };
    let value = if file.ends_with(".json") {
        match serde_json::from_str(&text) {
            Ok(value) => value,
            Err(source) => {
                return Err(EditionError::ExampleJson { pointer: pointer(), file, source });
            }
        }
    } else {
        text.into()
    };
    tree::rename(example, "externalValue", "value", |_| value);
    Ok(())
}

/// Whoever writes a document is not to have any other file of this machine read into what is published.
fn below(file: &str) -> io::Result<()> {
    let mut parts = Path::new(file).components();
    match parts.all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        true => Ok(()),
        false => Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "only files in the document's folder are read, and in folders within it",
        )),
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use super::*;

    fn bundle(files: &[(&str, &str)], examples: &str) -> Result<String, EditionError> {
        let text = format!(r#"{{"components":{{"examples":{examples}}}}}"#);
        let read = |path: &str| match files.iter().find(|(name, _)| *name == path) {
            Some((_, text)) => Ok((*text).to_owned()),
            None => Err(io::Error::from(io::ErrorKind::NotFound)),
        };
        let bundled = with_examples(serde_json::from_str(&text).unwrap(), &read)?;
        Ok(serde_json::to_string(&bundled.get("components").unwrap().get("examples")).unwrap())
    }

    #[test]
    fn files_take_the_place_of_their_names() {
        let files = [("a.json", r#"{"z": 1, "a": [-1]}"#), ("b.xml", "<b/>\n")];
        let cases = [
            (
                r#"{"A":{"summary":"s","externalValue":"a.json","x-after":1}}"#,
                r#"{"A":{"summary":"s","value":{"z":1,"a":[-1]},"x-after":1}}"#,
            ),
            (r#"{"B":{"externalValue":"b.xml"}}"#, r#"{"B":{"value":"<b/>\n"}}"#),
            (
                r#"{"C":{"externalValue":"https://example.com/c.json"}}"#,
                r#"{"C":{"externalValue":"https://example.com/c.json"}}"#,
            ),
            (
                r#"{"D":{"value":{"externalValue":"d.json"}}}"#,
                r#"{"D":{"value":{"externalValue":"d.json"}}}"#,
            ),
        ];
        for (examples, expected) in cases {
            assert_eq!(bundle(&files, examples).unwrap(), expected);
        }
    }

    #[test]
    fn no_file_elsewhere_is_read() {
        for file in ["/etc/hostname", "../secret.txt", "examples/../../secret.txt"] {
            let examples = format!(r#"{{"A":{{"externalValue":"{file}"}}}}"#);
            let error = bundle(&[(file, "a secret")], &examples).unwrap_err();
            let source = error.source().unwrap().to_string();
            assert!(source.contains("in the document's folder"), "{source}");
        }
        let examples = r#"{"A":{"externalValue":"./examples/a.txt"}}"#;
        bundle(&[("./examples/a.txt", "none")], examples).unwrap();
    }

    #[test]
    fn a_wrong_file_is_named_with_its_place() {
        let examples = r#"{"A":{"externalValue":"a.json"}}"#;
        let broken = [("a.json", "{")];
        for (files, problem, reason) in
            [(&[] as &[_], "cannot be read", "not found"), (&broken, "is not JSON", "EOF")]
        {
            let error = bundle(files, examples).unwrap_err();
            assert_eq!(
                error.to_string(),
                format!(
                    "the example at /components/examples/A names the file `a.json`, which {problem}"
                )
            );
            let source = error.source().unwrap().to_string();
            assert!(source.contains(reason), "{source}");
        }
    }
}
