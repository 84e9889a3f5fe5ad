//! The file of a plan: a line that says what is planned, a line for each device, and a line with the seal.
//!
//! Each is a JSON object whose last value, `check`, depends on all that stands before it: the first line that was changed
//! can be told. The last line has the whole SHA-256.

mod header;
mod read;
mod seal;
mod write;

pub(super) use write::sha256;

/// What the first line calls the format.
const FORMAT: &str = "it-access plan";

/// The version of the format that is written, and the latest that is read.
const VERSION: u64 = 1;

/// A line for one device, without its check.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct TargetLine<'a> {
    line: u64,
    #[serde(borrow)]
    id: std::borrow::Cow<'a, str>,
}
