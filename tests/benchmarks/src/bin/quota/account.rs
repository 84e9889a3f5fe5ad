//! The account, at the simulated service.

use std::{cell::RefCell, time::Duration};

use benchmarks::fleet::TOKEN;
use fastrand::Rng;
use http::Request;
use it_access::Observation;
use it_access_sim::{Fleet, Quota, QuotaPolicy, Reply, Service, Simulator};
use tokio::time::sleep;

/// An account that nobody else uses, with the documented quota.
pub(crate) struct Account {
    service: RefCell<Simulator>,
    chance: RefCell<Rng>,
    window: Duration,
}

impl Account {
    pub(crate) fn new(policy: QuotaPolicy, seed: u64) -> Self {
        let quota = Quota::documented().with_policy(policy);
        let window = quota.window();
        let service = Service::new(Fleet::example(), TOKEN).with_quota(quota).simulate();
        Self { service: RefCell::new(service), chance: RefCell::new(Rng::with_seed(seed)), window }
    }

    /// Sends a request and waits for its answer, which takes 50 to 1,500 ms. It is counted somewhere on the way.
    pub(crate) async fn request(&self) -> anyhow::Result<Observation> {
        let [latency, on_the_way] = self.times();
        sleep(on_the_way).await;
        // How many devices there are in it makes no difference to the quota.
        let request = Request::post(format!("/o/api/v3/devices/action?access_token={TOKEN}"))
            .header("content-type", "application/json")
            .body(r#"{"ids":["laptop-001"],"types":"unexempt"}"#)?;
        let Reply { answer, .. } = self.service.borrow_mut().respond(&request);
        sleep(latency - on_the_way).await;
        let (head, _) = answer.response().cloned().unwrap_or_default().into_parts();
        let now = self.service.borrow().wall_clock();
        Ok(Observation::read(head.status, &head.headers, now, self.window))
    }

    /// How many requests there were, those that were refused included.
    pub(crate) fn requests_received(&self) -> u64 {
        self.service.borrow().requests_received()
    }

    /// How long an answer takes, and how long the request before that is on its way.
    fn times(&self) -> [Duration; 2] {
        let mut chance = self.chance.borrow_mut();
        let latency = Duration::from_secs_f64(0.05 + 1.45 * chance.f64());
        [latency, latency.mul_f64(chance.f64())]
    }
}
