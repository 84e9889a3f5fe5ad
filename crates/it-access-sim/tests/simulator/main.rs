//! The simulator in memory, on tokio's paused clock.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod control;
mod faults;
mod journal;
mod model;
mod oauth;
mod quota;
mod time;

use http::{HeaderMap, Request, StatusCode};
use it_access_sim::{Answer, Fleet, Reply, Service, Simulator};

const ACTION: &str = "/o/api/v3/devices/action?access_token=given";
const BODY: &str = r#"{"types":"dhcprenew","ids":["laptop-001"]}"#;

fn service() -> Service {
    Service::new(Fleet::example(), "given")
}

fn act(simulator: &Simulator, body: &str) -> Reply {
    post(simulator, ACTION, "application/json", body)
}

fn post(simulator: &Simulator, target: &str, content_type: &str, body: &str) -> Reply {
    let request = Request::post(target).header("content-type", content_type);
    simulator.respond(&request.body(body).unwrap())
}

/// The parts of an answer that is sent whole.
fn parts(reply: &Reply) -> (StatusCode, &HeaderMap, &str) {
    let Answer::Whole(response) = &reply.answer else { panic!("not whole: {reply:?}") };
    (response.status(), response.headers(), std::str::from_utf8(response.body()).unwrap())
}

fn text_of(reply: &Reply) -> &str {
    parts(reply).2
}

fn status_of(reply: &Reply) -> u16 {
    parts(reply).0.as_u16()
}

fn header<'a>(reply: &'a Reply, name: &str) -> Option<&'a str> {
    parts(reply).1.get(name).map(|value| value.to_str().unwrap())
}
