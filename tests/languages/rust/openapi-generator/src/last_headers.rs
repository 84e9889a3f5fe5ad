//! The headers of the last answer, kept by a middleware.

use std::sync::{Arc, Mutex};

use http::{Extensions, HeaderMap};
use reqwest_middleware::{Middleware, Next, Result};

#[derive(Clone, Default)]
pub struct LastHeaders(Arc<Mutex<HeaderMap>>);

impl LastHeaders {
    pub fn get(&self) -> HeaderMap {
        self.0.lock().unwrap().clone()
    }
}

#[async_trait::async_trait]
impl Middleware for LastHeaders {
    async fn handle(
        &self,
        request: reqwest::Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> Result<reqwest::Response> {
        let answer = next.run(request, extensions).await?;
        *self.0.lock().unwrap() = answer.headers().clone();
        Ok(answer)
    }
}
