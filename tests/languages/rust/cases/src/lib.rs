//! What the drivers have in common: how they say what a call gave.

use http::{HeaderMap, StatusCode};
use serde::Serialize;
use serde_json::{Value, json};

/// Says what became of each device.
pub fn report(case: &str, results: &impl Serialize) {
    println!("{case} {}", serde_json::to_value(results).unwrap());
}

/// Says what status a refusal has, and what its headers tell of the quota.
pub fn refused(case: &str, status: StatusCode, headers: &HeaderMap) {
    let number = |name: &str| -> Value { headers[name].to_str().unwrap().parse().unwrap() };
    let told = json!({
        "status": status.as_u16(),
        "limit": number("X-RateLimit-Limit"),
        "remaining": number("X-RateLimit-Remaining"),
        "reset": number("X-RateLimit-Reset-Time"),
    });
    println!("{case} {told}");
}
