//! From the parser's events to a tree, within limits.
//!
//! The events are read one by one, because a tree that is built without limits is the attack: a thousand brackets
//! overflow the stack of whoever walks them, and nine lines of aliases name a billion nodes.

use std::{borrow::Cow, collections::HashMap};

use indexmap::map;
use saphyr::{Scalar, ScalarStyle, Tag};
use saphyr_parser::{Event, Parser};
use serde_json::{Number, Value};

use super::{
    Span,
    node::{Entry, Kind, Node, Object},
    spans::Bytes,
};
use crate::{
    diagnostic::{Draft, quoted},
    rules,
};

/// How deep a document may be nested. Deep enough for any that a person wrote: an inline schema takes two levels.
pub(crate) const DEPTH: usize = 64;

/// How many nodes aliases may add to those that the text spells out.
pub(crate) const ALIASED_NODES: usize = 100_000;

/// What is wrong, and where.
type Problem = (Span, Draft);

/// Reads the one YAML document of `text`.
pub(super) fn read(text: &str) -> Result<Node, Vec<Problem>> {
    let mut reader = Reader { bytes: Bytes::new(text), ..Reader::default() };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let step = match event {
            Ok((event, span)) => {
                let span = reader.bytes.span(span);
                reader.take(event, span)
            }
            Err(error) => {
                let at = reader.bytes.at(*error.marker());
                Err((at..at, rules::SYNTAX.because(error.info())))
            }
        };
        if let Err(problem) = step {
            reader.problems.push(problem);
            break;
        }
    }
    match reader.root {
        Some(root) if reader.problems.is_empty() => Ok(root),
        _ if !reader.problems.is_empty() => Err(reader.problems),
        _ => Err(vec![(0..0, rules::EMPTY_DOCUMENT.because("the document is empty"))]),
    }
}

#[derive(Default)]
struct Reader {
    bytes: Bytes,
    root: Option<Node>,
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    aliased: usize,
    problems: Vec<Problem>,
}

/// A list or an object that has begun and not ended.
struct Open {
    anchor: usize,
    start: usize,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node>),
    Object { object: Object, key: Option<(String, Span)> },
}

impl Reader {
    /// Takes one event. Fails if nothing sensible can be read beyond it.
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Problem> {
        match event {
            Event::DocumentStart(_) if self.root.is_some() => {
                let message = "a second document begins here";
                return Err((span, rules::SEVERAL_DOCUMENTS.because(message)));
            }
            Event::Scalar(text, style, anchor, tag) => {
                let value = self.scalar(text, style, tag.as_ref(), &span);
                self.add(Node::new(Kind::Scalar(value), span), anchor)?;
            }
            Event::SequenceStart(anchor, _) => {
                self.begin(OpenKind::List(Vec::new()), anchor, span)?;
            }
            Event::MappingStart(anchor, _) => {
                let kind = OpenKind::Object { object: Object::default(), key: None };
                self.begin(kind, anchor, span)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(Open { anchor, start, kind }) = self.open.pop() {
                    let kind = match kind {
                        OpenKind::List(items) => Kind::List(items),
                        OpenKind::Object { object, .. } => Kind::Object(object),
                    };
                    self.add(Node::new(kind, start..span.end.max(start)), anchor)?;
                }
            }
            Event::Alias(anchor) => {
                // An anchor that is still open is not known yet, so no node can contain itself.
                let Some(node) = self.anchors.get(&anchor).cloned() else {
                    let message = "this alias stands within the value that it names";
                    return Err((span, rules::ENDLESS_ALIAS.because(message)));
                };
                self.aliased = self.aliased.saturating_add(node.size());
                if self.aliased > ALIASED_NODES {
                    let message = format!("aliases repeat more than {ALIASED_NODES} values");
                    return Err((span, rules::TOO_LARGE.because(message)));
                }
                self.add(node, 0)?;
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
        Ok(())
    }

    fn begin(&mut self, kind: OpenKind, anchor: usize, span: Span) -> Result<(), Problem> {
        self.open.push(Open { anchor, start: span.start, kind });
        self.check_depth(self.open.len(), span)
    }

    fn check_depth(&self, depth: usize, span: Span) -> Result<(), Problem> {
        if depth <= DEPTH {
            return Ok(());
        }
        let message = format!("the document is nested more than {DEPTH} levels deep");
        Err((span, rules::TOO_DEEP.because(message)))
    }

    /// Adds a finished node to the innermost open one.
    fn add(&mut self, node: Node, anchor: usize) -> Result<(), Problem> {
        self.check_depth(self.open.len() + node.height(), node.span())?;
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        let Some(Open { kind, .. }) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        match kind {
            OpenKind::List(items) => items.push(node),
            OpenKind::Object { object, key } => match key.take() {
                Some((key, key_span)) => match object.entry(key) {
                    map::Entry::Vacant(place) => {
                        place.insert(Entry { key_span, value: node });
                    }
                    map::Entry::Occupied(first) => {
                        let message = format!("the key {} stands here twice", quoted(first.key()));
                        self.problems.push((key_span, rules::DUPLICATE_KEY.because(message)));
                    }
                },
                None => {
                    let span = node.span();
                    let Some(name) = node.scalar().map(key_text) else {
                        let message = "this key is a list or an object";
                        return Err((span, rules::NOT_JSON.because(message)));
                    };
                    if name == "<<" {
                        let message = "`<<` merges nothing in YAML 1.2";
                        self.problems.push((span.clone(), rules::MERGE_KEY.because(message)));
                    }
                    *key = Some((name, span));
                }
            },
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        tag: Option<&Cow<'_, Tag>>,
        span: &Span,
    ) -> Value {
        let scalar = Scalar::parse_from_cow_and_metadata(text.clone(), style, tag);
        scalar.and_then(json_scalar).unwrap_or_else(|| {
            let message = format!("{} is nothing that JSON has", quoted(&text));
            self.problems.push((span.clone(), rules::NOT_JSON.because(message)));
            Value::Null
        })
    }
}

fn json_scalar(scalar: Scalar<'_>) -> Option<Value> {
    Some(match scalar {
        Scalar::Null => Value::Null,
        Scalar::Boolean(flag) => Value::Bool(flag),
        Scalar::Integer(number) => Value::from(number),
        Scalar::FloatingPoint(number) => Value::Number(Number::from_f64(number.into_inner())?),
        Scalar::String(text) => Value::String(text.into_owned()),
    })
}

/// A key as text, so that an unquoted status (`200:`) is read like a quoted one.
fn key_text(key: &Value) -> String {
    match key {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn reads_what_json_can_hold() {
        let cases = [
            ("a: 1\nb: [x, 2.5, true, ~]", json!({"a": 1, "b": ["x", 2.5, true, null]})),
            ("200: ok\n'404': no", json!({"200": "ok", "404": "no"})),
            ("a: &x {k: v}\nb: *x", json!({"a": {"k": "v"}, "b": {"k": "v"}})),
            (r#"{"json": ["is", "yaml"]}"#, json!({"json": ["is", "yaml"]})),
            ("on: no", json!({"on": "no"})),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text).unwrap().to_json(), expected, "{text}");
        }
    }

    #[test]
    fn an_alias_is_counted_as_often_as_it_repeats() {
        let bomb = (1..12).fold("a0: &a0 [x]".to_owned(), |text, level| {
            let alias = format!("*a{}", level - 1);
            format!("{text}\na{level}: &a{level} [{}]", [alias.as_str(); 10].join(", "))
        });
        let problems = read(&bomb).unwrap_err();
        assert_eq!(problems.len(), 1);
    }
}
