//! The command as its users meet it: what it prints where, and how it exits.

mod failures;
mod help;
mod results;
mod support;
mod usage;
