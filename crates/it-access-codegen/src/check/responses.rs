//! Responses: statuses that can happen, and one type each for success and for failure.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Outline, Report, bodies, grammar::Kind, outline::Spot};
use crate::{diagnostic::quoted, rules, source::Pointer};

/// A status, or a class of them such as `4XX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Status {
    Code(u16),
    Class(u16),
}

/// What the generated code makes of a response's body.
#[derive(Debug, PartialEq)]
enum Body<'a> {
    Typed(&'a Value),
    Bytes,
    None,
}

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for responses in outline.of(Kind::Responses) {
        one_operation(outline, responses, report);
    }
}

fn one_operation(outline: &Outline<'_>, responses: &Spot<'_>, report: &mut Report) {
    if responses.has("default") {
        let message = "`default` stands for success and for failure at once";
        report
            .at_key(&responses.pointer.child("default"), rules::DEFAULT_RESPONSE.because(message));
    }
    let segments: Vec<_> = responses.pointer.segments().collect();
    let method = match segments.as_slice() {
        [.., method, _] => method.as_str(),
        _ => "",
    };
    let mut statuses = BTreeMap::new();
    let mut success = None;
    let mut failure = None;
    for (key, value) in responses.object().into_iter().flatten() {
        if key == "default" || key.starts_with("x-") {
            continue;
        }
        let place = responses.pointer.child(key);
        let Some(status) = Status::parse(key) else {
            let message = format!("{} is no HTTP status", quoted(key));
            report.at_key(&place, rules::INVALID_STATUS.because(message));
            continue;
        };
        if let Some(other) = statuses.insert(status, key) {
            let message = format!("{} and {} are the same status", quoted(other), quoted(key));
            report.at_key(&place, rules::DUPLICATE_KEY.because(message));
        }
        let (seen, rule, what) = match status.class() {
            2 => (&mut success, &rules::SEVERAL_SUCCESS_TYPES, "success"),
            4 | 5 => (&mut failure, &rules::SEVERAL_ERROR_TYPES, "failure"),
            _ => {
                let rule = if key == "101" { &rules::UPGRADE } else { &rules::UNHANDLED_STATUS };
                let message = format!("{} is neither success nor failure", quoted(key));
                report.at_key(&place, rule.because(message));
                continue;
            }
        };
        let response = Spot { kind: Kind::Response, pointer: place.clone(), value };
        let Some(response) = outline.resolve(&response) else { continue };
        let body = if has_no_body(method, key) {
            no_content(&response, &place, report);
            Body::undescribed(status)
        } else {
            Body::of(&response, status)
        };
        match seen {
            None => *seen = Some((key, body)),
            Some((other, before)) if *before != body => {
                let message = format!(
                    "the body of {what} is {} for {}, and {} for {}",
                    before.shown(),
                    quoted(other),
                    body.shown(),
                    quoted(key)
                );
                report.at_key(&place, rule.because(message));
            }
            Some(_) => {}
        }
    }
}

/// Whether HTTP knows no body of such an answer, by method and status as the document writes them.
pub(crate) fn has_no_body(method: &str, status: &str) -> bool {
    method == "head" || status == "204" || status == "205"
}

/// Reports that an answer without a body describes one. The place is that of the answer, for a shared one may be far away.
fn no_content(response: &Spot<'_>, place: &Pointer, report: &mut Report) {
    if response.map(Kind::MediaType, "content").is_empty() {
        return;
    }
    let message = "this answer has no body, but `content` describes one";
    let place = match response.pointer == *place {
        true => &place.child("content"),
        false => place,
    };
    report.at_key(place, rules::IMPOSSIBLE_BODY.because(message));
}

impl Status {
    fn parse(text: &str) -> Option<Self> {
        if let [class @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] = text.as_bytes() {
            return Some(Self::Class(u16::from(class - b'0')));
        }
        // The mocks name their methods after the status's phrase, so it must have one.
        let status = http::StatusCode::from_bytes(text.as_bytes()).ok()?;
        status.canonical_reason().map(|_| Self::Code(status.as_u16()))
    }

    fn class(self) -> u16 {
        match self {
            Self::Code(code) => code / 100,
            Self::Class(class) => class,
        }
    }
}

impl<'a> Body<'a> {
    fn of(response: &Spot<'a>, status: Status) -> Self {
        let content = response.map(Kind::MediaType, "content");
        let json = content.iter().find(|(name, _)| bodies::is_json(name));
        match json.and_then(|(_, media)| media.value.get("schema")) {
            Some(schema) => Self::Typed(schema),
            None if content.is_empty() => Self::undescribed(status),
            None => Self::Bytes,
        }
    }

    /// An error without a described body is read as bytes: see the module `adapt`.
    fn undescribed(status: Status) -> Self {
        if status.class() == 2 { Self::None } else { Self::Bytes }
    }

    fn shown(&self) -> String {
        match self {
            Self::Typed(schema) => match schema.get("$ref").and_then(Value::as_str) {
                Some(reference) => quoted(reference.rsplit('/').next().unwrap_or_default()),
                None => "a schema of its own".to_owned(),
            },
            Self::Bytes => "bytes".to_owned(),
            Self::None => "empty".to_owned(),
        }
    }
}
