//! Adaptations of the document for progenitor, each with its reason. The published document stays as it is: these
//! work on the copy that the client is generated from.

use openapiv3::{
    Components, MediaType, OpenAPI, Operation, PathItem, ReferenceOr, Response, StatusCode,
};

/// Makes every adaptation.
pub(crate) fn for_client(document: &OpenAPI) -> OpenAPI {
    let mut document = document.clone();
    opaque_error_bodies(&mut document);
    document
}

/// Gives each error response without a described body one of any type.
///
/// An undescribed body is not an absent one: it may be the only trace of what a proxy had to say. progenitor would
/// drop it unread; with this, the error carries it as a stream of bytes.
fn opaque_error_bodies(document: &mut OpenAPI) {
    let OpenAPI { paths, components, .. } = document;
    let operations = paths.paths.values_mut().flat_map(operations_mut);
    for (status, response) in operations.flat_map(|operation| &mut operation.responses.responses) {
        if !is_error(status) {
            continue;
        }
        let Some(described) = resolve(response, components.as_ref()) else {
            continue;
        };
        if described.content.is_empty() {
            let mut opaque = described.clone();
            opaque.content.insert("*/*".to_owned(), MediaType::default());
            *response = ReferenceOr::Item(opaque);
        }
    }
}

fn operations_mut(path: &mut ReferenceOr<PathItem>) -> Vec<&mut Operation> {
    let ReferenceOr::Item(path) = path else {
        return Vec::new();
    };
    let PathItem { get, put, post, delete, options, head, patch, trace, .. } = path;
    [get, put, post, delete, options, head, patch, trace].into_iter().flatten().collect()
}

fn is_error(status: &StatusCode) -> bool {
    match status {
        StatusCode::Code(code) => *code >= 400,
        StatusCode::Range(class) => *class >= 4,
    }
}

/// The response that a reference leads to. The document has been checked: no chain of references is a circle.
fn resolve<'a>(
    response: &'a ReferenceOr<Response>,
    components: Option<&'a Components>,
) -> Option<&'a Response> {
    match response {
        ReferenceOr::Item(response) => Some(response),
        ReferenceOr::Reference { reference } => {
            let name = reference.strip_prefix("#/components/responses/")?;
            resolve(components?.responses.get(name)?, components)
        }
    }
}
