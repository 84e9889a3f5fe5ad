//! What happens to each request at the moment of sending, and to its answer at once: the token goes in here, and
//! does not come out again.

use bytes::{Bytes, BytesMut};
use progenitor_client::{ClientHooks, Error, OperationInfo};
use reqwest::{Request, Response, ResponseBuilderExt, Url};

use crate::{AccessToken, Client, exposure::Exposure};

/// The most that is kept of an answer that is no success, in bytes. Enough for a diagnosis.
const ERROR_BODY_LIMIT: usize = 64 * 1024;

impl ClientHooks<AccessToken> for Client {
    async fn pre<E>(&self, request: &mut Request, _: &OperationInfo) -> Result<(), Error<E>> {
        // progenitor's addition; neither the document nor the vendor knows it.
        request.headers_mut().remove("api-version");
        Ok(())
    }

    async fn exec(&self, mut request: Request, _: &OperationInfo) -> reqwest::Result<Response> {
        let url = request.url().clone();
        self.inner.append_to(request.url_mut());
        let cleaned = |error: reqwest::Error| error.with_url(url.clone());

        let response = self.client.execute(request).await.map_err(cleaned)?;
        let exposure = Exposure::of(&self.inner);
        without_token(response, &url, &exposure).await.map_err(cleaned)
    }
}

/// The same answer, with `url` in the place of the one that was asked, and the token cut out of headers and body: a
/// redirect quotes it in `Location`, a proxy on its error page.
///
/// The body is read to its end here, because reqwest names the URL in the errors of a body.
async fn without_token(
    mut response: Response,
    url: &Url,
    exposure: &Exposure,
) -> reqwest::Result<Response> {
    let mut headers = std::mem::take(response.headers_mut());
    for value in headers.values_mut() {
        exposure.hide_in_header(value);
    }
    let mut answer = http::Response::builder()
        .status(response.status())
        .version(response.version())
        .url(url.clone());
    if let Some(place) = answer.headers_mut() {
        *place = headers;
    }

    let body = if response.status().is_success() {
        response.bytes().await?
    } else {
        beginning(&mut response).await
    };
    let answer = answer.body(exposure.hide_in_body(body));
    Ok(answer.expect("its parts are those of an answer").into())
}

/// The beginning of a body, as far as it comes: where the status says that the request failed, a body that breaks off
/// is no further failure.
async fn beginning(response: &mut Response) -> Bytes {
    let mut body = BytesMut::new();
    while body.len() < ERROR_BODY_LIMIT
        && let Ok(Some(chunk)) = response.chunk().await
    {
        let room = ERROR_BODY_LIMIT - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
    }
    body.freeze()
}
