//! Jobs against the simulated service, which knows what was really applied; and their journals, in good and bad times.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod crashes;
mod dry_runs;
mod events;
mod faults;
mod folders;
mod journals;
mod reports;
mod retries;
mod stops;
mod support;
