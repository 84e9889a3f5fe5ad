//! The generated client and its hooks, on the wire.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use integration_tests::{RawServer, example, http};
use it_access_api::{Client, Credentials, headers, operations, types};

fn vendors_example() -> types::DeviceActionRequest {
    serde_json::from_value(example("exempt.request.json")).unwrap()
}

/// The same, as it is written.
fn vendors_example_json() -> String {
    example("exempt.request.json").to_string()
}

fn client_of(server: &RawServer, token: &str) -> Client {
    Client::new(server.base_url(), Credentials::new().with_access_token(token)).unwrap()
}

/// The lines of a request's head, lower case but for the first, sorted but for the first.
fn head(request: &str) -> (String, Vec<String>) {
    let (head, _) = request.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let first = lines.next().unwrap().to_owned();
    let mut headers: Vec<String> = lines.map(str::to_lowercase).collect();
    headers.sort();
    (first, headers)
}

#[tokio::test]
async fn sends_the_vendors_example_and_nothing_else() {
    let answer = http("200 OK", "content-type: application/json\n", "{}");
    let server = RawServer::answering(answer);
    client_of(&server, "my-token").device_action(&vendors_example()).await.unwrap();

    let request = server.only_request();
    let (first, headers) = head(&request);
    assert_eq!(first, "POST /o/api/v3/devices/action?access_token=my-token HTTP/1.1");
    assert_eq!(
        headers,
        [
            "accept: application/json".to_owned(),
            format!("content-length: {}", request.body().len()),
            "content-type: application/json".to_owned(),
            format!("host: {}", server.host()),
        ]
    );
    assert_eq!(request.json(), example("exempt.request.json"));
}

#[tokio::test]
async fn encodes_the_token() {
    let server = RawServer::answering(http("200 OK", "", "{}"));
    client_of(&server, "a/b+c=d&e f").device_action(&vendors_example()).await.unwrap();

    let expected = "POST /o/api/v3/devices/action?access_token=a%2Fb%2Bc%3Dd%26e+f";
    assert_eq!(server.only_request().line(), expected);
}

#[tokio::test]
async fn follows_no_redirect_even_if_the_http_settings_ask_for_it() {
    for status in ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"] {
        let elsewhere = RawServer::answering(http("200 OK", "", "{}"));
        let location = format!("location: {}/stolen\n", elsewhere.base_url());
        let server = RawServer::answering(http(status, &location, ""));

        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(5));
        let token = Credentials::new().with_access_token("my-token");
        let client = Client::new_with_builder(server.base_url(), token, http).unwrap();
        let error = client.device_action(&vendors_example()).await.unwrap_err();

        assert_eq!(
            error.status().map(|status| status.as_u16().to_string()),
            Some(status[..3].to_owned())
        );
        assert_eq!(server.requests().len(), 1, "{status}");
        assert_eq!(elsewhere.requests(), [], "{status}");
    }
}

#[tokio::test]
async fn keeps_what_an_error_said() {
    let server = RawServer::answering(http("400 Bad Request", "", "the group is on holiday"));
    let error = client_of(&server, "my-token").device_action(&vendors_example()).await.unwrap_err();

    let it_access_api::Error::ErrorResponse(response) = error else { panic!("{error:?}") };
    let mut body = response.into_inner().into_inner();
    let chunk = std::future::poll_fn(|cx| body.as_mut().poll_next(cx)).await;
    assert_eq!(chunk.unwrap().unwrap(), "the group is on holiday");
}

