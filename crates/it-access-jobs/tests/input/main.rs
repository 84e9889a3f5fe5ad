//! From lists to plans: what is read, what is refused, and that no change of a plan goes unseen.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod lists;
mod plan_files;
mod plans;
mod problems;
mod support;
