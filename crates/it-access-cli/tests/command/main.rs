//! The command as its users meet it: what it prints where, and how it exits.

mod auth;
mod failures;
mod help;
mod interruptions;
mod jobs;
mod log;
mod quota;
mod results;
mod secrets;
mod settings;
mod simulate;
mod streams;
mod support;
mod usage;
