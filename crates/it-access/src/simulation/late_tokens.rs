//! Tokens that take longer than a window of the quota.

use std::{num::NonZeroUsize, time::Duration};

use it_access_sim::{Fleet, Quota, Service};
use tokio::time::{Instant, sleep_until, timeout};

use super::{TOKEN, client_with, in_virtual_time};
use crate::{AccessToken, BoxFuture, Targets, TokenError, TokenProvider};

/// A provider that has no token before a moment.
#[derive(Debug)]
struct From(Instant);

impl TokenProvider for From {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, TokenError>> {
        Box::pin(async {
            sleep_until(self.0).await;
            Ok(TOKEN.parse().unwrap())
        })
    }

    fn refuse(&self, _token: &AccessToken) {}
}

/// Whoever gives a call up while it waits for a token has sent nothing.
#[test]
fn a_permit_of_a_call_that_is_given_up_before_there_is_a_token_is_given_back() {
    in_virtual_time(async {
        let service = Service::new(Fleet::example(), TOKEN).simulate();
        let tokens = From(Instant::now() + Duration::from_secs(80));
        let client = client_with(&service, 1, 0, |client| client.tokens(tokens));
        let targets = Targets::hwids((0..10).map(|number| format!("device{number}"))).unwrap();
        let bulk = client.delete(&targets).batch_size(NonZeroUsize::MIN);
        let all_at_once = bulk.clone().concurrency(NonZeroUsize::new(10).unwrap());
        timeout(Duration::from_secs(2), all_at_once.into_future()).await.unwrap_err();
        assert_eq!(bulk.estimate().await.unwrap().duration, Duration::ZERO);
    });
}

/// The service counts a request when it comes, and the quota when its permit is given. So a slot is free again for another when
/// the timeout and a window have passed, although nothing was sent yet.
#[test]
fn a_permit_that_has_waited_long_for_a_token_is_given_back_for_another() {
    in_virtual_time(async {
        let fleet = Fleet::generate(20, 1);
        let hwids: Vec<String> = fleet.devices().map(|device| device.hwid().to_owned()).collect();
        let service = Service::new(fleet, TOKEN).with_quota(Quota::documented()).simulate();
        let tokens = From(Instant::now() + Duration::from_secs(80));
        let client = client_with(&service, 1, 0, |client| client.tokens(tokens));
        let targets = Targets::hwids(hwids).unwrap();
        let bulk = client.delete(&targets).batch_size(NonZeroUsize::MIN);
        let report = bulk.concurrency(NonZeroUsize::new(20).unwrap()).await.unwrap();
        assert_eq!(report.counts().applied, 20);
        assert_eq!(service.requests_received(), 20, "none was refused");
    });
}
