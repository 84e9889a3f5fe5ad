//! What happens to each request at the moment of sending, and to its answer at once: credentials go in here, and do not
//! come out again.

use bytes::{Bytes, BytesMut};
use memchr::memchr2;
use reqwest::{
    Client, Request, Response, ResponseBuilderExt, Url,
    header::{CONTENT_LENGTH, HeaderMap, TRANSFER_ENCODING},
};
use serde::{Deserialize, Deserializer, de::Error as _};

use crate::{
    Answer, BaseUrl, CredentialSet, CredentialsError, Operation, credentials::choose,
    exposure::Exposure, path::fits,
};

/// The most that is kept of an answer that is no success, in bytes. Enough for a diagnosis.
const ERROR_BODY_LIMIT: usize = 64 * 1024;

/// The most that is read of a success, in bytes.
const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// The most that is set aside for a body because its length was announced, in bytes.
const ROOM_ON_TRUST: usize = 4 * 1024 * 1024;

/// Puts the credentials that an operation needs on a request. It is a secret from then on: [`send`] it, and print nothing
/// of it.
///
/// # Errors
///
/// If there is no alternative of which all credentials are set, if one of them is none that a header can hold, if the
/// request is not for the service at `base_url`, or if a value in the path makes it another operation's.
pub fn authorize(
    operation: &Operation,
    base_url: &BaseUrl,
    credentials: &impl CredentialSet,
    request: &mut Request,
) -> Result<(), CredentialsError> {
    let is_own = is_below(base_url, request.url(), operation.path);
    if !is_own && base_url.is_same_origin(request.url()) {
        return Err(CredentialsError::OtherPath { operation: operation.id });
    }
    for credential in choose(operation, credentials)? {
        if !is_own {
            return Err(CredentialsError::Foreign { operation: operation.id });
        }
        let put = credential.put_on(request);
        put.ok_or(CredentialsError::NoHeader { operation: operation.id })?;
    }
    Ok(())
}

/// Whether a URL is that of an operation of the service at `base_url`. Both are normalised, so that their texts tell.
fn is_below(base_url: &BaseUrl, url: &Url, template: &str) -> bool {
    let below = url.as_str().strip_prefix(base_url.as_str());
    below.is_some_and(|below| {
        let end = memchr2(b'?', b'#', below.as_bytes()).unwrap_or(below.len());
        let path = &below[..end];
        path.starts_with('/') && fits(path, template)
    })
}

/// Sends a request, and keeps its credentials out of whatever comes back.
///
/// The answer and all errors name the URL without its query, and wherever the answer quotes a credential (a redirect in
/// `Location`, a proxy on its error page) it says `[hidden]`. Of an answer that is no success the first 64 KiB are kept,
/// of a success 64 MiB.
///
/// # Errors
///
/// If there is no answer, or a success breaks off or is longer than that.
pub async fn send(
    client: &Client,
    request: Request,
    credentials: &impl CredentialSet,
) -> reqwest::Result<Response> {
    let url = without_query(&request);
    let Answer { status, headers, body, is_whole } = answer(client, request, credentials).await?;
    if status.is_success() && !is_whole {
        return Err(too_long().await.with_url(url));
    }
    let mut response = http::Response::builder().status(status).url(url);
    if let Some(place) = response.headers_mut() {
        *place = headers;
    }
    Ok(response.body(body).expect("its parts are those of an answer").into())
}

/// Sends a request as [`send`] does, and gives the parts of its answer: one that is longer than what is kept is no error here, but not
/// [whole](Answer::is_whole).
///
/// # Errors
///
/// If there is no answer, or a success breaks off.
pub fn answer(
    client: &Client,
    request: Request,
    credentials: &impl CredentialSet,
) -> impl Future<Output = reqwest::Result<Answer>> {
    // Handed over here, a request takes no room in the future.
    let response = client.execute(request);
    async move { read_answer(response, &Exposure::of(credentials), BODY_LIMIT).await }
}

/// Waits for a response, and keeps secrets out of it, or out of the error. Of a success, at most `limit` bytes are kept.
pub(crate) async fn read_answer(
    response: impl Future<Output = reqwest::Result<Response>>,
    exposure: &Exposure<'_>,
    limit: usize,
) -> reqwest::Result<Answer> {
    let answer = match response.await {
        Ok(mut response) => without_secrets(&mut response, exposure, limit).await,
        Err(error) => Err(error),
    };
    answer.map_err(|mut error| {
        if let Some(url) = error.url_mut() {
            url.set_query(None);
        }
        error
    })
}

