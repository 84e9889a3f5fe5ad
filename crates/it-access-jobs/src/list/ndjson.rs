//! Lists with one JSON value a line.

use std::io::BufRead;

use serde::de::DeserializeSeed;

use super::{Entry, Layout, Lines, element::Element, error::Problem, text::LONGEST_LINE};
use crate::IdKind;

pub(super) fn read(
    input: impl BufRead,
    layout: &Layout,
    kind: IdKind,
    entry: &mut Entry<'_>,
) -> Result<(), Problem> {
    let element = Element::of(layout, kind)?;
    let mut lines = Lines::new(input, LONGEST_LINE);
    while let Some(line) = lines.next()? {
        match line.text {
            Ok(text) if text.trim().is_empty() => {}
            Ok(text) => entry(line.number, id(text, element).as_deref().map_err(Clone::clone)),
            Err(reason) => entry(line.number, Err(reason)),
        }
    }
    Ok(())
}

fn id(line: &str, element: Element<'_>) -> Result<String, String> {
    let mut json = serde_json::Deserializer::from_str(line);
    let id = element.deserialize(&mut json);
    id.and_then(|id| json.end().map(|()| id))
        .map_err(|error| format!("is not one JSON value (column {})", error.column()))?
}
