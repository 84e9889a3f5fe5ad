//! What the pages of figures are written with: `BENCHMARKS.md` and `RELIABILITY.md`.

mod chart;
mod machine;
mod page;
mod progress;
mod sample;
mod table;
mod turns;

pub(crate) use chart::{Bar, Chart, Line};
pub(crate) use machine::{stamp, when};
pub(crate) use page::write_section;
pub(crate) use progress::progress;
pub(crate) use sample::Sample;
pub(crate) use table::{table, thousands};
pub(crate) use turns::{Cost, Costs, Way, repeat, take_turns};