fn without_query(request: &Request) -> Url {
    let mut url = request.url().clone();
    url.set_query(None);
    url
}

/// The answer, with the secrets cut out of headers and body.
///
/// The body is read to its end here, because reqwest names the URL in the errors of a body.
async fn without_secrets(
    response: &mut Response,
    exposure: &Exposure<'_>,
    limit: usize,
) -> reqwest::Result<Answer> {
    let status = response.status();
    let mut headers = std::mem::take(response.headers_mut());
    for value in headers.values_mut() {
        exposure.hide_in_header(value);
    }

    let limit = if status.is_success() { limit } else { ERROR_BODY_LIMIT };
    // A little more, so that a secret that lies across the limit is found, and what is longer than the limit by one byte.
    match read(response, limit + exposure.longest() + 1).await {
        (_, Some(error)) if status.is_success() => Err(error),
        // Where the status says that the request failed, a body that breaks off is no further failure.
        (body, error) => {
            let is_whole = error.is_none() && body.len() <= limit;
            let ends_whole = error.is_none() && shows_its_end(&headers);
            let body = exposure.hide_in_body(body, limit, ends_whole);
            Ok(Answer { status, headers, body, is_whole })
        }
    }
}

/// The error of a success of which a part would pass for the whole. Only reqwest itself makes its errors: here that of reading
/// what nothing can be read as.
async fn too_long() -> reqwest::Error {
    #[derive(Debug)]
    struct Nothing;

    impl<'de> Deserialize<'de> for Nothing {
        fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
            Err(D::Error::custom("the answer is longer than what is read of one"))
        }
    }

    let answer = Response::from(http::Response::new(Bytes::new()));
    answer.json::<Nothing>().await.expect_err("it reads nothing")
}

/// Whether a body that breaks off can be told from one that is whole. One of which nothing is said ends with the connection,
/// in either case.
fn shows_its_end(headers: &HeaderMap) -> bool {
    headers.contains_key(CONTENT_LENGTH) || headers.contains_key(TRANSFER_ENCODING)
}

/// A body up to the chunk in which it reaches `limit` bytes, and why there are no more, if it broke off.
async fn read(response: &mut Response, limit: usize) -> (Bytes, Option<reqwest::Error>) {
    let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
    let mut body = BytesMut::with_capacity(announced.unwrap_or_default().min(ROOM_ON_TRUST));
    while body.len() < limit {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => break,
            Err(error) => return (body.freeze(), Some(error)),
        }
    }
    (body.freeze(), None)
}

#[cfg(test)]
mod tests {
    use reqwest::Method;

    use super::*;
    use crate::{Credential, Secret};

    struct Key(Secret);

    impl CredentialSet for Key {
        const SCHEMES: &'static [&'static str] = &["key"];

        fn get(&self, _: &str) -> Option<Credential<'_>> {
            Some(Credential::Query("key", &self.0))
        }
    }

    #[test]
    fn a_credential_goes_to_its_own_operation_only() {
        let operation = Operation {
            id: "read",
            method: "GET",
            path: "/things/{name}",
            security: &[&["key"]],
            rate_limit: None,
        };
        let (foreign, other) = (
            CredentialsError::Foreign { operation: "read" },
            CredentialsError::OtherPath { operation: "read" },
        );
        let cases = [
            ("https://host.example/api/things/a", Ok(())),
            ("https://host.example/api/things/a/b", Err(other.clone())),
            ("https://host.example/api/", Err(other.clone())),
            ("https://host.example/things/a", Err(other.clone())),
            ("https://host.example/apis/things/a", Err(other)),
            ("https://host.example:8443/api/things/a", Err(foreign.clone())),
            ("http://host.example/api/things/a", Err(foreign.clone())),
            ("https://other.example/api/things/a", Err(foreign)),
        ];
        let base_url = BaseUrl::parse("https://host.example/api", true).unwrap();
        let key = Key(Secret::from("0123456789"));
        for (url, expected) in cases {
            let mut request = Request::new(Method::GET, Url::parse(url).unwrap());
            let authorized = authorize(&operation, &base_url, &key, &mut request);
            let carries_it = request.url().query() == Some("key=0123456789");
            assert_eq!(carries_it, expected.is_ok(), "{url}");
            assert_eq!(authorized, expected, "{url}");
        }
    }
}
