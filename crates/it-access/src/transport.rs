//! The way of a request to the service.

use std::fmt;

use it_access_api::{Answer, Client, ClientInfo};

use crate::{AccessToken, BoxFuture, Error, wire::WireRequest};

/// The way of a request to the service. A trait, so that the tests can send a million without a socket.
pub(crate) trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request once, and gives back the answer as it came.
    fn send<'a>(
        &'a self,
        token: AccessToken,
        request: &'a WireRequest<'_>,
    ) -> BoxFuture<'a, Result<Answer, Error>>;
}

impl Transport for Client {
    fn send<'a>(
        &'a self,
        token: AccessToken,
        request: &'a WireRequest<'_>,
    ) -> BoxFuture<'a, Result<Answer, Error>> {
        let authorized = self.with_credentials(token.into_credentials());
        Box::pin(async move {
            let base_url = authorized.baseurl();
            let body = request.to_json().map_err(|error| Error::invalid(base_url, error))?;
            let answer = authorized.device_action_raw(body).await;
            answer.map_err(|error| Error::of_api(base_url, error))
        })
    }
}
