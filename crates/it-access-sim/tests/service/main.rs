//! The service over a real socket, as its clients meet it.

mod actions;
mod faults;
mod lifecycle;
mod refusals;

use std::net::SocketAddr;
use std::time::Duration;

use it_access_sim::{DEFAULT_ACCESS_TOKEN, Device, Fleet, RunningService, Service};
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, Method, RequestBuilder, StatusCode};

const PATH: &str = "/o/api/v3/devices/action";
const QUERY: &str = "access_token=simulated-access-token";
const BODY: &str = r#"{"types":"dhcprenew","ids":["laptop-001"]}"#;

/// A running service, and a client for it.
struct Simulation {
    service: RunningService,
    client: Client,
}

impl Simulation {
    async fn start() -> Self {
        Self::with_fleet(Fleet::example()).await
    }

    async fn with_fleet(fleet: Fleet) -> Self {
        let service = Service::new(fleet, DEFAULT_ACCESS_TOKEN);
        Self::of(service.listen(loopback()).await.expect("a free port"))
    }

    fn of(service: RunningService) -> Self {
        let client = Client::builder().no_proxy().build().expect("a client without settings");
        Self { service, client }
    }

    fn request(&self, method: Method, target: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{target}", self.service.base_url()))
    }

    /// Sends a request that is right except for its body, and returns the status and text of the
    /// answer.
    async fn post(&self, body: &str) -> (StatusCode, String) {
        let request = self.request(Method::POST, &format!("{PATH}?{QUERY}"));
        answer(request.header(CONTENT_TYPE, "application/json").body(body.to_owned())).await
    }

    /// Sends a good request, and returns the text of the answer.
    async fn act(&self, body: &str) -> String {
        let (status, text) = self.post(body).await;
        assert_eq!(status, StatusCode::OK, "{body}: {text}");
        text
    }

    fn device(&self, hwid: &str) -> Option<Device> {
        self.service.fleet().find_by_hwid(hwid).cloned()
    }
}

fn loopback() -> SocketAddr {
    ([127, 0, 0, 1], 0).into()
}

async fn answer(request: RequestBuilder) -> (StatusCode, String) {
    let response = request.send().await.expect("an answer");
    let status = response.status();
    (status, response.text().await.expect("a whole answer"))
}

async fn within_seconds(future: impl Future<Output = ()>) {
    tokio::time::timeout(Duration::from_secs(10), future).await.expect("done within 10 s");
}
