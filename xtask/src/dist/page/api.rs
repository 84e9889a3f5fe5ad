//! The OpenAPI document, as the page reads it: bundled, so that every reference is to a component.

use anyhow::Context;

use super::json::Json;

/// The methods of HTTP that OpenAPI knows, in the order in which a path shows them.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A document.
pub(super) struct Api {
    document: Json,
}

/// An operation, and where it is.
pub(super) struct Operation<'a> {
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    /// What holds for every operation of the path.
    pub(super) shared: &'a Json,
    pub(super) node: &'a Json,
}

impl Api {
    /// Reads the bundled edition of a document.
    pub(super) fn parse(bundled: &str) -> anyhow::Result<Self> {
        Ok(Self { document: serde_json::from_str(bundled).context("the bundled edition")? })
    }

    pub(super) fn info(&self) -> Option<&Json> {
        self.document.get("info")
    }

    /// A text of `info`; empty if it is not there.
    pub(super) fn about(&self, key: &str) -> &str {
        self.info().and_then(|info| info.text(key)).unwrap_or_default()
    }

    pub(super) fn servers(&self) -> &[Json] {
        self.document.items("servers")
    }

    pub(super) fn tags(&self) -> &[Json] {
        self.document.items("tags")
    }

    pub(super) fn schemas(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.components("schemas")
    }

    pub(super) fn security_schemes(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.components("securitySchemes")
    }

    fn components(&self, kind: &'static str) -> impl Iterator<Item = (&str, &Json)> {
        let components = self.document.get("components").into_iter();
        components.flat_map(move |components| components.entries(kind))
    }

    /// All operations, in the order of the document.
    pub(super) fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        self.document.entries("paths").flat_map(|(path, shared)| {
            METHODS.iter().filter_map(move |&method| {
                let node = shared.get(method)?;
                Some(Operation { method, path, shared, node })
            })
        })
    }

    /// The node itself or, if it is a reference, the component that it names, with its name.
    pub(super) fn resolve<'a>(&'a self, node: &'a Json) -> (Option<&'a str>, &'a Json) {
        let mut name = None;
        let mut node = node;
        while let Some(reference) = node.text("$ref")
            && let Some(component) = self.component(reference)
        {
            name = reference.rsplit('/').next();
            node = component;
        }
        (name, node)
    }

    fn component(&self, reference: &str) -> Option<&Json> {
        let mut path = reference.strip_prefix("#/")?.split('/');
        path.try_fold(&self.document, |node, key| node.get(key))
    }

    /// The security schemes of an operation, by name; of several choices, the first.
    pub(super) fn security<'a>(
        &'a self,
        operation: &'a Json,
    ) -> impl Iterator<Item = (&'a str, &'a Json)> {
        let own = operation.get("security").is_some();
        let choices = if own { operation } else { &self.document }.items("security");
        self.security_schemes()
            .filter(|(name, _)| choices.first().is_some_and(|choice| choice.get(name).is_some()))
    }
}

/// The address of a server, with the defaults of its variables.
pub(super) fn address(server: &Json) -> String {
    let url = server.text("url").unwrap_or_default().to_owned();
    server.entries("variables").fold(url, |url, (name, variable)| {
        url.replace(&format!("{{{name}}}"), variable.text("default").unwrap_or_default())
    })
}
