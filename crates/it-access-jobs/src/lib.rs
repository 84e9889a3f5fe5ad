#![doc = include_str!("../README.md")]

mod job;

pub use job::{DEFAULT_BATCH_SIZE, Job, JobReport};
