//! Asking an OAuth 2.0 token endpoint, with the client's credentials in a form (RFC 6749, section 2.3.1).

use std::time::Duration;

use reqwest::ClientBuilder;

use crate::{
    Answer, BaseUrl, Credential, Http, Secret, SetupError, exposure::Exposure, send::read_answer,
};

/// The most that is read of an answer, in bytes. A token and what is said of it take a few hundred.
const ANSWER_LIMIT: usize = 64 * 1024;

/// A token endpoint, the client that is known there, and an HTTP client that takes its secret nowhere else.
#[derive(Debug, Clone)]
pub struct TokenEndpoint {
    http: Http,
    client_id: String,
    client_secret: Secret,
}

impl TokenEndpoint {
    /// Makes an HTTP client for the endpoint at `url` out of the caller's settings, as [`Http::new`] does.
    ///
    /// # Errors
    ///
    /// If the URL is neither https nor plain http to this machine, has a query, or the HTTP client cannot be built.
    pub fn new(
        url: &str,
        client_id: String,
        client_secret: Secret,
        settings: ClientBuilder,
    ) -> Result<Self, SetupError> {
        let url = BaseUrl::parse(url, true)?;
        // It is asked once in hours. By then the service would have closed a connection that was kept.
        let http = Http::at(url, settings.pool_max_idle_per_host(0))?;
        Ok(Self { http, client_id, client_secret })
    }

    /// The host, and the port if it is not the scheme's own.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.http.base_url.authority()
    }

    /// Posts `client_id`, `client_secret` and the fields of a grant, and waits at most `timeout` for the whole answer.
    ///
    /// The answer has been read already, 64 KiB of it at most. Wherever it quotes the client secret it says `[hidden]`. Its
    /// body may hold a new token: that one is the caller's to keep.
    ///
    /// # Errors
    ///
    /// If there is no answer, or a success breaks off.
    pub async fn ask(&self, grant: &[(&str, &str)], timeout: Duration) -> reqwest::Result<Answer> {
        let mut form = vec![
            ("client_id", self.client_id.as_str()),
            ("client_secret", self.client_secret.expose()),
        ];
        form.extend_from_slice(grant);
        let request =
            self.http.client.post(self.http.base_url.url().clone()).timeout(timeout).form(&form);
        read_answer(request.send(), &self.exposure(), ANSWER_LIMIT).await
    }

    /// A text out of an answer, where decoding it may have brought the client secret to light, without it.
    #[must_use]
    pub fn hide(&self, text: &str) -> String {
        self.exposure().hide_in_text(text)
    }

    /// A gateway that knows clients by basic authentication may quote the secret in that form.
    fn exposure(&self) -> Exposure<'_> {
        let login = Credential::Basic(&self.client_id, &self.client_secret);
        Exposure::of_secrets(login.secrets())
    }
}
