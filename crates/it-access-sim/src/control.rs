//! The control interface, under `/_sim/`: what the simulator knows, and how it is driven.
//!
//! | path | methods | |
//! | --- | --- | --- |
//! | `/_sim/devices` | GET | the fleet, as a fleet file |
//! | `/_sim/log` | GET | the newest requests, and what really became of them |
//! | `/_sim/applied` | GET | how often each action was applied to each device |
//! | `/_sim/faults` | GET, POST, DELETE | the faults that are set |
//! | `/_sim/clock` | GET, POST | the simulator's time |
//! | `/_sim/tokens` | DELETE | makes every access token invalid |

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::ALLOW;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::account::answer_of;
use crate::call::{BodyError, is_of_type};
use crate::clock::FARTHEST;
use crate::fleet::reason;
use crate::object::Object;
use crate::{Endpoint, Fault, FaultName, LogEntry, Simulator};

const JSON: &str = "application/json";

/// Answers a request for the control interface; `None` if it is for something else.
pub(crate) fn answer(
    simulator: &Simulator,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
    body: Result<&[u8], BodyError>,
) -> Option<Response<Bytes>> {
    let resource = path.strip_prefix("/_sim/")?;
    if (resource, method) == ("devices", &Method::GET) {
        return Some(answer_of(StatusCode::OK, JSON, simulator.fleet().to_json()));
    }
    let answered = match (resource, method.as_str()) {
        ("log", "GET") => Ok(log(simulator)),
        ("applied", "GET") => Ok(applied(simulator)),
        ("faults", "GET") => Ok(faults(simulator)),
        ("faults", "POST") => read(headers, body).and_then(|new| set_faults(simulator, new)),
        ("faults", "DELETE") => {
            simulator.clear_faults();
            Ok(faults(simulator))
        }
        ("clock", "GET") => Ok(clock(simulator)),
        ("clock", "POST") => {
            read(headers, body).and_then(|advance| put_forward(simulator, &advance))
        }
        ("tokens", "DELETE") => {
            simulator.revoke_tokens();
            Ok(json!({ "revoked": "all" }))
        }
        ("devices" | "log" | "applied", _) => Err(Problem::Method("GET")),
        ("faults", _) => Err(Problem::Method("GET, POST, DELETE")),
        ("clock", _) => Err(Problem::Method("GET, POST")),
        ("tokens", _) => Err(Problem::Method("DELETE")),
        _ => Err(Problem::Path),
    };
    Some(match answered {
        Ok(value) => answer_of(StatusCode::OK, JSON, format!("{value}\n")),
        Err(problem) => problem.to_response(),
    })
}

/// What is wrong with a request.
#[derive(Debug, thiserror::Error)]
enum Problem {
    #[error("there are /_sim/devices, log, applied, faults, clock and tokens")]
    Path,
    #[error("this takes {0}")]
    Method(&'static str),
    #[error("the content type must be application/json")]
    ContentType,
    #[error("the body is too large, or broke off")]
    Body,
    #[error("{reason}")]
    Json { line: usize, column: usize, reason: String },
    #[error("`faults[{index}]`: {reason}")]
    Fault { index: usize, reason: String },
    #[error("`advance_seconds` must be a number from 0 to {}", FARTHEST.as_secs())]
    Advance,
}

impl Problem {
    fn to_response(&self) -> Response<Bytes> {
        let status = match self {
            Self::Path => StatusCode::NOT_FOUND,
            Self::Method(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            _ => StatusCode::BAD_REQUEST,
        };
        let mut told = json!({ "error": self.to_string() });
        if let Self::Json { line, column, .. } = self {
            told["line"] = (*line).into();
            told["column"] = (*column).into();
        }
        let mut response = answer_of(status, JSON, format!("{told}\n"));
        if let Self::Method(allowed) = self {
            response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
        }
        response
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewFaults {
    faults: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: f64,
}

/// Reads a body. It must be declared as JSON, which no page of another site can have a browser send.
fn read<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Result<&[u8], BodyError>,
) -> Result<T, Problem> {
    if !is_of_type(headers, "application/json") {
        return Err(Problem::ContentType);
    }
    let read = serde_json::from_slice(body.map_err(|_| Problem::Body)?);
    read.map(|Object(value)| value).map_err(|error| Problem::Json {
        line: error.line(),
        column: error.column(),
        reason: reason(&error),
    })
}

fn log(simulator: &Simulator) -> Value {
    let entries: Vec<Value> = simulator.log().iter().map(entry).collect();
    json!({ "received": simulator.requests_received(), "requests": entries })
}

fn entry(entry: &LogEntry) -> Value {
    let endpoint = entry.endpoint.map(|endpoint| match endpoint {
        Endpoint::DeviceAction => "action",
        Endpoint::Token => "token",
    });
    json!({
        "number": entry.number,
        "at_seconds": entry.at.as_secs_f64(),
        "method": entry.method.as_str(),
        "endpoint": endpoint,
        "action": entry.action.map(|action| action.wire_name()),
        "applied_to": entry.applied.iter().map(AsRef::as_ref).collect::<Vec<&str>>(),
        "faults": entry.faults.iter().copied().map(FaultName::as_str).collect::<Vec<&str>>(),
        "status": entry.status.map(|status| status.as_u16()),
    })
}

fn applied(simulator: &Simulator) -> Value {
    let applied = simulator.applications().into_iter().map(|application| {
        json!({
            "hwid": application.hwid.as_ref(),
            "action": application.action.wire_name(),
            "times": application.times,
        })
    });
    applied.collect()
}

fn faults(simulator: &Simulator) -> Value {
    let faults: Vec<String> = simulator.faults().iter().map(Fault::to_string).collect();
    json!({ "faults": faults })
}

/// Sets all of them, or none if one is wrong.
fn set_faults(simulator: &Simulator, new: NewFaults) -> Result<Value, Problem> {
    let parsed = new.faults.iter().enumerate().map(|(index, text)| {
        let fault = text.parse::<Fault>();
        fault.map_err(|error| Problem::Fault { index, reason: error.to_string() })
    });
    for fault in parsed.collect::<Result<Vec<_>, _>>()? {
        simulator.add_fault(fault);
    }
    Ok(faults(simulator))
}

fn clock(simulator: &Simulator) -> Value {
    let wall = simulator.wall_clock().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    json!({
        "seconds_since_start": simulator.now().as_secs_f64(),
        "unix_seconds": wall.as_secs_f64(),
    })
}

fn put_forward(simulator: &Simulator, advance: &Advance) -> Result<Value, Problem> {
    let by = Duration::try_from_secs_f64(advance.advance_seconds).map_err(|_| Problem::Advance)?;
    if by > FARTHEST {
        return Err(Problem::Advance);
    }
    simulator.advance(by);
    Ok(clock(simulator))
}
