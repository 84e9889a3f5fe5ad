//! Lists that are one JSON array, or a report that holds one.

use std::{
    cell::Cell,
    fmt,
    io::{self, BufRead, Read},
    rc::Rc,
};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::{Entry, Layout, element::Element, error::Problem};
use crate::IdKind;

/// Where a report holds its devices.
const DEVICES: &str = "devices";

pub(super) fn read(
    input: impl BufRead,
    layout: &Layout,
    kind: IdKind,
    entry: &mut Entry<'_>,
) -> Result<(), Problem> {
    let element = Element::of(layout, kind)?;
    let line = Rc::new(Cell::new(1));
    let counted = Counted { input, line: Rc::clone(&line), is_at_end: false };
    let mut json = serde_json::Deserializer::from_reader(counted);
    let devices = Devices { element, line: &line, entry };
    json.deserialize_any(Document(devices)).and_then(|()| json.end()).map_err(|error| {
        match error.io_error_kind() {
            Some(kind) => Problem::Unreadable(kind.into()),
            None => Problem::Syntax {
                line: error.line() as u64,
                reason: format!("not a JSON list ({error})"),
            },
        }
    })
}

/// Counts the lines of what serde has read: it takes byte by byte, and at most one more than it needs. A line ends only
/// once its end is left behind.
struct Counted<R> {
    input: R,
    line: Rc<Cell<u64>>,
    is_at_end: bool,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        for byte in &buffer[..read] {
            self.line.set(self.line.get() + u64::from(self.is_at_end));
            self.is_at_end = *byte == b'\n';
        }
        Ok(read)
    }
}

/// The array of devices.
struct Devices<'a, 'e> {
    element: Element<'a>,
    line: &'a Cell<u64>,
    entry: &'a mut Entry<'e>,
}

impl<'de> DeserializeSeed<'de> for Devices<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Devices<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of devices")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(id) = seq.next_element_seed(self.element)? {
            (self.entry)(self.line.get(), id.as_deref().map_err(Clone::clone));
        }
        Ok(())
    }
}

/// The array, or an object around it.
struct Document<'a, 'e>(Devices<'a, 'e>);

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an array of devices, or an object with one as {DEVICES:?}")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<(), A::Error> {
        self.0.visit_seq(seq)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut devices = Some(self.0);
        while let Some(key) = map.next_key::<String>()? {
            if key != DEVICES {
                map.next_value::<IgnoredAny>()?;
            } else if let Some(devices) = devices.take() {
                map.next_value_seed(devices)?;
            } else {
                return Err(A::Error::duplicate_field(DEVICES));
            }
        }
        match devices {
            None => Ok(()),
            Some(_) => Err(A::Error::missing_field(DEVICES)),
        }
    }
}
