//! Tokens by client credentials: what is sent, how often, and where to.

use std::{sync::Arc, time::Duration};

use integration_tests::{RawServer, http};
use it_access::{ClientCredentials, InvalidClientCredentials, TokenProvider};
use tokio::{task::JoinSet, time};

use crate::support::{assert_token, credentials, error_of, issued};

#[tokio::test]
async fn the_request_is_a_form_and_nothing_else() {
    let endpoint = RawServer::answering(issued("TOKEN"));
    let tokens = credentials(&endpoint, "a b+c&d=e%f/gé\"h").build().unwrap();
    assert_token(&tokens, "TOKEN").await;

    let body = "client_id=my-client&client_secret=a+b%2Bc%26d%3De%25f%2Fg%C3%A9%22h&grant_type=client_credentials";
    let expected = format!(
        "POST /o/oauth/token HTTP/1.1\r\n\
         content-type: application/x-www-form-urlencoded\r\n\
         accept: */*\r\n\
         host: {}\r\n\
         content-length: {}\r\n\
         \r\n\
         {body}",
        endpoint.host(),
        body.len()
    );
    assert_eq!(*endpoint.only_request(), expected);
}

#[tokio::test]
async fn the_endpoint_can_be_anywhere_that_is_safe() {
    let endpoint = RawServer::answering(issued("TOKEN"));
    let base_url = endpoint.base_url();
    let builder = || ClientCredentials::builder("my-client", "its secret");
    for (builder, path) in [
        (builder().service(base_url), "/o/oauth/token"),
        (builder().service(&format!("{base_url}/")), "/o/oauth/token"),
        (builder().service(&format!("{base_url}/gateway/")), "/gateway/o/oauth/token"),
        (builder().token_endpoint(format!("{base_url}/oauth2/v1/token")), "/oauth2/v1/token"),
        (builder().token_endpoint(format!("{base_url}/o/token/")), "/o/token/"),
    ] {
        assert_token(&builder.build().unwrap(), "TOKEN").await;
        let last = endpoint.requests().pop().unwrap();
        assert_eq!(last.line(), format!("POST {path}"));
    }
    let tokens = ClientCredentials::for_service(base_url, "my-client", "its secret").unwrap();
    assert_token(&tokens, "TOKEN").await;
}

#[test]
fn what_cannot_work_is_refused_before_anything_is_sent() {
    let builder = || ClientCredentials::builder("my-client", "CANARY-0123");
    let cases = [
        (builder().service("http://gears.opswat.com"), "unencrypted"),
        (builder().service("gears.opswat.com"), "absolute"),
        (builder().service("https://gears.opswat.com?x=CANARY"), "a query"),
        (builder().service("https://gears.opswat.com#CANARY"), "a fragment"),
        (builder().token_endpoint("https://me:CANARY@gears.opswat.com/token"), "user or password"),
        (builder().token_endpoint("http://127.0.0.1.evil.example/token"), "unencrypted"),
        (ClientCredentials::builder("", "CANARY"), "the client id is empty"),
        (ClientCredentials::builder("CANARY\n", "CANARY"), "the client id holds a control"),
        (ClientCredentials::builder("my-client", ""), "the client secret is empty"),
        (ClientCredentials::builder("my-client", "CANARY "), "the client secret has spaces"),
    ];
    for (builder, expected) in cases {
        let error: InvalidClientCredentials = builder.build().unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.contains(expected), "{text}");
        assert!(!text.contains("CANARY"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_callers_make_one_request() {
    let endpoint = RawServer::in_turn([issued("FIRST"), issued("SECOND")]);
    let tokens = Arc::new(credentials(&endpoint, "its secret").build().unwrap());
    let mut callers = JoinSet::new();
    for _ in 0..50 {
        let tokens = Arc::clone(&tokens);
        callers.spawn(async move { assert_token(&tokens, "FIRST").await });
    }
    callers.join_all().await;
    assert_eq!(endpoint.requests().len(), 1);
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let endpoint = RawServer::in_turn([issued("FIRST"), issued("SECOND")]);
    let tokens = credentials(&endpoint, "its secret").build().unwrap();
    let first = tokens.token().await.unwrap();
    for _ in 0..3 {
        tokens.refuse(&first);
        assert_token(&tokens, "SECOND").await;
    }
    assert_eq!(endpoint.requests().len(), 2);
}

#[tokio::test]
async fn an_endpoint_that_recovers_is_asked_again() {
    let endpoint = RawServer::in_turn([http("500 Oops", "retry-after: 7\n", ""), issued("TOKEN")]);
    let tokens = credentials(&endpoint, "its secret").build().unwrap();
    let error = error_of(&tokens).await;
    assert_eq!((error.status(), error.retry_after()), (Some(500), Some(Duration::from_secs(7))));
    let again = error_of(&tokens).await;
    assert_eq!(again.to_string(), error.to_string());
    assert_eq!(endpoint.requests().len(), 1);

    time::pause();
    time::advance(Duration::from_secs(7)).await;
    time::resume();
    assert_token(&tokens, "TOKEN").await;
    assert_eq!(endpoint.requests().len(), 2);
}

#[tokio::test]
async fn settings_for_http_cannot_weaken_what_is_safe() {
    let elsewhere = RawServer::answering(issued("STOLEN"));
    let location = format!("location: {}/o/oauth/token\n", elsewhere.base_url());
    for status in ["301 M", "302 F", "303 S", "307 T", "308 P"] {
        let endpoint = RawServer::answering(http(status, &location, ""));
        let settings = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::limited(5))
            .referer(true)
            .proxy(reqwest::Proxy::all(elsewhere.base_url()).unwrap());
        let tokens = credentials(&endpoint, "its secret").http_settings(settings).build().unwrap();
        let error = error_of(&tokens).await;
        assert!(error.to_string().contains("points elsewhere"), "{error}");
        assert_eq!(endpoint.requests().len(), 1);
    }
    assert_eq!(elsewhere.requests(), []);
}
