//! What the tests of faults share.

use std::{num::NonZeroUsize, time::Duration};

use it_access::{
    AccessToken, ActionReport, Client, ClientBuilder, DeviceAction, Error, ErrorKind, Retry,
    Targets, Unpaced,
};

pub(crate) const TOKEN: &str = "0123456789";

/// Repeats all that may be repeated, at once.
pub(crate) fn eager() -> Retry {
    Retry::default().with_uncertain(true).with_pauses(Duration::ZERO, Duration::ZERO)
}

/// A client that never repeats a request, to be changed.
pub(crate) fn client_of(base_url: &str) -> ClientBuilder {
    Client::builder()
        .base_url(base_url)
        .tokens(TOKEN.parse::<AccessToken>().unwrap())
        .quota(Unpaced)
        .retry(Retry::never())
}

pub(crate) fn size(size: usize) -> NonZeroUsize {
    NonZeroUsize::new(size).unwrap()
}

/// Deletes the devices `a`, `b` and `c` in one request.
pub(crate) async fn delete_from(base_url: &str) -> Result<ActionReport, Error> {
    request(client_of(base_url), DeviceAction::Delete).await
}

/// Does something to the devices `a`, `b` and `c` in one request.
pub(crate) async fn request(
    client: ClientBuilder,
    action: DeviceAction,
) -> Result<ActionReport, Error> {
    let targets = Targets::hwids(["a", "b", "c"]).unwrap();
    client.build().unwrap().request(&action, &targets).await.map(|(report, _)| report)
}

/// Asserts that an error says this, and no status.
pub(crate) fn assert_no_answer(error: &Error, kind: ErrorKind, message: &str) {
    assert_eq!((error.kind(), error.status()), (kind, None), "{error:?}");
    assert!(error.to_string().contains(message), "{error}");
}
