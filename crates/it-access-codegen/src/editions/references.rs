//! References to the schemas of a document.

use std::collections::BTreeSet;

use super::tree::Tree;

/// What a reference to a schema of the same document starts with.
pub(super) const SCHEMAS: &str = "#/components/schemas/";

/// The name of the schema that `reference` points to, or into.
pub(super) fn schema_name(reference: &str) -> Option<&str> {
    reference.strip_prefix(SCHEMAS)?.split('/').next()
}

/// The names of all schemas that something in `tree` refers to: by a `$ref`, or by the mapping of a `discriminator`.
pub(super) fn referenced_schemas(tree: &Tree) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    collect(tree, &mut names);
    names
}

fn collect(tree: &Tree, names: &mut BTreeSet<String>) {
    match tree {
        Tree::Object(object) => object.values().for_each(|part| collect(part, names)),
        Tree::Array(items) => items.iter().for_each(|item| collect(item, names)),
        Tree::Scalar(_) => {
            names.extend(tree.as_str().and_then(schema_name).map(str::to_owned));
        }
    }
}
