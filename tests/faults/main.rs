//! The client against faults, on real sockets: each fault of the simulator, and servers of bytes.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod answers;
mod connections;
mod repetitions;
mod simulator;
mod statuses;
mod support;
mod tokens;
