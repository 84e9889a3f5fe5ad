//! Carrying out a job: what is pending goes out, wave by wave, and everything is written down.

mod error;
mod max_failures;
mod options;
mod outcome;
mod run;
mod session;
mod wave;

pub use self::{
    error::RunError,
    max_failures::{InvalidMaxFailures, MaxFailures},
    options::RunOptions,
    outcome::{RunEnd, RunReport},
};
