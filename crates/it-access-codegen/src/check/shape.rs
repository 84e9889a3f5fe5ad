//! Holds each value against the grammar, and gathers the objects by kind on the way.

use serde_json::{Map, Value};

use super::{
    Report,
    grammar::{self, Expect, Field, Kind},
    outline::{Outline, Spot},
};
use crate::{
    diagnostic::{listed, quoted},
    rules,
    source::Pointer,
    suggest,
};

/// How many schemas may stand within each other. More would need more stack than a thread has by default: typify and
/// serde use some 50 kB for each level in a debug build.
const SCHEMAS: usize = 16;

/// Walks the document. What has not the right shape is reported, and left out of the outline.
pub(super) fn outline<'a>(root: &'a Value, report: &mut Report) -> Outline<'a> {
    let outline = Outline { root, spots: Vec::new(), references: Vec::new() };
    let mut walk = Walk { outline, schemas: 0, report };
    walk.value(root, Expect::Node(Kind::Document), &Pointer::default());
    walk.outline
}

struct Walk<'a, 'r> {
    outline: Outline<'a>,
    /// The number of schemas around the present place.
    schemas: usize,
    report: &'r mut Report,
}

impl<'a> Walk<'a, '_> {
    fn value(&mut self, value: &'a Value, expect: Expect, pointer: &Pointer) {
        match (expect, value) {
            (Expect::Any, _)
            | (Expect::Text, Value::String(_))
            | (Expect::Flag | Expect::FlagOrSchema, Value::Bool(_))
            | (Expect::Number, Value::Number(_)) => {}
            (Expect::Count, Value::Number(number))
                if number.as_u64().is_some_and(|count| u32::try_from(count).is_ok()) => {}
            (Expect::Choice(choices), Value::String(text)) => {
                self.choice(text, choices, pointer);
            }
            (Expect::FlagOrSchema, Value::Object(_)) => {
                self.value(value, Expect::NodeOrRef(Kind::Schema), pointer);
            }
            (Expect::NodeOrRef(kind), Value::Object(object)) if object.contains_key("$ref") => {
                let reference = Spot { kind, pointer: pointer.clone(), value };
                self.value(&object["$ref"], Expect::Text, &pointer.child("$ref"));
                self.outline.references.push(reference);
            }
            (Expect::Node(kind) | Expect::NodeOrRef(kind), Value::Object(object)) => {
                let level = usize::from(kind == Kind::Schema);
                self.schemas += level;
                if self.schemas > SCHEMAS {
                    let message = format!("schemas are nested more than {SCHEMAS} levels deep");
                    self.report.at(pointer, rules::TOO_DEEP.because(message));
                } else {
                    self.outline.spots.push(Spot { kind, pointer: pointer.clone(), value });
                    self.object(object, kind, pointer);
                }
                self.schemas -= level;
            }
            (Expect::ListOf(expect), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(item, *expect, &pointer.child(index));
                }
            }
            (Expect::MapOf(expect), Value::Object(entries)) => {
                for (key, entry) in entries {
                    self.value(entry, *expect, &pointer.child(key));
                }
            }
            _ => self.wrong_type(value, expect, pointer),
        }
    }

    fn object(&mut self, object: &'a Map<String, Value>, kind: Kind, pointer: &Pointer) {
        let fields = grammar::fields(kind);
        for Field { key, .. } in fields.iter().filter(|field| field.required) {
            if !object.contains_key(*key) {
                let draft = rules::MISSING_KEY.because(format!("the key `{key}` is missing"));
                self.report.at_key(pointer, draft.help(format!("add `{key}`")));
            }
        }
        for (key, value) in object {
            let place = pointer.child(key);
            if let Some(field) = fields.iter().find(|field| field.key == key) {
                self.value(value, field.expect, &place);
            } else if key.starts_with("x-") && kind != Kind::SecurityRequirement {
                continue;
            } else if let Some(expect) = grammar::entries(kind) {
                self.value(value, expect, &place);
            } else {
                self.unknown_key(key, fields, &place);
            }
        }
    }

    fn choice(&mut self, text: &str, choices: &[&str], pointer: &Pointer) {
        if !choices.contains(&text) {
            let message = format!("{} is no value of `{}`", quoted(text), pointer.name());
            let draft = rules::UNKNOWN_VALUE.because(message);
            let help = match suggest::nearest(text, choices.iter().copied()) {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => format!("write one of {}", listed(choices.iter().copied())),
            };
            self.report.at(pointer, draft.help(help));
        }
    }

    fn unknown_key(&mut self, key: &str, fields: &[Field], place: &Pointer) {
        let draft =
            rules::UNKNOWN_KEY.because(format!("OpenAPI 3.0 has no key {} here", quoted(key)));
        let draft = match suggest::nearest(key, fields.iter().map(|field| field.key)) {
            Some(nearest) => draft.help(format!("did you mean `{nearest}`?")),
            None => draft,
        };
        self.report.at_key(place, draft);
    }

    fn wrong_type(&mut self, value: &Value, expect: Expect, pointer: &Pointer) {
        let expected = match expect {
            Expect::Any => "anything",
            Expect::Text | Expect::Choice(_) => "a text",
            Expect::Flag => "`true` or `false`",
            Expect::Number => "a number",
            Expect::Count => "a whole number from 0 to 4294967295",
            Expect::FlagOrSchema => "`true`, `false` or a schema",
            Expect::Node(_) | Expect::NodeOrRef(_) | Expect::MapOf(_) => "an object",
            Expect::ListOf(_) => "a list",
        };
        let found = match value {
            Value::Null => "nothing".to_owned(),
            Value::Bool(flag) => format!("`{flag}`"),
            Value::Number(number) => format!("the number `{number}`"),
            Value::String(text) => format!("the text {}", quoted(text)),
            Value::Array(_) => "a list".to_owned(),
            Value::Object(_) => "an object".to_owned(),
        };
        let draft = rules::WRONG_TYPE.because(format!("{expected} belongs here, not {found}"));
        let draft = match (expect, value) {
            (Expect::Text, Value::Number(_) | Value::Bool(_)) => {
                draft.help("put it in quotes, so that it is a text")
            }
            (Expect::Choice(grammar::TYPES), Value::Array(_)) => {
                draft.help("name one type; for `null` beside it, write `nullable: true`")
            }
            (Expect::Flag, Value::Number(_)) if pointer.name().starts_with("exclusive") => {
                draft.help("the limit belongs under `minimum` or `maximum`, with `true` here")
            }
            _ => draft,
        };
        self.report.at(pointer, draft);
    }
}
