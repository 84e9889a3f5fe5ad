//! What happens to each request at the moment of sending, and to its answer at once: credentials go in here, and do not
//! come out again.

use bytes::{Bytes, BytesMut};
use reqwest::{Client, Request, Response, ResponseBuilderExt, Url};

use crate::{
    CredentialSet, CredentialsError, Operation, credentials::choose, exposure::Exposure, path::fits,
};

/// The most that is kept of an answer that is no success, in bytes. Enough for a diagnosis.
const ERROR_BODY_LIMIT: usize = 64 * 1024;

/// The most that is read of a success, in bytes. What is cut off there is no longer JSON.
const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// Puts the credentials that an operation needs on a request. It is a secret from then on: [`send`] it, and print nothing
/// of it.
///
/// # Errors
///
/// If there is no alternative of which all credentials are set, if one of them is none that a header can hold, if the
/// request is not for the service at `base_url`, or if a value in the path makes it another operation's.
pub fn authorize(
    operation: &Operation,
    base_url: &str,
    credentials: &impl CredentialSet,
    request: &mut Request,
) -> Result<(), CredentialsError> {
    // progenitor's addition; no document and no service knows it.
    request.headers_mut().remove("api-version");
    let base_url = Url::parse(base_url).ok();
    let own = base_url.as_ref().is_some_and(|base| base.origin() == request.url().origin());
    let base_path = base_url.as_ref().map_or("", |base| base.path().trim_end_matches('/'));
    let path = request.url().path().strip_prefix(base_path);
    if own && !path.is_some_and(|path| fits(path, operation.path)) {
        return Err(CredentialsError::OtherPath { operation: operation.id });
    }
    for credential in choose(operation, credentials)? {
        if !own {
            return Err(CredentialsError::Foreign { operation: operation.id });
        }
        let put = credential.put_on(request);
        put.ok_or(CredentialsError::NoHeader { operation: operation.id })?;
    }
    Ok(())
}

/// Sends a request, and keeps its credentials out of whatever comes back.
///
/// The answer and all errors name the URL without its query, and wherever the answer quotes a credential (a redirect in
/// `Location`, a proxy on its error page) it says `[hidden]`. Of an answer that is no success the first 64 KiB are kept,
/// of a success 64 MiB.
///
/// # Errors
///
/// If there is no answer, or a success breaks off.
pub async fn send(
    client: &Client,
    request: Request,
    credentials: &impl CredentialSet,
) -> reqwest::Result<Response> {
    exchange(client, request, &Exposure::of(credentials), BODY_LIMIT).await
}

/// Sends a request, and keeps secrets out of whatever comes back. Of a success, at most `limit` bytes are kept.
pub(crate) async fn exchange(
    client: &Client,
    request: Request,
    exposure: &Exposure,
    limit: usize,
) -> reqwest::Result<Response> {
    let mut url = request.url().clone();
    url.set_query(None);
    let cleaned = |error: reqwest::Error| error.with_url(url.clone());

    let response = client.execute(request).await.map_err(cleaned)?;
    without_secrets(response, &url, exposure, limit).await.map_err(cleaned)
}

/// The same answer around `url`, with the secrets cut out of headers and body.
///
/// The body is read to its end here, because reqwest names the URL in the errors of a body.
async fn without_secrets(
    mut response: Response,
    url: &Url,
    exposure: &Exposure,
    limit: usize,
) -> reqwest::Result<Response> {
    let mut headers = std::mem::take(response.headers_mut());
    for value in headers.values_mut() {
        exposure.hide_in_header(value);
    }
    let (status, version) = (response.status(), response.version());
    let mut answer = http::Response::builder().status(status).version(version).url(url.clone());
    if let Some(place) = answer.headers_mut() {
        *place = headers;
    }

    let limit = if status.is_success() { limit } else { ERROR_BODY_LIMIT };
    // A little more, so that a secret that lies across the limit is found.
    let body = match read(&mut response, limit + exposure.longest()).await {
        (body, None) => body,
        // Where the status says that the request failed, a body that breaks off is no further failure.
        (body, Some(_)) if !status.is_success() => body,
        (_, Some(error)) => return Err(error),
    };
    let answer = answer.body(exposure.hide_in_body(body, limit));
    Ok(answer.expect("its parts are those of an answer").into())
}

/// At most `limit` bytes of a body, and why there are no more, if it broke off.
async fn read(response: &mut Response, limit: usize) -> (Bytes, Option<reqwest::Error>) {
    let mut body = BytesMut::new();
    while body.len() < limit {
        match response.chunk().await {
            Ok(Some(chunk)) => {
                let room = limit - body.len();
                body.extend_from_slice(&chunk[..chunk.len().min(room)]);
            }
            Ok(None) => break,
            Err(error) => return (body.freeze(), Some(error)),
        }
    }
    (body.freeze(), None)
}
