//! One device of a JSON list: a text, or an object that names it under a key.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Column, Layout, column::plain, error::Problem};
use crate::IdKind;

/// Reads one element. What is wrong with it is a value, so that the next can be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    key: Option<&'a str>,
    kind: IdKind,
}

impl<'a> Element<'a> {
    pub(super) fn of(layout: &'a Layout, kind: IdKind) -> Result<Self, Problem> {
        const FORMAT: &str = "JSON";

        layout.refuse_lines_of_a_table(FORMAT)?;
        match &layout.column {
            None => Ok(Self { key: None, kind }),
            Some(Column::Name(name)) => Ok(Self { key: Some(name), kind }),
            Some(column) => Err(Problem::no_table(format_args!("column {column}"), FORMAT)),
        }
    }

    /// How good a key is: the least is the best.
    fn rank(self, key: &str) -> Option<usize> {
        match self.key {
            Some(wanted) => (key == wanted).then_some(0),
            None => {
                let key = plain(key);
                self.kind.usual_columns().iter().position(|usual| *usual == key)
            }
        }
    }

    fn missing(self) -> String {
        match self.key {
            Some(key) => format!("has no {key:?}"),
            None => {
                format!("has no {:?}; say which key names the device", self.kind.usual_columns()[0])
            }
        }
    }
}

type Id = Result<String, String>;

impl<'de> DeserializeSeed<'de> for Element<'_> {
    type Value = Id;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Id, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Element<'_> {
    type Value = Id;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a device")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Id, E> {
        Ok(Ok(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Id, A::Error> {
        let mut best: Option<(usize, Id)> = None;
        while let Some(key) = map.next_key::<String>()? {
            let Some(rank) = self.rank(&key) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let id = map.next_value_seed(Text)?.map_err(|is| format!("{key:?} {is}"));
            best = match best {
                Some((other, _)) if other == rank => {
                    Some((rank, Err(format!("has {key:?} twice"))))
                }
                Some(best) if best.0 < rank => Some(best),
                _ => Some((rank, id)),
            };
        }
        Ok(best.map_or_else(|| Err(self.missing()), |(_, id)| id))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Id, A::Error> {
        Text.visit_seq(seq)
    }

    fn visit_bool<E: de::Error>(self, it: bool) -> Result<Id, E> {
        Text.visit_bool(it)
    }

    fn visit_i64<E: de::Error>(self, it: i64) -> Result<Id, E> {
        Text.visit_i64(it)
    }

    fn visit_u64<E: de::Error>(self, it: u64) -> Result<Id, E> {
        Text.visit_u64(it)
    }

    fn visit_f64<E: de::Error>(self, it: f64) -> Result<Id, E> {
        Text.visit_f64(it)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Id, E> {
        Text.visit_unit()
    }
}

/// Reads a text; of anything else, it says what it is. A number is none: its zeros and its size may have been lost before.
struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Id;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Id, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Id;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Id, E> {
        Ok(Ok(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Id, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        no_text("an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Id, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        no_text("an array")
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Id, E> {
        no_text("true or false")
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Id, E> {
        no_text("a number")
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Id, E> {
        no_text("a number")
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Id, E> {
        no_text("a number")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Id, E> {
        no_text("null")
    }
}

fn no_text<E>(what: &str) -> Result<Id, E> {
    Ok(Err(format!("is {what}, not a text in quotes")))
}
