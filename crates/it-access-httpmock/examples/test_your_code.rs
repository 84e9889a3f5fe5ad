//! How to test code of your own that changes devices: `cargo test --package it-access-httpmock --examples`, or run it.

use it_access::{BulkError, Client, Targets};

/// The code under test: deletes devices, and names those that are still there.
async fn retire(client: &Client, devices: &Targets) -> Result<Vec<String>, BulkError> {
    let report = client.delete(devices).await?;
    let left = report.devices().iter().filter(|device| !device.state.is_applied());
    Ok(left.map(|device| device.id.to_string()).collect())
}

#[expect(clippy::print_stdout, reason = "this is what an example is for")]
fn main() {
    println!("run me by: cargo test --package it-access-httpmock --examples");
    let _ = retire;
}

#[cfg(test)]
mod tests {
    use httpmock::MockServer;
    use it_access::{AccessToken, Retry};
    use it_access_api::Pairs;
    use it_access_api::types::{
        DeviceActionRequest, DeviceActionRequestByIds, DeviceActionResult, DeviceActionResults,
        DeviceActionType,
    };
    use it_access_httpmock::MockServerExt;

    use super::*;

    fn client_of(server: &MockServer) -> Client {
        let token: AccessToken = "my-test-token".parse().unwrap();
        // Without it, the client would wait out a refusal, as it should where it matters.
        let never = Retry::never();
        Client::builder().base_url(server.base_url()).tokens(token).retry(never).build().unwrap()
    }

    #[tokio::test]
    async fn names_the_devices_that_are_left() {
        let server = MockServer::start_async().await;
        let mock = server.device_action(|when, then| {
            // The request that is expected, in the types of the document.
            when.body(&DeviceActionRequest::Ids(DeviceActionRequestByIds {
                types: DeviceActionType::Delete,
                ids: vec!["old-laptop".parse().unwrap(), "older-laptop".parse().unwrap()]
                    .try_into()
                    .unwrap(),
                params: None,
            }));
            then.ok(&DeviceActionResults(Pairs(vec![
                ("old-laptop".to_owned(), DeviceActionResult::Applied),
                ("older-laptop".to_owned(), DeviceActionResult::Failed),
            ])));
        });

        let devices = Targets::hwids(["old-laptop", "older-laptop"]).unwrap();
        let left = retire(&client_of(&server), &devices).await.unwrap();

        assert_eq!(left, ["older-laptop"]);
        mock.assert_async().await;
    }

    #[tokio::test]
    async fn passes_a_refusal_on() {
        let server = MockServer::start_async().await;
        server.device_action(|when, then| {
            when.with_access_token("my-test-token");
            then.too_many_requests().with_x_rate_limit_reset_time(42);
        });

        let devices = Targets::hwids(["old-laptop"]).unwrap();
        let stopped = retire(&client_of(&server), &devices).await.unwrap_err();

        let error = stopped.error().unwrap();
        assert!(error.is_rate_limited());
        assert!(!error.may_have_been_applied());
        assert_eq!(stopped.report().counts().unprocessed, 1);
    }
}
