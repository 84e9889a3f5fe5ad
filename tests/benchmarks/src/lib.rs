//! The programs that `cargo xtask bench` measures are in `bin`. What they share with those in `peers`, whose clients others
//! generate, is the package `benchmarks-support`.

pub mod fleet;

pub use benchmarks_support::{Meter, tell};
