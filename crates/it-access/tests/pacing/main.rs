//! Pacing: its rules, its waiting, and what comes of it with services of several kinds.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod alignment;
mod headers;
mod ledger;
mod others;
mod properties;
mod simulation;
mod support;
mod waiting;
