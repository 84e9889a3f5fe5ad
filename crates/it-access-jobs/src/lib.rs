#![doc = include_str!("../README.md")]

mod job;
pub mod quota_stores;

pub use job::{DEFAULT_BATCH_SIZE, Job, JobReport};
