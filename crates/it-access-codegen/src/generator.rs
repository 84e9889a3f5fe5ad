//! The call of progenitor, and what becomes of a document that it refuses after all.

use std::{
    any::Any,
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use openapiv3::{OpenAPI, PathItem, ReferenceOr};
use proc_macro2::TokenStream;
use serde_json::Value;

use crate::{
    Document, Error,
    check::{METHODS, Report},
    diagnostic::quoted,
    rules::{self, Rule},
    source::Pointer,
};

/// The model of a document after its adaptations, which should not have broken it.
pub(crate) fn adapted(
    document: &Document,
    model: serde_json::Result<OpenAPI>,
) -> Result<OpenAPI, Error> {
    model.map_err(|error| {
        let failure = Failure { rule: &rules::UNSUPPORTED, message: error.to_string() };
        refuse(document, &Pointer::default(), failure)
    })
}

/// Runs progenitor on a model of the document. What it refuses, or panics on, becomes a diagnostic.
pub(crate) fn generate(
    document: &Document,
    model: &OpenAPI,
    progenitor: impl Fn(&OpenAPI) -> Tokens,
) -> Result<TokenStream, Error> {
    let failure = match attempt(|| progenitor(model)) {
        Ok(tokens) => return Ok(tokens),
        Err(failure) => failure,
    };
    let culprit = culprit(model, |model| attempt(|| progenitor(model)).is_err());
    Err(refuse(document, &culprit, failure))
}

/// Runs what comes after progenitor, with the same last line of defence.
pub(crate) fn finish<T>(
    document: &Document,
    step: impl FnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_else(|panic| {
        Err(refuse(document, &Pointer::default(), Failure::panicked(panic.as_ref())))
    })
}

/// What progenitor gives.
type Tokens = Result<TokenStream, progenitor::Error>;

struct Failure {
    rule: &'static Rule,
    message: String,
}

impl Failure {
    fn panicked(panic: &(dyn Any + Send)) -> Self {
        let message = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("without a message");
        let message = format!("the code generator panicked: {}", quoted(message));
        Self { rule: &rules::GENERATOR_PANIC, message }
    }
}

/// progenitor and typify panic on much that they do not support. The checks know all of it that we know of, and this
/// is for the rest: whoever calls a library must not be taken down by a document. The panic hook is left alone, since
/// it belongs to the program and not to us, so the panic's message reaches standard error as well.
fn attempt(progenitor: impl FnOnce() -> Tokens) -> Result<TokenStream, Failure> {
    match catch_unwind(AssertUnwindSafe(progenitor)) {
        Ok(Ok(tokens)) => Ok(tokens),
        Ok(Err(error)) => {
            let message = error.to_string();
            let message = message.lines().next().unwrap_or_default().to_owned();
            Err(Failure { rule: &rules::UNSUPPORTED, message })
        }
        Err(panic) => Err(Failure::panicked(panic.as_ref())),
    }
}

fn refuse(document: &Document, culprit: &Pointer, failure: Failure) -> Error {
    let mut report = Report::default();
    report.at_key(culprit, failure.rule.because(failure.message));
    Error::Document(document.source().diagnose(report.drafts))
}

/// The schema or the operation that fails even alone, or the whole document if none does.
fn culprit(model: &OpenAPI, fails: impl Fn(&OpenAPI) -> bool) -> Pointer {
    let mut schemas_only = model.clone();
    schemas_only.paths.paths.clear();
    let found = if fails(&schemas_only) {
        failing_schema(&schemas_only, &fails)
    } else {
        failing_operation(model, &fails)
    };
    found.unwrap_or_default()
}

fn failing_schema(model: &OpenAPI, fails: &impl Fn(&OpenAPI) -> bool) -> Option<Pointer> {
    let components = model.components.as_ref()?;
    let reachable = |name: &String| {
        let mut reached = BTreeSet::from([name.clone()]);
        let mut next = vec![name.clone()];
        while let Some(schema) = next.pop().and_then(|name| components.schemas.get(&name)) {
            let mut names = Vec::new();
            references(&serde_json::to_value(schema).unwrap_or_default(), &mut names);
            next.extend(names.into_iter().filter(|name| reached.insert(name.clone())));
        }
        reached
    };
    let mut by_size: Vec<_> =
        components.schemas.keys().map(|name| (name, reachable(name))).collect();
    by_size.sort_by_key(|(_, reached)| reached.len());
    let (name, _) = by_size.into_iter().find(|(_, reached)| {
        let mut alone = model.clone();
        if let Some(components) = &mut alone.components {
            components.schemas.retain(|name, _| reached.contains(name));
        }
        fails(&alone)
    })?;
    Some(Pointer::default().descend(&["components", "schemas", name]))
}

fn references(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| references(item, names)),
        Value::Object(entries) => {
            let reference = entries.get("$ref").and_then(Value::as_str);
            names.extend(reference.and_then(|it| it.rsplit('/').next()).map(ToOwned::to_owned));
            entries.values().for_each(|entry| references(entry, names));
        }
        _ => {}
    }
}

fn failing_operation(model: &OpenAPI, fails: &impl Fn(&OpenAPI) -> bool) -> Option<Pointer> {
    for (path, item) in &model.paths.paths {
        let ReferenceOr::Item(item) = item else {
            continue;
        };
        for method in METHODS {
            let mut alone = model.clone();
            alone.paths.paths.retain(|other, _| other == path);
            let only = PathItem { parameters: item.parameters.clone(), ..PathItem::default() };
            let only = match method {
                "get" => PathItem { get: item.get.clone(), ..only },
                "put" => PathItem { put: item.put.clone(), ..only },
                "post" => PathItem { post: item.post.clone(), ..only },
                "delete" => PathItem { delete: item.delete.clone(), ..only },
                "options" => PathItem { options: item.options.clone(), ..only },
                "head" => PathItem { head: item.head.clone(), ..only },
                "patch" => PathItem { patch: item.patch.clone(), ..only },
                _ => PathItem { trace: item.trace.clone(), ..only },
            };
            alone.paths.paths.insert(path.clone(), ReferenceOr::Item(only));
            if fails(&alone) {
                return Some(Pointer::default().descend(&["paths", path, method]));
            }
        }
    }
    None
}