#[tokio::test]
async fn keeps_the_first_64_kib_of_an_error_and_all_of_a_success() {
    let text = "x".repeat(100_000);
    let broken_off = "HTTP/1.1 500 Oops\r\ncontent-length: 100000\r\n\r\nxxx".to_owned();
    for (answer, kept, is_whole) in [
        (http("500 Oops", "", &text), 65_536, false),
        (http("500 Oops", "", &text[..65_536]), 65_536, true),
        (broken_off, 3, false),
        (http("200 OK", "", &text), 100_000, true),
    ] {
        let server = RawServer::answering(answer);
        let answer = client_of(&server, "my-token").device_action_raw(vendors_example_json()).await;
        let answer = answer.unwrap();
        assert_eq!((answer.body.len(), answer.is_whole), (kept, is_whole), "{}", answer.status);
    }
}

/// In two chunks, of which neither holds all of the token.
#[tokio::test]
async fn a_token_across_the_end_of_what_is_kept_is_hidden() {
    let (start, end) =
        (format!("{}my-long-", "x".repeat(65_530)), format!("token{}", "x".repeat(999)));
    let chunk = |text: &str| format!("{:x}\r\n{text}\r\n", text.len());
    let head = "HTTP/1.1 500 Oops\r\ntransfer-encoding: chunked\r\n\r\n";
    let server = RawServer::answering(format!("{head}{}{}0\r\n\r\n", chunk(&start), chunk(&end)));
    let answer =
        client_of(&server, "my-long-token").device_action_raw(vendors_example_json()).await;
    assert_eq!(answer.unwrap().body[65_530..], b"[hidden]"[..]);
}

#[tokio::test]
async fn keeps_the_order_of_the_answer_unknown_codes_and_duplicates() {
    let server = RawServer::answering(http("200 OK", "", r#"{"z":1,"a":-1,"m":7,"z":0}"#));
    let answer = client_of(&server, "my-token").device_action(&vendors_example()).await.unwrap();

    let results: Vec<(&str, types::DeviceActionResult)> =
        answer.iter().map(|(key, result)| (key.as_str(), *result)).collect();
    assert_eq!(
        results,
        [
            ("z", types::DeviceActionResult::Applied),
            ("a", types::DeviceActionResult::NotSupported),
            ("m", types::DeviceActionResult::Other(7)),
            ("z", types::DeviceActionResult::Failed),
        ]
    );
}

#[tokio::test]
async fn reads_the_declared_headers() {
    let limits = "X-RateLimit-Limit: 10\nx-ratelimit-remaining: 7\nx-ratelimit-reset-time: soon\n";
    let server = RawServer::answering(http("200 OK", limits, "{}"));
    let answer = client_of(&server, "my-token").device_action(&vendors_example()).await.unwrap();

    let headers = headers::DeviceAction::from(answer.headers());
    assert_eq!(headers.x_rate_limit_limit, Some(10));
    assert_eq!(headers.x_rate_limit_remaining, Some(7));
    assert_eq!(headers.x_rate_limit_reset_time, None);
}

#[tokio::test]
async fn sends_nothing_without_credentials() {
    let server = RawServer::answering(http("200 OK", "", "{}"));
    let client = Client::new(server.base_url(), Credentials::new()).unwrap();
    let error = client.device_action(&vendors_example()).await.unwrap_err();

    let message = "`device_action` needs credentials that are not set: AccessToken";
    assert!(error.to_string().contains(message), "{error}");
    assert_eq!(server.requests(), []);
}

#[tokio::test]
async fn gives_no_token_to_a_request_to_another_host() {
    use progenitor_client::{ClientHooks, OperationInfo};

    let server = RawServer::answering(http("200 OK", "", "{}"));
    let client = client_of(&server, "my-secret-token");
    let elsewhere = RawServer::answering(http("200 OK", "", "{}"));
    let mut request =
        reqwest::Request::new(reqwest::Method::POST, elsewhere.base_url().parse().unwrap());
    let info = OperationInfo { operation_id: operations::DEVICE_ACTION.id };

    let error = client.pre::<()>(&mut request, &info).await.unwrap_err();
    assert!(error.to_string().contains("another host"), "{error}");
    client.exec(request, &info).await.unwrap();
    assert!(!elsewhere.only_request().contains("my-secret-token"));
}
