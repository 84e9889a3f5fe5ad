//! Bodies of requests and of responses: their media types, and what must be said of each.

use super::{Outline, Report, composition::is_structural, flat, grammar::Kind, outline::Spot};
use crate::{
    diagnostic::{listed, quoted},
    rules,
};

/// Whether progenitor takes a media type for JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || media_type.starts_with("application/json;")
}

pub(super) fn check(outline: &Outline<'_>, report: &mut Report) {
    for body in outline.of(Kind::RequestBody) {
        request(outline, body, report);
    }
    for response in outline.of(Kind::Response) {
        let content = response.map(Kind::MediaType, "content");
        if let Some((_, json)) = content.iter().find(|(name, _)| is_json(name)) {
            described(json, report);
            if content.len() > 1 {
                let names = listed(content.iter().map(|(name, _)| *name));
                let message = format!("of {names}, only the JSON is read");
                let place = response.pointer.child("content");
                report.at_key(&place, rules::SEVERAL_RESPONSE_MEDIA_TYPES.because(message));
            }
        } else {
            content.iter().for_each(|(name, media)| unread(outline, name, media, report));
        }
        for (name, header) in response.map(Kind::Header, "headers") {
            if !super::parameters::is_header_name(name) {
                let message = format!("{} is no name of a header", quoted(name));
                report.at_key(&header.pointer, rules::INVALID_HEADER_NAME.because(message));
            }
        }
    }
}

/// A body of a response that is read as bytes, whatever its schema says of it.
fn unread(outline: &Outline<'_>, name: &str, media: &Spot<'_>, report: &mut Report) {
    let schema = media.child(Kind::Schema, "schema").and_then(|it| outline.resolve(&it));
    let Some(schema) = schema.filter(|schema| schema.text("type") != Some("string")) else {
        return;
    };
    if schema.object().into_iter().flatten().any(|(key, _)| is_structural(key)) {
        let message = format!(
            "the body of {} is described, but only `application/json` is read",
            quoted(name)
        );
        report.at_key(&media.pointer, rules::UNREAD_RESPONSE.because(message));
    }
}

fn request(outline: &Outline<'_>, body: &Spot<'_>, report: &mut Report) {
    if !body.flag("required") {
        let message = "the body may be left out, but the generated function always sends one";
        report.at_key(&body.pointer, rules::OPTIONAL_BODY.because(message));
    }
    let content = body.map(Kind::MediaType, "content");
    let place = body.pointer.child("content");
    match content.as_slice() {
        [] if body.has("content") => {
            let message = "no media type says what the body is";
            report.at_key(&place, rules::EMPTY_CONTENT.because(message));
        }
        [] | [_] => {}
        several => {
            let names = listed(several.iter().map(|(name, _)| *name));
            let message = format!("the body is one of {names}");
            report.at_key(&place, rules::SEVERAL_REQUEST_MEDIA_TYPES.because(message));
        }
    }
    for (name, media) in &content {
        match name.split(';').next().unwrap_or_default() {
            "application/json" => described(media, report),
            "application/x-www-form-urlencoded" => form(outline, media, report),
            "application/octet-stream" => raw(outline, name, media, Some("binary"), report),
            "text/plain" | "text/x-markdown" => raw(outline, name, media, None, report),
            _ => {
                let message = format!("a body of {} cannot be sent", quoted(name));
                let draft = rules::UNSUPPORTED_REQUEST_MEDIA_TYPE.because(message);
                report.at_key(&media.pointer, draft);
            }
        }
    }
}

/// A body with a type of its own: there must be a schema, and nothing that bends it.
fn described(media: &Spot<'_>, report: &mut Report) {
    if media.value.is_object() && !media.has("schema") {
        let message = format!("no schema says what the {} is", quoted(&media.pointer.name()));
        report.at_key(&media.pointer, rules::MISSING_SCHEMA.because(message));
    }
    if media
        .value
        .get("encoding")
        .and_then(serde_json::Value::as_object)
        .is_some_and(|it| !it.is_empty())
    {
        let message = "`encoding` is not supported";
        report.at_key(&media.pointer.child("encoding"), rules::ENCODING.because(message));
    }
}

/// A form: an object of texts, numbers and flags.
fn form(outline: &Outline<'_>, media: &Spot<'_>, report: &mut Report) {
    described(media, report);
    let Some(schema) = media.child(Kind::Schema, "schema") else { return };
    let kind = outline.resolve(&schema).and_then(|schema| schema.text("type"));
    if kind.is_some_and(|kind| kind != "object") || flat::holds_another(outline, &schema) {
        let message = "this body does not fit into a form";
        report.at_key(&schema.pointer, rules::FORM_SCHEMA.because(message));
    } else if flat::may_be_null(outline, &schema) {
        let draft = rules::FORM_SCHEMA.because("this body may be `null`, which a form cannot say");
        report
            .at_key(&schema.pointer, draft.help("write a schema without `nullable: true` for it"));
    }
}

/// A body of bytes or text, for which progenitor knows exactly one schema.
fn raw(
    outline: &Outline<'_>,
    name: &str,
    media: &Spot<'_>,
    format: Option<&str>,
    report: &mut Report,
) {
    let Some(schema) = media.child(Kind::Schema, "schema") else {
        return described(media, report);
    };
    let Some(schema) = outline.resolve(&schema) else {
        return;
    };
    const BENDING: [&str; 6] =
        ["pattern", "enum", "minLength", "maxLength", "default", "discriminator"];
    let plain = schema.text("type") == Some("string")
        && schema.text("format") == format
        && !schema.flag("nullable")
        && BENDING.iter().all(|key| !schema.has(key));
    if !plain {
        let expected = match format {
            Some(format) => format!("{{ type: string, format: {format} }}"),
            None => "{ type: string }".to_owned(),
        };
        let message = format!("a body of {} can only be `{expected}`", quoted(name));
        let place = media.pointer.child("schema");
        let help = format!("write `schema: {expected}`");
        report.at_key(&place, rules::RAW_BODY_SCHEMA.because(message).help(help));
    }
}
