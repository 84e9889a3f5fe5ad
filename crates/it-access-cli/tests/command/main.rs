//! The command as its users meet it: what it prints where, and how it exits.

mod failures;
mod help;
mod log;
mod results;
mod secrets;
mod simulate;
mod streams;
mod support;
mod usage;
