//! A quota that is shared: by handles, by processes that are killed, and through stores that fail.

#![allow(clippy::unwrap_used, reason = "a test may panic")]
#![allow(
    clippy::print_stderr,
    clippy::print_stdout,
    reason = "a test tells its figures, and why it was skipped; processes talk by it"
)]

mod crowd;
mod file_failures;
#[cfg(feature = "redis")]
mod redis_failures;
#[cfg(feature = "redis")]
mod redis_losses;
#[cfg(feature = "redis")]
mod redis_server;
mod support;
mod waiting;
mod worker;
