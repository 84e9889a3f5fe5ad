//! Whose TLS is used.

#![cfg(feature = "rustls")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::error::Error;

use it_access::{AccessToken, Client, DeviceAction, Retry, Targets};
use tokio::{io::AsyncWriteExt, net::TcpListener};

/// With the feature `native-tls` as well, reqwest by itself would take the system's.
#[tokio::test]
async fn tls_is_rustls_whatever_else_is_compiled_in() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut connection, _) = listener.accept().await.unwrap();
        connection.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
    });

    let token: AccessToken = "example-token".parse().unwrap();
    let client = Client::builder().base_url(base_url).tokens(token).retry(Retry::never());
    let targets = Targets::hwids(["device123"]).unwrap();
    let request = client.build().unwrap();
    let error = request.request(&DeviceAction::Unexempt, &targets).await.unwrap_err();
    let mut causes = Vec::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        causes.push(error.to_string());
        cause = error.source();
    }
    // Rustls' words.
    assert!(causes.iter().any(|cause| cause.contains("InvalidContentType")), "{causes:?}");
}
